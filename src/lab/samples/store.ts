import { HOUR_MS, type Instant } from '../../foundation/platform/clock.ts';
import { hashToken } from '../../foundation/platform/crypto.ts';
import type { InstanceId } from '../../foundation/platform/ids.ts';
import type { Times } from '../../domain/organizations/organization.ts';
import { parseInstant } from '../../protocols/saml/xml/instant.ts';
import type { Queries, Tx } from '../../foundation/storage/database.ts';
import { deleteFound } from '../../foundation/storage/trim.ts';
import type { SentRequest } from './cookies.ts';
import type { ReceivedAssertion } from '../../protocols/saml/read-assertion.ts';
import { usableUntil } from './web-sso-rules.ts';

/** What a sample remembers of somebody who is signed in there. */
export interface SampleSession {
  readonly assertion: ReceivedAssertion;
  /** The request that was answered, as the sample sent it; null when nobody asked. */
  readonly asked: Pick<SentRequest, 'id' | 'binding'> | null;
  readonly relayState: string | null;
  /** What the signature covered. */
  readonly xml: string;
  /** The checks that it passed, as they were made. */
  readonly verifications: readonly { readonly label: string; readonly detail: string }[];
}

/** Whose session, at which sample. */
export interface SampleScope {
  readonly instanceId: InstanceId;
  readonly sample: string;
}

/**
 * The profile of a row that is no session but remembers that an assertion was used. Both kinds live and die with the
 * samples, so they share a table; their keys are hashes of different texts and can't meet.
 */
const SPENT = '';

const spentKey = ({ instanceId, sample }: SampleScope, { issuer, id }: ReceivedAssertion) =>
  hashToken(`spent assertion ${JSON.stringify([instanceId, sample, issuer, id])}`);

/**
 * Begins a session with an assertion that wasn't used here before; false when it was. Its ID is remembered as long as it
 * could be used again (saml-profiles-2.0 §4.1.4.5), in the same transaction: of two copies at once, one is refused.
 */
export async function startSampleSession(
  tx: Tx,
  scope: SampleScope,
  start: { handle: string; session: SampleSession; times: Times },
): Promise<boolean> {
  const { handle, session, times } = start;
  const row = { instance_id: scope.instanceId, sample: scope.sample };
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('sample_sessions')
    .values({
      ...row,
      handle_hash: spentKey(scope, session.assertion),
      profile: SPENT,
      // Of wire time: that is what an assertion's validity is measured by.
      expires_at: usableUntil(session.assertion),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows !== 1n) return false;
  await tx
    .insertInto('sample_sessions')
    .values({
      ...row,
      handle_hash: hashToken(handle),
      profile: JSON.stringify(session),
      expires_at: sessionEndsAt(session.assertion, times),
    })
    .execute();
  return true;
}

/**
 * When the session ends, in policy time: at SessionNotOnOrAfter, else when the assertion does, else in an hour. The
 * assertion speaks of wire time, so what counts is how far ahead it is.
 */
function sessionEndsAt({ session, conditions }: ReceivedAssertion, times: Times): Instant {
  const endsAt = parseInstant(session?.sessionNotOnOrAfter ?? conditions.notOnOrAfter ?? '');
  return times.policyAt + (endsAt === undefined ? HOUR_MS : Math.max(0, endsAt - times.wireAt));
}

/** The session that a handle opens, while it lasts. */
export async function findSampleSession(
  queries: Queries,
  { instanceId, sample }: SampleScope,
  handle: string,
  at: Instant,
): Promise<SampleSession | undefined> {
  const row = await queries
    .selectFrom('sample_sessions')
    .select('profile')
    .where('handle_hash', '=', hashToken(handle))
    .where('instance_id', '=', instanceId)
    .where('sample', '=', sample)
    .where('profile', '!=', SPENT)
    .where('expires_at', '>', at)
    .executeTakeFirst();
  return row && (JSON.parse(row.profile) as SampleSession); // written by startSampleSession alone
}

/** Ends the session that a handle opens. The assertion it began with stays spent. */
export async function endSampleSession(
  tx: Tx,
  { instanceId, sample }: SampleScope,
  handle: string,
): Promise<void> {
  await tx
    .deleteFrom('sample_sessions')
    .where('handle_hash', '=', hashToken(handle))
    .where('instance_id', '=', instanceId)
    .where('sample', '=', sample)
    .where('profile', '!=', SPENT)
    .execute();
}

/** Deletes up to `batch` sessions that are over, and as many IDs of assertions that can't be used again. */
export async function trimSampleSessions(
  tx: Tx,
  instanceId: InstanceId,
  times: Times,
  batch: number,
): Promise<number> {
  const rows = tx.selectFrom('sample_sessions').select('handle_hash').where('instance_id', '=', instanceId);
  const over = rows.where('profile', '!=', SPENT).where('expires_at', '<=', times.policyAt).limit(batch);
  const unusable = rows.where('profile', '=', SPENT).where('expires_at', '<=', times.wireAt).limit(batch);
  let deleted = 0;
  for (const which of [over, unusable]) {
    deleted += await deleteFound(tx, 'sample_sessions', ['handle_hash'], which);
  }
  return deleted;
}
