import { z } from 'zod';
import { OneTimePasswordPage } from '../../../../views/console/users/one-time-password.tsx';
import { ResetPasswordPage } from '../../../../views/console/users/user-forms.tsx';
import { resetPassword } from '../../../administration/operations/passwords.ts';
import type { User } from '../../../domain/directory/user.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { csrfField } from '../../../foundation/http/fields.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { faultsOf, type FormFaults } from '../frame/faults.ts';
import { consoleForm, consolePage, goTo } from '../frame/handlers.ts';
import { openUser, USER_PATH, userParams } from './opened-user.ts';
import { portalUrlOf } from './portal-url.ts';

const path = `${USER_PATH}/reset-password`;
const form = z.object({ csrf: csrfField, how: z.string().default('') });

/** Resets a user's password (guide, “Reset a user password”). */
export function userPasswordRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    router.get(
      path,
      consolePage(needs, { params: userParams, isForm: true }, async (ctx, console, { params }) => {
        const user = await openUser(needs, console, params.user);
        if (user.enabled) show(needs, ctx, console, { user, how: 'email' });
        else goTo(ctx, console, `/users/${user.id}`);
      }),
    );

    router.post(
      path,
      consoleForm(needs, { params: userParams, form }, async (ctx, console, { params, form: { how } }) => {
        const user = await openUser(needs, console, params.user);
        if (how !== 'email' && how !== 'generate') {
          const errors = { how: 'Choose one of them.' };
          const faults = { status: 400, errors, error: undefined, presentVersion: undefined };
          show(needs, ctx, console, { user, how, faults });
          return;
        }
        try {
          await reset(needs, ctx, console, user, how);
        } catch (error) {
          show(needs, ctx, console, { user, how, faults: faultsOf(error, ['how']) });
        }
      }),
    );
  };
}

async function reset(
  needs: ConsoleNeeds,
  ctx: Ctx,
  console: ConsoleVisit,
  user: User,
  how: 'email' | 'generate',
): Promise<void> {
  const way = how === 'email' ? ({ sendLink: true } as const) : ({ oneTimePassword: true } as const);
  const result = await resetPassword(needs, console, user, way);
  if (!('oneTimePassword' in result)) {
    goTo(ctx, console, `/users/${user.id}?done=reset-sent`);
    return;
  }
  const { oneTimePassword } = result;
  needs.show(ctx, console.visit, (page) => (
    <OneTimePasswordPage
      {...{ page, frame: console.frame, isNew: false, user, oneTimePassword }}
      portalUrl={portalUrlOf(needs, console)}
    />
  ));
}

interface Shown {
  user: User;
  how: string;
  faults?: FormFaults;
}

function show(needs: ConsoleNeeds, ctx: Ctx, { frame, visit }: ConsoleVisit, { user, how, faults }: Shown) {
  if (faults) ctx.status = faults.status;
  needs.show(ctx, visit, (page) => (
    <ResetPasswordPage
      {...{ page, frame, user, email: user.email, how }}
      errors={faults?.errors ?? {}}
      error={faults?.error}
    />
  ));
}
