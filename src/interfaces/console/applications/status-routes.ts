import { z } from 'zod';
import { changeApplication } from '../../../administration/operations/applications.ts';
import type { Mount } from '../../../foundation/http/context.ts';
import { csrfField } from '../../../foundation/http/fields.ts';
import type { ConsoleNeeds } from '../frame/console-visit.ts';
import { consoleForm, consolePage, goTo } from '../frame/handlers.ts';
import { APPLICATION_PATH, applicationOf, applicationParams } from './application-tabs.ts';

const form = z.object({ csrf: csrfField });

/** Disabling an application, and enabling it again (guide, “Disable or enable an AWS SSO-integrated application”). */
export function statusRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    for (const [verb, enabled] of [
      ['disable', false],
      ['enable', true],
    ] as const) {
      // A session that ended in between leads to sign in and back to this address.
      router.get(
        `${APPLICATION_PATH}/${verb}`,
        consolePage(needs, { params: applicationParams, isForm: true }, async (ctx, console, { params }) => {
          const { id } = await applicationOf(needs, console, params);
          goTo(ctx, console, `/applications/${id}`);
        }),
      );
      router.post(
        `${APPLICATION_PATH}/${verb}`,
        consoleForm(needs, { params: applicationParams, form }, async (ctx, console, { params }) => {
          const { application } = await changeApplication(needs, console, params.application, { enabled });
          goTo(ctx, console, `/applications/${application.id}?done=${verb}d`);
        }),
      );
    }
  };
}
