import { InstructionsPage } from '../../../../views/console/applications/instructions.tsx';
import { describeInstructions } from '../../../administration/operations/instructions.ts';
import type { Mount } from '../../../foundation/http/context.ts';
import type { ConsoleNeeds } from '../frame/console-visit.ts';
import { consolePage } from '../frame/handlers.ts';
import {
  APPLICATION_PATH,
  applicationHead,
  applicationHref,
  applicationOf,
  applicationParams,
} from './application-tabs.ts';

/** How to configure an application's service provider: its vendor's steps, or generic ones. */
export function instructionsRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    router.get(
      `${APPLICATION_PATH}/instructions`,
      consolePage(needs, { params: applicationParams }, async (ctx, console, { params }) => {
        const application = await applicationOf(needs, console, params);
        const { steps, warnings, sources } = await describeInstructions(needs, console, application.id);
        const shown = {
          ...{ frame: console.frame, head: applicationHead(console, application, '/instructions') },
          href: applicationHref(console, application),
          ...{ steps, sources, warnings: warnings.map(({ message }) => message) },
        };
        needs.show(ctx, console.visit, (page) => <InstructionsPage {...{ page, ...shown }} />);
      }),
    );
  };
}
