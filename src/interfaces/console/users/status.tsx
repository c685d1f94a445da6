import { z } from 'zod';
import { DeleteUserPage, DisableUserPage } from '../../../../views/console/users/user-forms.tsx';
import { deleteUser, setUserEnabled } from '../../../domain/directory/user-commands.ts';
import type { User } from '../../../domain/directory/user.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { csrfField, wordFault } from '../../../foundation/http/fields.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { faultsOf } from '../frame/faults.ts';
import { versionField } from '../frame/fields.ts';
import { consoleForm, consolePage, goTo } from '../frame/handlers.ts';
import { endsSessions, isSelf, openUser, USER_PATH, userParams } from './opened-user.ts';

const disableForm = z.object({ csrf: csrfField, version: versionField });
const deleteForm = disableForm.extend({ confirmation: z.string().default('') });

/** Disables a user (guide, “Disable a user”), or deletes one. A page asks first. */
export function userStatusRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    router.get(
      `${USER_PATH}/disable`,
      consolePage(needs, { params: userParams, isForm: true }, async (ctx, console, { params }) => {
        showDisable(needs, ctx, console, { user: await openUser(needs, console, params.user) });
      }),
    );

    router.post(
      `${USER_PATH}/disable`,
      consoleForm(
        needs,
        { params: userParams, form: disableForm },
        async (ctx, console, { params, form }) => {
          try {
            const { instance } = console;
            await console.run((work) => setUserEnabled(work, instance, params.user, false, form.version));
          } catch (error) {
            const { status, error: problem } = faultsOf(error, []);
            ctx.status = status;
            showDisable(needs, ctx, console, { user: await openUser(needs, console, params.user), problem });
            return;
          }
          goTo(ctx, console, `/users/${params.user}?done=disabled`);
        },
      ),
    );

    router.get(
      `${USER_PATH}/delete`,
      consolePage(needs, { params: userParams, isForm: true }, async (ctx, console, { params }) => {
        showDelete(needs, ctx, console, { user: await openUser(needs, console, params.user) });
      }),
    );

    router.post(
      `${USER_PATH}/delete`,
      consoleForm(needs, { params: userParams, form: deleteForm }, async (ctx, console, { params, form }) => {
        const user = await openUser(needs, console, params.user);
        const wrong = wordFault(form.confirmation);
        if (wrong !== undefined) {
          ctx.status = 400;
          showDelete(needs, ctx, console, { user, error: wrong });
          return;
        }
        try {
          await console.run((work) => deleteUser(work, console.instance, user.id, form.version));
        } catch (error) {
          const { status, error: problem } = faultsOf(error, []);
          ctx.status = status;
          showDelete(needs, ctx, console, { user: await openUser(needs, console, user.id), problem });
          return;
        }
        goTo(ctx, console, '/users?done=deleted&count=1');
      }),
    );
  };
}

interface Shown {
  user: User;
  /** What is wrong with the word. */
  error?: string;
  /** What is wrong with the whole. */
  problem?: string | undefined;
}

/** What both pages say about the user. */
const aboutUser = (console: ConsoleVisit, user: User) => ({
  ...{ frame: console.frame, user, version: user.version },
  ...{ isSelf: isSelf(console, user), endsSessions: endsSessions(console) },
});

function showDisable(needs: ConsoleNeeds, ctx: Ctx, console: ConsoleVisit, { user, problem }: Shown): void {
  const { visit } = console;
  const shown = { ...aboutUser(console, user), error: problem };
  needs.show(ctx, visit, (page) => <DisableUserPage {...{ page, ...shown }} />);
}

function showDelete(
  needs: ConsoleNeeds,
  ctx: Ctx,
  console: ConsoleVisit,
  { user, error, problem }: Shown,
): void {
  const { visit } = console;
  const shown = { ...aboutUser(console, user), error, problem };
  needs.show(ctx, visit, (page) => <DeleteUserPage {...{ page, ...shown }} />);
}
