import { REMOVE_WORD, RemovePage } from '../../../../views/console/applications/remove.tsx';
import type { Application } from '../../../domain/applications/application.ts';
import { deleteApplication } from '../../../domain/applications/commands.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { faultsOf } from '../frame/faults.ts';
import { confirmationForm } from '../frame/fields.ts';
import { consoleForm, consolePage, goTo } from '../frame/handlers.ts';
import {
  APPLICATION_PATH,
  applicationHead,
  applicationHref,
  applicationOf,
  applicationParams,
} from './application-tabs.ts';
import { wordFault } from '../../../foundation/http/fields.ts';

/** Removing an application for good. */
export function removeRoutes(needs: ConsoleNeeds): Mount {
  const path = `${APPLICATION_PATH}/remove`;
  return (router) => {
    router.get(
      path,
      consolePage(needs, { params: applicationParams, isForm: true }, async (ctx, console, { params }) => {
        show(needs, ctx, console, await applicationOf(needs, console, params));
      }),
    );

    router.post(
      path,
      consoleForm(
        needs,
        { params: applicationParams, form: confirmationForm },
        async (ctx, console, input) => {
          const application = await applicationOf(needs, console, input.params);
          const { confirmation, version } = input.form;
          const wrong = wordFault(confirmation, REMOVE_WORD);
          if (wrong !== undefined) {
            ctx.status = 400;
            show(needs, ctx, console, application, { error: wrong });
            return;
          }
          try {
            const { instance } = console;
            await console.run((work) => deleteApplication(work, instance, application.id, version));
          } catch (error) {
            const { status, error: problem } = faultsOf(error, []);
            ctx.status = status;
            show(needs, ctx, console, application, { problem });
            return;
          }
          goTo(ctx, console, '/applications?done=removed');
        },
      ),
    );
  };
}

interface Trouble {
  readonly error?: string;
  readonly problem?: string | undefined;
}

function show(
  needs: ConsoleNeeds,
  ctx: Ctx,
  console: ConsoleVisit,
  application: Application,
  trouble: Trouble = {},
): void {
  const shown = {
    ...{
      frame: console.frame,
      head: applicationHead(console, application, ''),
      version: application.version,
    },
    href: applicationHref(console, application),
    ...trouble,
  };
  needs.show(ctx, console.visit, (page) => <RemovePage {...{ page, ...shown }} />);
}
