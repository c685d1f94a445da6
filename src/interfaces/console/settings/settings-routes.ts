import type { Mount } from '../../../foundation/http/context.ts';
import type { ConsoleNeeds } from '../frame/console-visit.ts';
import { accessChangeRoutes } from './access-change-routes.tsx';
import { accessRoutes } from './access-routes.tsx';
import { deleteRoutes } from './delete-routes.tsx';
import { brandingForm } from './forms/branding.tsx';
import { limitsForm } from './forms/limits.ts';
import { mfaForm } from './forms/mfa.ts';
import { requestsForm } from './forms/requests.ts';
import { sessionForm } from './forms/session.ts';
import { signInForm } from './forms/sign-in.ts';
import { logoRoutes } from './logo-routes.tsx';
import { mailSettingsRoutes } from './mail-routes.tsx';
import { overviewRoutes } from './overview.tsx';
import { settingsFormRoutes } from './settings-form-routes.tsx';
import { timeRoutes } from './time-routes.tsx';
import { urlRoutes } from './url-routes.tsx';

/** The settings of an instance, a page each. */
export function settingsRoutes(needs: ConsoleNeeds): Mount {
  const mounts = [
    overviewRoutes(needs),
    settingsFormRoutes(needs, mfaForm),
    settingsFormRoutes(needs, sessionForm),
    settingsFormRoutes(needs, brandingForm),
    settingsFormRoutes(needs, signInForm),
    settingsFormRoutes(needs, requestsForm),
    settingsFormRoutes(needs, limitsForm),
    ...[
      urlRoutes(needs),
      logoRoutes(needs),
      timeRoutes(needs),
      mailSettingsRoutes(needs),
      deleteRoutes(needs),
    ],
    ...[accessRoutes(needs), accessChangeRoutes(needs)],
  ];
  return (router) => {
    for (const mount of mounts) mount(router);
  };
}
