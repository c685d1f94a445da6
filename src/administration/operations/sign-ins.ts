import { findApplication } from '../../domain/applications/store.ts';
import { listEvents } from '../../domain/audit/event-list-store.ts';
import type { CredentialType, EventRecord } from '../../domain/audit/event.ts';
import { findUser, findUserByName } from '../../domain/directory/user-store.ts';
import type { User } from '../../domain/directory/user.ts';
import { describeBrowser } from '../../domain/sessions/browser-family.ts';
import {
  findWatchedSignIn,
  listWatchedSignIns,
  type WatchedSignIn,
} from '../../domain/sessions/sign-in-list-store.ts';
import type { SignIn } from '../../domain/sessions/sign-in.ts';
import type { NextStep } from '../../flows/signin/next-step.ts';
import { readUserFacts, stepOf } from '../../flows/signin/sign-in-facts.ts';
import { toIso, type Instant } from '../../foundation/platform/clock.ts';
import { notFound } from '../../foundation/platform/errors.ts';
import type { ApplicationId, SignInId, UserId } from '../../foundation/platform/ids.ts';
import type { Page, PageRequest } from '../../foundation/storage/paging.ts';
import type { OpenedInstance, OperationNeeds } from './open-organization.ts';

/** How a sign-in is: `refused` waits for nothing more, but the browser may begin again with another user. */
export type SignInState = 'under-way' | 'signed-in' | 'refused' | 'expired';

/** What a sign-in has so far. */
export interface DoneFact {
  readonly fact: 'USER_NAME' | 'DEVICE_REGISTERED' | CredentialType;
  /** When it was verified, in policy time; null if that isn't recorded. */
  readonly at: Instant | null;
}

/**
 * A sign-in as administrators see it. It has nothing with which somebody could go on with it: its browser's secret,
 * codes and the tokens of SAML requests stay in the store. Its id is no secret: only its browser can use it.
 */
export interface ShownSignIn {
  readonly id: SignInId;
  readonly state: SignInState;
  /** What it waits for; null when it has ended. */
  readonly step: NextStep['step'] | null;
  /** Null until a user name is given, and if no user has it: what was typed may be a password. */
  readonly user: { readonly id: UserId; readonly userName: string } | null;
  /** Whether a user name was given that no user has. */
  readonly isNameUnknown: boolean;
  /** In the order in which they came. */
  readonly done: readonly DoneFact[];
  /** Wrong passwords and codes in this sign-in. */
  readonly failures: number;
  readonly startedAt: Instant;
  /** When it got as far as it is. */
  readonly since: Instant;
  readonly expiresAt: Instant;
  readonly endedAt: Instant | null;
  /** Such as `Chrome on Windows`. */
  readonly browser: string;
  readonly ip: string;
  readonly leadsTo: {
    /** Such as `portal`, `console`, or `saml` for the request of a service provider. */
    readonly kind: string;
    readonly application: { readonly id: ApplicationId; readonly displayName: string } | null;
  };
}

type Needs = Pick<OperationNeeds, 'db' | 'sealer'>;

/** The sign-ins that are under way or ended a short time ago, the newest first; those of one user by the user name. */
export async function listSignIns(
  needs: Needs,
  opened: Pick<OpenedInstance, 'instance' | 'times'>,
  { userName }: { userName?: string | undefined },
  page: PageRequest,
): Promise<Page<ShownSignIn>> {
  const { db, sealer } = needs;
  const { id } = opened.instance;
  const user = userName === undefined ? undefined : await findUserByName(db.read, id, userName);
  if (userName !== undefined && !user) return { items: [], cursor: null };
  const { items, cursor } = await listWatchedSignIns(db.read, sealer, id, { userId: user?.id }, page);
  const shown: ShownSignIn[] = [];
  for (const watched of items) shown.push(await show(needs, opened, watched));
  return { items: shown, cursor };
}

/** One of them; undefined also when it ended so long ago that it was deleted. */
export async function findShownSignIn(
  needs: Needs,
  opened: Pick<OpenedInstance, 'instance' | 'times'>,
  id: SignInId,
): Promise<ShownSignIn | undefined> {
  const watched = await findWatchedSignIn(needs.db.read, needs.sealer, opened.instance.id, id);
  return watched && show(needs, opened, watched);
}

/** The same. Throws ResourceNotFoundException when there is none. */
export async function requireShownSignIn(...given: Parameters<typeof findShownSignIn>): Promise<ShownSignIn> {
  const found = await findShownSignIn(...given);
  if (!found) throw notFound('The sign-in');
  return found;
}

async function show(
  { db }: Needs,
  { instance, times }: Pick<OpenedInstance, 'instance' | 'times'>,
  { signIn, startedAt, ip, userAgent }: WatchedSignIn,
): Promise<ShownSignIn> {
  const user = signIn.userId === null ? undefined : await findUser(db.read, instance.id, signIn.userId);
  const facts = await readUserFacts(db.read, instance, signIn, user, { ip, userAgent });
  const { applicationId, kind } = signIn.continuation;
  const application =
    applicationId === undefined ? undefined : await findApplication(db.read, instance.id, applicationId);
  const next = stepOf(instance, signIn, user, facts, times.policyAt);
  return {
    id: signIn.id,
    ...judgeSignIn(signIn, user, next.step, startedAt),
    user: user ? { id: user.id, userName: user.userName } : null,
    ...{ startedAt, ip, browser: describeBrowser(userAgent) },
    leadsTo: {
      kind,
      application: application ? { id: application.id, displayName: application.displayName } : null,
    },
  };
}

/** More than a sign-in has, unless somebody guesses. */
const EVENTS_SHOWN = 100;

/** What has happened in a sign-in, the oldest first; the newest hundred. */
export async function eventsOfSignIn(
  { db }: Pick<Needs, 'db'>,
  { organization }: Pick<OpenedInstance, 'organization'>,
  signInId: SignInId,
): Promise<readonly EventRecord[]> {
  const { items } = await listEvents(db.read, organization.id, { signInId }, { limit: EVENTS_SHOWN });
  return items.reverse();
}

/** What the facts of a sign-in say about how it is. `step` is the next one by `nextStep`. Pure. */
export function judgeSignIn(
  signIn: SignIn,
  user: Pick<User, 'id'> | undefined,
  step: NextStep['step'] | 'expired',
  startedAt: Instant,
): Pick<
  ShownSignIn,
  'state' | 'step' | 'isNameUnknown' | 'done' | 'failures' | 'since' | 'expiresAt' | 'endedAt'
> {
  const { completedAt, expiresAt, failures, verified, progress, userName } = signIn;
  const done: DoneFact[] = [
    ...(userName === null ? [] : [{ fact: 'USER_NAME', at: null } as const]),
    ...verified.map(({ type, at }) => ({ fact: type, at })),
    ...(progress.registered ? [{ fact: 'DEVICE_REGISTERED', at: null } as const] : []),
  ];
  const isNameUnknown = userName !== null && !user;
  const since = Math.max(startedAt, ...verified.map(({ at }) => at));
  const about = { isNameUnknown, done, failures, since, expiresAt };
  if (completedAt !== null) return { ...about, state: 'signed-in', step: null, endedAt: completedAt };
  if (step === 'expired') return { ...about, state: 'expired', step: null, endedAt: expiresAt };
  return { ...about, state: step === 'deny' ? 'refused' : 'under-way', step, endedAt: null };
}

/** A sign-in as programs receive it, with its instants as text. Pure. */
export function presentSignIn({
  done,
  startedAt,
  since,
  expiresAt,
  endedAt,
  user,
  leadsTo,
  ...rest
}: ShownSignIn) {
  return {
    ...rest,
    user: user && { ...user },
    leadsTo: { kind: leadsTo.kind, application: leadsTo.application && { ...leadsTo.application } },
    done: done.map(({ fact, at }) => ({ fact, at: at === null ? null : toIso(at) })),
    ...{ startedAt: toIso(startedAt), since: toIso(since), expiresAt: toIso(expiresAt) },
    endedAt: endedAt === null ? null : toIso(endedAt),
  };
}
