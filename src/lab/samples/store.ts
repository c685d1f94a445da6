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

/** A sample's session of a signed-in user. */
export interface SampleSession {
  readonly assertion: ReceivedAssertion;
  /** The sample's request that the response answered; null for an unsolicited response. */
  readonly asked: SentRequest | null;
  readonly relayState: string | null;
  /** The signed XML. */
  readonly xml: string;
  /** The checks that the response passed, in order. */
  readonly verifications: readonly { readonly label: string; readonly detail: string }[];
  /** Absent in rows of an earlier release. */
  readonly arrival?: Arrival | undefined;
}

/** The response as it arrived, to be shown and not to be trusted: parts of it may be unsigned. */
export interface Arrival {
  /** In wire time. */
  readonly at: Instant;
  /**
   * The message, when only the Assertion in it is signed, and its beginning when what is around it is long; null when
   * `xml` of the session is the whole message.
   */
  readonly xml: string | null;
  /** The size of the posted field. */
  readonly octets: number;
  readonly issueInstant: string | null;
}

export interface SampleScope {
  readonly instanceId: InstanceId;
  readonly sample: string;
}

/**
 * The profile of a row that isn't a session, but records that an assertion was used. Both kinds of row share a table,
 * since only the samples use them. Their keys are hashes of different texts, so they can't be equal.
 */
const SPENT = '';

const spentKey = ({ instanceId, sample }: SampleScope, { issuer, id }: ReceivedAssertion) =>
  hashToken(`spent assertion ${JSON.stringify([instanceId, sample, issuer, id])}`);

/**
 * Starts a session with an assertion; false when the assertion was used here before. Its ID is stored as long as it
 * could be used again (saml-profiles-2.0 §4.1.4.5). Both are one transaction, so that of two simultaneous copies one
 * is refused.
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
      // In wire time, like the validity of an assertion.
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
 * The end of the session in policy time: SessionNotOnOrAfter, else the end of the assertion, else in an hour. The
 * assertion gives wire time, so only the time left until then is used.
 */
function sessionEndsAt({ session, conditions }: ReceivedAssertion, times: Times): Instant {
  const endsAt = parseInstant(session?.sessionNotOnOrAfter ?? conditions.notOnOrAfter ?? '');
  return times.policyAt + (endsAt === undefined ? HOUR_MS : Math.max(0, endsAt - times.wireAt));
}

/** The session with this handle, until it expires. */
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
  return row && (JSON.parse(row.profile) as SampleSession); // only startSampleSession writes this column
}

/** Ends the session with this handle. Its assertion still counts as used. */
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

/** Deletes up to `batch` expired sessions, and as many IDs of expired assertions. */
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
