import { z } from 'zod';
import { AddUserPage } from '../../../../views/console/users/add-user.tsx';
import { OneTimePasswordPage } from '../../../../views/console/users/one-time-password.tsx';
import type { ByField } from '../../../../views/console/users/user-fields.ts';
import { addUser } from '../../../administration/operations/users.ts';
import { listGroups } from '../../../domain/directory/group-store.ts';
import { nameKey } from '../../../domain/directory/name-key.ts';
import { assertNamesFree } from '../../../domain/directory/user-commands.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { checkedField, csrfField } from '../../../foundation/http/fields.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { faultsOf, type FormFaults } from '../frame/faults.ts';
import { consoleForm, consolePage, goTo } from '../frame/handlers.ts';
import { ROWS } from '../frame/list-query.ts';
import { portalUrlOf } from './portal-url.ts';
import { checkNewUser, newUserShape, type NewUserAnswers } from './user-form.ts';

const path = '/:instance/console/users/add';

const formSchema = z.object({
  csrf: csrfField,
  step: z.enum(['details', 'groups']).default('details'),
  /** The step to which “Back” leads. */
  goto: z.literal('details').optional(),
  /** Present when groups are searched for. */
  find: z.string().optional(),
  'groups.q': z.string().default(''),
  groups: checkedField,
  ...newUserShape,
});

type Sent = z.output<typeof formSchema>;
const FIELDS = Object.keys(newUserShape);

/** Adds a user in two steps (guide, “Add users”). */
export function addUserRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    router.get(
      path,
      consolePage(needs, { isForm: true }, (ctx, console) =>
        show(needs, ctx, console, { sent: EMPTY, step: 'details' }),
      ),
    );

    router.post(
      path,
      consoleForm(needs, { form: formSchema }, async (ctx, console, { form: sent }) => {
        const again = (step: 'details' | 'groups', faults?: FormFaults) =>
          show(needs, ctx, console, { sent, step, faults });
        if (sent.goto) return again('details');
        // Also after the second step: the answers of the first come back from the browser.
        const checked = checkNewUser(typedIn(sent));
        if (!checked.ok) return again('details', checked.faults);
        const { user } = checked.input;
        try {
          if (sent.step === 'groups' && sent.find === undefined) {
            await add(needs, ctx, console, checked.input, sent.groups);
            return;
          }
          await assertNamesFree(needs.db.read, console.instance, user);
        } catch (error) {
          const faults = faultsOf(error, FIELDS);
          return again(Object.keys(faults.errors).length > 0 ? 'details' : 'groups', faults);
        }
        await again('groups');
      }),
    );
  };
}

const EMPTY = { groups: [], 'groups.q': '' };

/** Adds the user, and shows the one-time password, or the page of the user to whom an email was sent. */
async function add(
  needs: ConsoleNeeds,
  ctx: Ctx,
  console: ConsoleVisit,
  { user: input, password }: NewUserAnswers,
  groups: readonly string[],
): Promise<void> {
  const way = password === 'email' ? ({ invite: true } as const) : ({ oneTimePassword: true } as const);
  const { user, oneTimePassword } = await addUser(needs, console, { ...input, ...way, groups: [...groups] });
  if (oneTimePassword === undefined) {
    goTo(ctx, console, `/users/${user.id}?done=added`);
    return;
  }
  needs.show(ctx, console.visit, (page) => (
    <OneTimePasswordPage
      {...{ page, frame: console.frame, isNew: true, user, oneTimePassword }}
      portalUrl={portalUrlOf(needs, console)}
    />
  ));
}

interface Shown {
  sent: Pick<Sent, 'groups' | 'groups.q'> & Readonly<Record<string, unknown>>;
  step: 'details' | 'groups';
  faults?: FormFaults | undefined;
}

async function show(needs: ConsoleNeeds, ctx: Ctx, console: ConsoleVisit, shown: Shown): Promise<void> {
  const { sent, step, faults } = shown;
  const typed = typedIn(sent);
  const groups = step === 'details' ? undefined : await findGroups(needs, console, sent);
  if (faults) ctx.status = faults.status;
  needs.show(ctx, console.visit, (page) => (
    <AddUserPage
      {...{ page, frame: console.frame, step, typed, error: faults?.error }}
      errors={faults?.errors ?? {}}
      groups={groups ?? { names: [], chosen: sent.groups, query: '', hasMore: false }}
    />
  ));
}

/** The texts of the first step. */
function typedIn(sent: Readonly<Record<string, unknown>>): ByField {
  return Object.fromEntries(
    FIELDS.flatMap((name): [string, string][] => {
      const value = sent[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}

/** The chosen groups, and then those that are found. */
async function findGroups({ db }: ConsoleNeeds, { instance }: ConsoleVisit, sent: Shown['sent']) {
  const query = sent['groups.q'].trim();
  const { items, cursor } = await listGroups(db.read, instance.id, { search: query }, { limit: ROWS });
  const chosen = [...new Set(sent.groups)];
  const keys = new Set(chosen.map(nameKey));
  const others = items.map(({ displayName }) => displayName).filter((name) => !keys.has(nameKey(name)));
  return { names: [...chosen, ...others], chosen, query, hasMore: cursor !== null };
}
