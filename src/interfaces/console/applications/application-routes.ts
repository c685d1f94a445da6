import type { Mount } from '../../../foundation/http/context.ts';
import type { ConsoleNeeds } from '../frame/console-visit.ts';
import { configurationRoutes } from './configuration-routes.tsx';
import { listRoutes } from './list-routes.tsx';
import { statusRoutes } from './status-routes.ts';

/** The pages of applications (guide, “Manage SSO to your applications”). */
export function applicationRoutes(needs: ConsoleNeeds): readonly Mount[] {
  return [listRoutes(needs), configurationRoutes(needs), statusRoutes(needs)];
}
