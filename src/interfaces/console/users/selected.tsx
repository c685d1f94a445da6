import { z } from 'zod';
import { SelectedUsersPage } from '../../../../views/console/users/selected-users.tsx';
import { actOnUsers, USER_ACTS } from '../../../administration/operations/selected-users.ts';
import { findUsers } from '../../../domain/directory/user-store.ts';
import type { Mount } from '../../../foundation/http/context.ts';
import { csrfField, wordFault } from '../../../foundation/http/fields.ts';
import { invalid } from '../../../foundation/platform/errors.ts';
import type { UserId } from '../../../foundation/platform/ids.ts';
import type { ConsoleNeeds } from '../frame/console-visit.ts';
import { consoleForm, goTo } from '../frame/handlers.ts';
import { selectedField } from '../frame/list-query.ts';
import { endsSessions, isSelf } from './opened-user.ts';

const form = z.object({
  csrf: csrfField,
  act: z.string().default(''),
  selected: selectedField<UserId>(),
  /** Sent by the page that asks. */
  confirmed: z.literal('yes').optional(),
  confirmation: z.string().default(''),
});

const DONE = { disable: 'disabled', enable: 'enabled', delete: 'deleted' } as const;

/** What is done to the users whose check boxes are checked: a page asks first. */
export function selectedUserRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    router.post(
      '/:instance/console/users/selected',
      consoleForm(needs, { form }, async (ctx, console, { form: sent }) => {
        const { confirmed, confirmation, selected: ids } = sent;
        const act = USER_ACTS.find((known) => known === sent.act);
        if (act === undefined) throw invalid('act', 'Choose what to do with the selected users.');
        const users = [...(await findUsers(needs.db.read, console.instance.id, ids)).values()];
        if (users.length === 0) {
          goTo(ctx, console, '/users?done=none-selected');
          return;
        }
        const wrong = act === 'delete' ? wordFault(confirmation) : undefined;
        if (confirmed && wrong === undefined) {
          const count = await console.run((work) => actOnUsers(work, console, act, ids));
          goTo(ctx, console, `/users?done=${DONE[act]}&count=${count}`);
          return;
        }
        const error = confirmed ? wrong : undefined;
        if (error !== undefined) ctx.status = 400;
        needs.show(ctx, console.visit, (page) => (
          <SelectedUsersPage
            {...{ page, frame: console.frame, act, users, error }}
            includesSelf={users.some((user) => isSelf(console, user))}
            endsSessions={endsSessions(console)}
          />
        ));
      }),
    );
  };
}
