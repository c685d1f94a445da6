import { z } from 'zod';
import type { AccountMenuProps } from '../../../views/components/account-menu.tsx';
import { consoleAccessOf } from '../../domain/access/store.ts';
import type { Commands, Work } from '../../domain/audit/commands.ts';
import type { User } from '../../domain/directory/user.ts';
import type { Ctx } from '../../foundation/http/context.ts';
import type { Csrf } from '../../foundation/http/csrf.ts';
import { seeOther } from '../../foundation/http/see-other.ts';
import type { Sealer } from '../../foundation/platform/crypto.ts';
import type { Ids } from '../../foundation/platform/ids.ts';
import type { Session } from '../../domain/sessions/session.ts';
import type { Database } from '../../foundation/storage/database.ts';
import { INSPECTION_WORD } from '../../flows/visit/inspection-mode.ts';
import type { ShowPage } from '../../flows/visit/pages.ts';
import type { SessionCookie } from '../../flows/visit/session-cookie.ts';
import { userContext } from '../../flows/visit/user-context.ts';
import type { Visit, Visits } from '../../flows/visit/visit.ts';

/* What all pages of the portal share: they need a signed-in user. */

export interface PortalNeeds {
  db: Database;
  ids: Ids;
  sealer: Sealer;
  commands: Commands;
  csrf: Csrf;
  visits: Visits;
  sessions: SessionCookie;
  show: ShowPage;
  publicUrl: URL;
  startSignIn(ctx: Ctx, visit: Visit, continuation: { kind: string; ref: string }): Promise<string>;
}

/**
 * The pages to which a sign-in can lead back, by the last segment of their path, or the home page in
 * administrator mode.
 */
const PAGES = ['', INSPECTION_WORD, 'mfa-devices', 'trusted-devices', 'sessions'] as const;
export type PortalPage = (typeof PAGES)[number];

export const portalParams = z.object({ instance: z.string().max(64) });

/** The signed-in user, and what the portal's pages show about them. */
export interface SignedInVisit {
  visit: Visit;
  /** The user of the session, which can be up to an hour old. */
  user: User;
  session: Session;
  csrf: string;
  /** The path of the portal's home page; its other pages are below it. */
  homeHref: string;
  account: AccountMenuProps;
  /** Runs changes of the user's own records. */
  run<T>(body: (work: Work) => Promise<T>): Promise<T>;
}

/** Where the browser goes after a sign-in that the portal started. */
export const portalContinuations = {
  portal: ({ reference }: Visit, ref: string) => {
    const page = PAGES.find((name) => name === ref) ?? '';
    if (page === INSPECTION_WORD) return { path: `/${reference}/start?${INSPECTION_WORD}` };
    return { path: `/${reference}/start${page && `/${page}`}` };
  },
};

/** The user who opens a page; undefined if the browser was redirected to sign in first and come back. */
export async function signedIn(
  needs: PortalNeeds,
  ctx: Ctx,
  reference: string,
  page: PortalPage = '',
): Promise<SignedInVisit | undefined> {
  const visit = await needs.visits.open(ctx, reference);
  const resumed = await needs.sessions.current(ctx, visit);
  if (!resumed) {
    ctx.redirect(await needs.startSignIn(ctx, visit, { kind: 'portal', ref: page }));
    return undefined;
  }
  return personOf(needs, ctx, visit, resumed);
}

/**
 * The user who sent one of the portal's forms; undefined if the session is over and the browser was
 * redirected to sign in.
 */
export async function signedInForm(
  needs: PortalNeeds,
  ctx: Ctx,
  reference: string,
  token: string,
  page: PortalPage,
): Promise<SignedInVisit | undefined> {
  const visit = await needs.visits.open(ctx, reference);
  needs.csrf.check(ctx, needs.visits.knownBrowser(ctx, visit)?.secret, token);
  const resumed = await needs.sessions.current(ctx, visit);
  if (!resumed) {
    seeOther(ctx, await needs.startSignIn(ctx, visit, { kind: 'portal', ref: page }));
    return undefined;
  }
  return personOf(needs, ctx, visit, resumed);
}

async function personOf(
  needs: PortalNeeds,
  ctx: Ctx,
  visit: Visit,
  { user, session }: { user: User; session: Session },
): Promise<SignedInVisit> {
  const access = await consoleAccessOf(needs.db.read, visit.instance.id, user.id);
  const csrf = needs.csrf.token(needs.visits.browser(ctx, visit).secret);
  const { displayName, userName, email } = user;
  return {
    ...{ visit, user, session, csrf },
    homeHref: `/${visit.reference}/start`,
    account: {
      user: { displayName, userName, email },
      signOutAction: `/${visit.reference}/signout`,
      csrf,
      consoleHref: access && `/${visit.reference}/console`,
    },
    run: (body) => needs.commands.run(userContext(visit, user), visit.history, body),
  };
}
