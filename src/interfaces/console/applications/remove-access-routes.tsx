import { z } from 'zod';
import { RemoveAccessPage } from '../../../../views/console/applications/remove-access.tsx';
import type { Application } from '../../../domain/applications/application.ts';
import type { Principal } from '../../../domain/assignments/assignment.ts';
import { removeAssignments } from '../../../domain/assignments/commands.ts';
import { findAssigned } from '../../../domain/assignments/store.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { csrfField, idField } from '../../../foundation/http/fields.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { consoleForm, consolePage, goTo } from '../frame/handlers.ts';
import { selectedField } from '../frame/list-query.ts';
import {
  APPLICATION_PATH,
  applicationHead,
  applicationHref,
  applicationOf,
  applicationParams,
} from './application-tabs.ts';

const path = `${APPLICATION_PATH}/remove-access`;
const oneParams = applicationParams.extend({ principal: idField<Principal['id']>() });
const form = z.object({
  csrf: csrfField,
  selected: selectedField<Principal['id']>(),
  confirmed: z.literal('yes', { error: 'The form is incomplete. Open it again.' }).optional(),
});

/** Removing the access of users and groups, after a page that names them (guide, “Remove user access”). */
export function removeAccessRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    router.get(
      `${path}/:principal`,
      consolePage(needs, { params: oneParams, isForm: true }, async (ctx, console, { params }) => {
        const application = await applicationOf(needs, console, params);
        await ask(needs, ctx, console, application, [params.principal]);
      }),
    );

    router.get(
      path,
      consolePage(needs, { params: applicationParams, isForm: true }, async (ctx, console, { params }) => {
        const { id } = await applicationOf(needs, console, params);
        goTo(ctx, console, `/applications/${id}/users`);
      }),
    );

    router.post(
      path,
      consoleForm(needs, { params: applicationParams, form }, async (ctx, console, input) => {
        const { selected, confirmed } = input.form;
        const application = await applicationOf(needs, console, input.params);
        if (confirmed === undefined) return ask(needs, ctx, console, application, selected);
        const assigned = await findAssigned(needs.db.read, console.instance.id, application.id, selected);
        const removed = await console.run((work) =>
          removeAssignments(work, console.instance, application, selected),
        );
        goTo(ctx, console, `/applications/${application.id}/${tabOf(assigned)}?done=removed-${removed}`);
      }),
    );
  };
}

/** Shows whom it is about; of nobody who has access there is nothing to ask. */
async function ask(
  needs: ConsoleNeeds,
  ctx: Ctx,
  console: ConsoleVisit,
  application: Application,
  ids: readonly Principal['id'][],
): Promise<void> {
  const assigned = await findAssigned(needs.db.read, console.instance.id, application.id, ids);
  const href = applicationHref(console, application);
  if (assigned.size === 0) {
    goTo(ctx, console, `/applications/${application.id}/users?done=removed-0`);
    return;
  }
  const shown = {
    ...{ frame: console.frame, head: applicationHead(console, application, '/users'), href },
    ...{ principals: [...assigned.values()], backHref: `${href}/${tabOf(assigned)}` },
  };
  needs.show(ctx, console.visit, (page) => <RemoveAccessPage {...{ page, ...shown }} />);
}

const tabOf = (assigned: ReadonlyMap<string, Principal>) =>
  [...assigned.values()].some(({ type }) => type === 'GROUP') ? 'groups' : 'users';
