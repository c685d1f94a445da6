import { z } from 'zod';
import { ChangeAccessPage } from '../../../../views/console/settings/access-change.tsx';
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
import { csrfField, idField } from '../../../foundation/http/fields.ts';
import { notFound } from '../../../foundation/platform/errors.ts';
import type { GroupId, UserId } from '../../../foundation/platform/ids.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { consoleForm, consolePage, goTo } from '../frame/handlers.ts';
import { checked, isChecked, typed } from './settings-form.ts';

const path = '/:instance/console/settings/access/:type/:grantee';
const params = z.union([
  z.object({ type: z.literal('user'), grantee: idField<UserId>() }),
  z.object({ type: z.literal('group'), grantee: idField<GroupId>() }),
]);
const changeForm = z.object({ csrf: csrfField, access: typed, loss: checked });

/** What is granted to one user or group: changes it, or takes it away (`none`). */
export function accessChangeRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    router.get(
      path,
      consolePage(needs, { params }, async (ctx, console, input) => {
        const grant = await requireGrant(needs, console, granteeOf(input.params));
        show(needs, ctx, console, { ...grant, chosen: grant.access });
      }),
    );

    router.post(
      path,
      consoleForm(needs, { params, form: changeForm }, async (ctx, console, { params: given, form }) => {
        const grant = await requireGrant(needs, console, granteeOf(given));
        const chosen = form.access;
        const read = consoleAccessSchema.safeParse(chosen);
        if (!read.success && chosen !== 'none') {
          ctx.status = 400;
          return show(needs, ctx, console, { ...grant, chosen, error: 'Choose one of these.' });
        }
        const access = read.data ?? null;
        const losesOwn = await wouldLoseOwnAccess(needs.db.read, console, grant.grantee, access);
        if (losesOwn && !isChecked(form.loss)) {
          ctx.status = 400;
          return show(needs, ctx, console, { ...grant, chosen, losesOwn });
        }
        await setConsoleAccess(console, grant.grantee, access);
        if (losesOwn && access === null) return goTo(ctx, console, '');
        goTo(ctx, console, `/settings/access?done=${access === null ? 'removed' : 'changed'}`);
      }),
    );
  };
}

const granteeOf = (given: z.output<typeof params>): Grantee =>
  given.type === 'user' ? { type: 'USER', id: given.grantee } : { type: 'GROUP', id: given.grantee };

interface NamedGrant {
  readonly grantee: Grantee;
  readonly name: string;
  readonly access: ConsoleAccess;
}

/** The grant with the name of its user or group. Throws ResourceNotFoundException. */
async function requireGrant(
  { db: { read } }: ConsoleNeeds,
  { instance }: ConsoleVisit,
  grantee: Grantee,
): Promise<NamedGrant> {
  const access = await findGrant(read, instance.id, grantee);
  const name =
    grantee.type === 'USER'
      ? (await findUser(read, instance.id, grantee.id))?.userName
      : (await findGroup(read, instance.id, grantee.id))?.displayName;
  if (access === undefined || name === undefined) throw notFound('The console access');
  return { grantee, name, access };
}

interface Shown extends NamedGrant {
  readonly chosen: string;
  readonly error?: string;
  readonly losesOwn?: boolean;
}

function show(needs: ConsoleNeeds, ctx: Ctx, { visit, frame }: ConsoleVisit, shown: Shown): void {
  const { grantee, name, chosen, error, losesOwn = false } = shown;
  needs.show(ctx, visit, (page) => (
    <ChangeAccessPage
      {...{ page, frame, name, chosen, error, losesOwn }}
      type={grantee.type}
      id={grantee.id}
    />
  ));
}
