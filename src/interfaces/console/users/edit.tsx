import { z } from 'zod';
import { EditUserPage } from '../../../../views/console/users/user-forms.tsx';
import { EDITED_LABELS, type ByField } from '../../../../views/console/users/user-fields.ts';
import { changeUser } from '../../../administration/operations/users.ts';
import type { User } from '../../../domain/directory/user.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { csrfField } from '../../../foundation/http/fields.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { faultsOf, type FormFaults } from '../frame/faults.ts';
import { versionField } from '../frame/fields.ts';
import { consoleForm, consolePage, goTo } from '../frame/handlers.ts';
import { conflictOf } from '../frame/conflict.ts';
import { openUser, USER_PATH, userParams } from './opened-user.ts';
import { checkEditedUser, editedUserShape, fieldsShowing } from './user-form.ts';

const path = `${USER_PATH}/edit`;
const FIELDS = Object.keys(editedUserShape);
const form = z.object({
  csrf: csrfField,
  version: versionField,
  ...editedUserShape,
});

/** Changes a user's properties (guide, “Edit user properties”). */
export function editUserRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    router.get(
      path,
      consolePage(needs, { params: userParams, isForm: true }, async (ctx, console, { params }) => {
        const user = await openUser(needs, console, params.user);
        if (!user.enabled) {
          goTo(ctx, console, `/users/${user.id}`);
          return;
        }
        await show(needs, ctx, console, { user, typed: fieldsShowing(user), version: user.version });
      }),
    );

    router.post(
      path,
      consoleForm(needs, { params: userParams, form }, async (ctx, console, { params, form: sent }) => {
        const { csrf: _, version, ...typed } = sent;
        const user = await openUser(needs, console, params.user);
        const checked = checkEditedUser(typed);
        if (!checked.ok) {
          await show(needs, ctx, console, { user, typed, version, faults: checked.faults });
          return;
        }
        try {
          await console.run((work) => changeUser(work, console, user.id, { ...checked.input, version }));
        } catch (error) {
          const now = await openUser(needs, console, user.id);
          const faults = faultsOf(error, FIELDS);
          await show(needs, ctx, console, {
            user: now,
            typed,
            version: faults.presentVersion ?? version,
            faults,
          });
          return;
        }
        goTo(ctx, console, `/users/${user.id}?done=edited`);
      }),
    );
  };
}

interface Shown {
  user: User;
  typed: ByField;
  version: number;
  faults?: FormFaults;
}

async function show(needs: ConsoleNeeds, ctx: Ctx, console: ConsoleVisit, shown: Shown): Promise<void> {
  const { user, typed, version, faults } = shown;
  if (faults) ctx.status = faults.status;
  const theirs = fieldsShowing(user);
  const conflict = await conflictOf(needs, console, faults, {
    changedBy: [
      { operations: ['UpdateUser', 'EnableUser', 'DisableUser'], parameter: 'userId', id: user.id },
    ],
    values: Object.entries(EDITED_LABELS).map(([name, label = name]) => ({
      ...{ label, yours: (typed[name] ?? '').trim(), theirs: theirs[name] ?? '' },
    })),
    takeTheirsHref: `${console.homeHref}/users/${user.id}/edit`,
  });
  needs.show(ctx, console.visit, (page) => (
    <EditUserPage
      {...{ page, frame: console.frame, user, typed, version, conflict }}
      errors={faults?.errors ?? {}}
      error={conflict ? undefined : faults?.error}
    />
  ));
}
