import type { ConsolePerson } from '../../../../views/layouts/console-layout.tsx';
import type { OpenNeeds } from '../../../administration/operations/open-organization.ts';
import type { MakeNeeds } from '../../../administration/operations/organizations.ts';
import { endOperatorSession, resumeOperatorSession } from '../../../domain/operators/session.ts';
import type { OperatorSession } from '../../../domain/operators/store.ts';
import type { ShowPage } from '../../../flows/visit/pages.ts';
import { whenOf } from '../../../flows/visit/when.ts';
import type { VerifyToken } from '../../../foundation/http/bearer-token.ts';
import type { Ctx } from '../../../foundation/http/context.ts';
import type { Csrf } from '../../../foundation/http/csrf.ts';
import { seeOther } from '../../../foundation/http/see-other.ts';
import type { Clock } from '../../../foundation/platform/clock.ts';
import type { Sealer } from '../../../foundation/platform/crypto.ts';
import type { Ids } from '../../../foundation/platform/ids.ts';
import type { Database } from '../../../foundation/storage/database.ts';
import { giveSession, readSession, takeSession, type CarriedSession } from './operator-cookies.ts';

/* What all pages of operators share: the session. */

export interface OperatorNeeds extends OpenNeeds, MakeNeeds {
  db: Database;
  ids: Ids;
  /** Real time: operators stand outside of the organizations and of their clocks. */
  clock: Clock;
  sealer: Sealer;
  csrf: Csrf;
  show: ShowPage;
  verifyToken: VerifyToken;
}

export const SIGN_IN_PATH = '/organizations/signin';
export const ORGANIZATIONS_PATH = '/organizations';
export const SIGN_OUT_PATH = '/organizations/signout';

/** The operator who opened a page. */
export interface Operator {
  readonly handle: string;
  /** For the frame of the page. */
  readonly shown: ConsolePerson;
}

/** The operator of this request, if the browser has a session that holds. */
export async function findOperator(needs: OperatorNeeds, ctx: Ctx): Promise<Operator | undefined> {
  const carried = readSession(ctx);
  if (!carried) return undefined;
  const session = await resumeOperatorSession(needs.db.read, carried.handle, needs.clock.now());
  if (!session || !(await isStillEntitled(needs, session, carried))) return undefined;
  return {
    handle: carried.handle,
    shown: {
      name: 'Operator',
      about: ['of all organizations of this server'],
      links: [],
      signOutAction: SIGN_OUT_PATH,
      csrf: needs.csrf.token(carried.handle),
      until: whenOf(session.expiresAt),
    },
  };
}

/** The operator who opens a page; undefined if the browser was redirected to sign in. */
export async function requireOperator(needs: OperatorNeeds, ctx: Ctx): Promise<Operator | undefined> {
  const operator = await findOperator(needs, ctx);
  if (!operator) ctx.redirect(SIGN_IN_PATH);
  return operator;
}

/** Throws AccessDeniedException unless the form came from a page that was shown in the operator's session. */
export function checkForm(needs: OperatorNeeds, ctx: Ctx, token: string): void {
  needs.csrf.check(ctx, readSession(ctx)?.handle, token);
}

/** Ends the session of this browser. */
export async function signOut(needs: OperatorNeeds, ctx: Ctx): Promise<void> {
  const carried = readSession(ctx);
  if (carried) await needs.db.transaction((tx) => endOperatorSession(tx, carried.handle));
  takeSession(ctx);
  seeOther(ctx, SIGN_IN_PATH);
}

/** Gives the browser a session that was just opened, in place of the one that it may have had. */
export async function enter(
  needs: OperatorNeeds,
  ctx: Ctx,
  handle: string,
  apiToken?: string,
): Promise<void> {
  const before = readSession(ctx);
  if (before) await needs.db.transaction((tx) => endOperatorSession(tx, before.handle));
  const sealedToken = apiToken === undefined ? undefined : needs.sealer.seal(apiToken, contextOf(handle));
  giveSession(ctx, { handle, sealedToken });
  const by = apiToken === undefined ? 'a link' : 'the API token';
  ctx.state.log.info({ requestId: ctx.state.requestId, ip: ctx.state.ip }, `an operator signed in by ${by}`);
  seeOther(ctx, ORGANIZATIONS_PATH);
}

/**
 * A session that the API token opened holds only while that token does: replacing a token that leaked also puts out
 * whoever used it, whether `vestibule token` replaced it or another VESTIBULE_API_TOKEN. The server keeps only a hash
 * of its token, so the browser carries the token, sealed for this session.
 */
async function isStillEntitled(
  { sealer, verifyToken }: OperatorNeeds,
  { openedBy }: OperatorSession,
  { handle, sealedToken }: CarriedSession,
): Promise<boolean> {
  if (openedBy === 'link') return true;
  if (sealedToken === undefined) return false;
  let token: string;
  try {
    token = sealer.open(sealedToken, contextOf(handle));
  } catch {
    // Forged, of another session, or sealed with another secret.
    return false;
  }
  return verifyToken(token);
}

const contextOf = (handle: string) => `operator-session ${handle}`;
