import type { ConsolePerson } from '../../../../views/layouts/console-layout.tsx';
import { findAdministrator } from '../../../domain/access/administrator.ts';
import type { Actor } from '../../../domain/audit/actor.ts';
import type { Visit } from '../../../flows/visit/visit.ts';
import type { Ctx } from '../../../foundation/http/context.ts';
import type { Instant } from '../../../foundation/platform/clock.ts';
import { AppError } from '../../../foundation/platform/errors.ts';
import { findOperator, ORGANIZATIONS_PATH } from '../operators/operator.ts';
import type { ConsoleNeeds } from './console-visit.ts';

/** Who works in the console of an instance. */
export interface Person {
  readonly actor: Exclude<Actor, { type: 'user' }>;
  /** The secret of the browser or of the operator's session, to which forms are bound. */
  readonly formSecret: string;
  readonly shown: Omit<ConsolePerson, 'csrf'>;
  /** When a user's session ends, by the organization's clock. An operator's follows real time. */
  readonly sessionEndsAt?: Instant;
}

/**
 * The person of this request: an operator, whose session is good for all instances, or else a user of the instance to
 * whom access was granted. An operator's session comes first, since somebody who opened one means to use it. Undefined
 * when nobody is signed in; throws AccessDeniedException for a user without access.
 */
export async function findPerson(needs: ConsoleNeeds, ctx: Ctx, visit: Visit): Promise<Person | undefined> {
  return (await findOperatorHere(needs, ctx, visit)) ?? (await findUserHere(needs, ctx, visit));
}

async function findOperatorHere(needs: ConsoleNeeds, ctx: Ctx, visit: Visit): Promise<Person | undefined> {
  const operator = await findOperator(needs, ctx);
  if (!operator) return undefined;
  const { about, name, until, signOutAction } = operator.shown;
  const links = [
    { label: 'All organizations', href: ORGANIZATIONS_PATH },
    { label: 'Portal', href: `/${visit.reference}/start` },
  ];
  return {
    actor: { type: 'operator', name: 'console' },
    formSecret: operator.handle,
    shown: { about, name, until, signOutAction, links },
  };
}

/** The grant is looked up at every request: a session outlives it. */
async function findUserHere(needs: ConsoleNeeds, ctx: Ctx, visit: Visit): Promise<Person | undefined> {
  const resumed = await needs.sessions.current(ctx, visit);
  if (!resumed) return undefined;
  const actor = await findAdministrator(needs.db.read, visit.instance, resumed.session);
  if (!actor) {
    const message =
      'You have no access to this console. An administrator can grant it to you; afterwards, reload this page.';
    throw new AppError('AccessDeniedException', message);
  }
  const { displayName, userName } = resumed.user;
  const access = actor.access === 'full' ? 'Full access to this console' : 'Read-only access to this console';
  return {
    actor,
    formSecret: needs.visits.browser(ctx, visit).secret,
    sessionEndsAt: resumed.session.expiresAt,
    shown: {
      name: displayName,
      about: [userName, access],
      links: [{ label: 'Portal', href: `/${visit.reference}/start` }],
      signOutAction: `/${visit.reference}/signout`,
    },
  };
}
