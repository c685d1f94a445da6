import { z } from 'zod';
import { mailboxHref } from '../../../../views/console/mailbox/address.ts';
import { UserProfilePage } from '../../../../views/console/users/user-profile.tsx';
import { inviteAgain } from '../../../administration/operations/passwords.ts';
import { findPassword, mustChangePassword } from '../../../domain/credentials/passwords/store.ts';
import { setUserEnabled } from '../../../domain/directory/user-commands.ts';
import type { Queries } from '../../../foundation/storage/database.ts';
import { throttledUntil, unblockUser } from '../../../flows/signin/unblock.ts';
import { whenOf } from '../../../flows/visit/when.ts';
import type { Mount } from '../../../foundation/http/context.ts';
import { csrfField } from '../../../foundation/http/fields.ts';
import type { InstanceId, UserId } from '../../../foundation/platform/ids.ts';
import type { ConsoleNeeds } from '../frame/console-visit.ts';
import { doneQuery, doneText } from '../frame/fields.ts';
import { consoleForm, consolePage, goTo } from '../frame/handlers.ts';
import { openUser, tabOf, USER_PATH, userParams } from './opened-user.ts';

const form = z.object({ csrf: csrfField });

/** What was just done, by the word in the address. */
const DONE: Readonly<Record<string, string>> = {
  added: 'The user was added. An email with password setup instructions was sent.',
  invited: 'Another invitation was sent. Earlier ones don’t work any more.',
  edited: 'The changes were saved.',
  disabled: 'The user was disabled.',
  enabled: 'The user was enabled.',
  unblocked: 'The user can try again at once.',
  'reset-sent': 'An email with instructions to reset the password was sent.',
};

/** The acts that sent the user an email. */
const MAILED: ReadonlySet<string> = new Set(['added', 'invited', 'reset-sent']);

/** The first tab of a user, and what its buttons do at once. */
export function profileRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    router.get(
      USER_PATH,
      consolePage(
        needs,
        { params: userParams, query: doneQuery },
        async (ctx, console, { params, query: { done = '' } }) => {
          const { instance, times, homeHref } = console;
          const user = await openUser(needs, console, params.user);
          const until = await throttledUntil(needs.db.read, instance, user, times.policyAt);
          const password = await passwordState(needs.db.read, instance.id, user.id);
          const text = doneText(DONE, done);
          const undoAction =
            done === 'disabled' && !user.enabled ? `${homeHref}/users/${user.id}/enable` : undefined;
          const link = MAILED.has(done)
            ? { label: 'Show it in the mailbox', href: mailboxHref(console, user.email) }
            : undefined;
          needs.show(ctx, console.visit, (page) => (
            <UserProfilePage
              {...{ page, ...tabOf(console, user, 'Profile'), user, password }}
              done={text === undefined ? undefined : { text, undoAction, link }}
              created={whenOf(user.createdAt)}
              changed={whenOf(user.updatedAt)}
              throttledUntil={until === undefined ? undefined : whenOf(until)}
            />
          ));
        },
      ),
    );

    router.post(
      `${USER_PATH}/enable`,
      consoleForm(needs, { params: userParams, form }, async (ctx, console, { params: { user } }) => {
        await console.run((work) => setUserEnabled(work, console.instance, user, true));
        goTo(ctx, console, `/users/${user}?done=enabled`);
      }),
    );

    router.post(
      `${USER_PATH}/unblock`,
      consoleForm(needs, { params: userParams, form }, async (ctx, console, { params: { user } }) => {
        await console.run((work) => unblockUser(work, console.instance, user));
        goTo(ctx, console, `/users/${user}?done=unblocked`);
      }),
    );

    router.post(
      `${USER_PATH}/invite`,
      consoleForm(needs, { params: userParams, form }, async (ctx, console, { params }) => {
        await inviteAgain(needs, console, await openUser(needs, console, params.user));
        goTo(ctx, console, `/users/${params.user}?done=invited`);
      }),
    );
  };
}

async function passwordState(queries: Queries, instanceId: InstanceId, userId: UserId) {
  if (!(await findPassword(queries, instanceId, userId))) return 'none';
  return (await mustChangePassword(queries, instanceId, userId)) ? 'one-time' : 'set';
}
