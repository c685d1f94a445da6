import { z } from 'zod';
import type { Conflict } from '../../../../views/components/console/conflict-notice.tsx';
import { ChangeAccessPage } from '../../../../views/console/settings/access-change.tsx';
import { accessText } from '../../../../views/console/settings/access-words.ts';
import { setConsoleAccess, wouldLoseOwnAccess } from '../../../administration/operations/console-access.ts';
import {
  consoleAccessSchema,
  type ConsoleAccess,
  type Grantee,
} from '../../../domain/access/console-access.ts';
import { findGrant } from '../../../domain/access/store.ts';
import { findGroup } from '../../../domain/directory/group-store.ts';
import { findUser } from '../../../domain/directory/user-store.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { checkedField, csrfField, idField } from '../../../foundation/http/fields.ts';
import { notFound } from '../../../foundation/platform/errors.ts';
import type { GroupId, UserId } from '../../../foundation/platform/ids.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { conflictNotice } from '../frame/conflict.ts';
import { consoleForm, consolePage, goTo } from '../frame/handlers.ts';
import { isChecked, typed } from './settings-form.ts';

const path = '/:instance/console/settings/access';
const userParams = z
  .object({ user: idField<UserId>() })
  .transform(({ user }): Grantee => ({ type: 'USER', id: user }));
const groupParams = z
  .object({ group: idField<GroupId>() })
  .transform(({ group }): Grantee => ({ type: 'GROUP', id: group }));
const changeForm = z.object({
  ...{ csrf: csrfField, access: typed, loss: checkedField },
  /** What was granted when the form was shown. A grant has no version. */
  shown: typed,
});

/** What is granted to one user or group: grants it, changes it, or takes it away (`none`). */
export function accessChangeRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    for (const { at, params } of [
      { at: `${path}/users/:user`, params: userParams },
      { at: `${path}/groups/:group`, params: groupParams },
    ]) {
      router.get(
        at,
        consolePage(needs, { params, isForm: true }, async (ctx, console, { params: grantee }) => {
          const grant = await requireGrantee(needs, console, grantee);
          show(needs, ctx, console, { ...grant, chosen: grant.access ?? 'none' });
        }),
      );
      router.post(
        at,
        consoleForm(needs, { params, form: changeForm }, async (ctx, console, { params: grantee, form }) => {
          await change(needs, ctx, console, await requireGrantee(needs, console, grantee), form);
        }),
      );
    }
  };
}

async function change(
  needs: ConsoleNeeds,
  ctx: Ctx,
  console: ConsoleVisit,
  grant: NamedGrant,
  { access: chosen, loss, shown }: z.output<typeof changeForm>,
): Promise<void> {
  const read = consoleAccessSchema.safeParse(chosen);
  if (!read.success && chosen !== 'none') {
    ctx.status = 400;
    show(needs, ctx, console, { ...grant, chosen, error: 'Choose one of these.' });
    return;
  }
  const present = grant.access ?? 'none';
  if (shown !== present) {
    ctx.status = 409;
    const { homeHref } = console;
    const conflict = await conflictNotice(needs, console, {
      changedBy: [
        {
          operations: ['PutConsoleAccess', 'DeleteConsoleAccess'],
          parameter: 'principalId',
          id: grant.grantee.id,
        },
      ],
      values: [{ label: 'Access', yours: accessText(chosen), theirs: accessText(present) }],
      takeTheirsHref: `${homeHref}/settings/access/${grant.grantee.type === 'USER' ? 'users' : 'groups'}/${grant.grantee.id}`,
    });
    show(needs, ctx, console, { ...grant, chosen, conflict });
    return;
  }
  const access = read.data ?? null;
  const losesOwn = await wouldLoseOwnAccess(needs.db.read, console, grant.grantee, access);
  if (losesOwn && !isChecked(loss)) {
    ctx.status = 400;
    show(needs, ctx, console, { ...grant, chosen, losesOwn });
    return;
  }
  const isNothing = access === null && grant.access === undefined;
  if (!isNothing) await setConsoleAccess(console, grant.grantee, access);
  goTo(ctx, console, `/settings/access?done=${access === null ? 'removed' : 'changed'}`);
}

interface NamedGrant {
  readonly grantee: Grantee;
  readonly name: string;
  /** Undefined when nothing is granted to it. */
  readonly access: ConsoleAccess | undefined;
}

/** The user or group with what is granted to it. Throws ResourceNotFoundException when there is none. */
async function requireGrantee(
  { db: { read } }: ConsoleNeeds,
  { instance }: ConsoleVisit,
  grantee: Grantee,
): Promise<NamedGrant> {
  const access = await findGrant(read, instance.id, grantee);
  const name =
    grantee.type === 'USER'
      ? (await findUser(read, instance.id, grantee.id))?.userName
      : (await findGroup(read, instance.id, grantee.id))?.displayName;
  if (name === undefined) throw notFound(grantee.type === 'USER' ? 'The user' : 'The group');
  return { grantee, name, access };
}

interface Shown extends NamedGrant {
  readonly chosen: string;
  readonly error?: string;
  readonly losesOwn?: boolean;
  readonly conflict?: Conflict;
}

function show(needs: ConsoleNeeds, ctx: Ctx, { visit, frame }: ConsoleVisit, shown: Shown): void {
  const { grantee, name, access = 'none', chosen, error, losesOwn = false, conflict } = shown;
  needs.show(ctx, visit, (page) => (
    <ChangeAccessPage
      {...{ page, frame, name, chosen, error, losesOwn, conflict }}
      present={access}
      type={grantee.type}
      id={grantee.id}
    />
  ));
}
