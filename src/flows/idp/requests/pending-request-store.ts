import { sql, type SqlBool } from 'kysely';
import type { Instant } from '../../../foundation/platform/clock.ts';
import { hashToken, type Sealer } from '../../../foundation/platform/crypto.ts';
import type { ApplicationId, BrowserId, InstanceId } from '../../../foundation/platform/ids.ts';
import type { RequestedAuthnContext, RequestedNameId } from '../../../protocols/saml/authn-request.ts';
import type { Queries, Tx } from '../../../foundation/storage/database.ts';
import type { Finding } from './findings.ts';
import { deleteBeyondBytes, deleteFound } from '../../../foundation/storage/trim.ts';

/** The kind of a continuation that leads to a waiting request. Its reference is the request's token. */
export const SAML_CONTINUATION = 'saml';

/** A valid request that waits for its user to sign in. */
export interface PendingRequest {
  /**
   * Generated and unguessable: whoever knows it can have the request answered. Only its hash is stored. The request's
   * own ID is in `request`.
   */
  token: string;
  instanceId: InstanceId;
  applicationId: ApplicationId;
  request: RequestFacts;
  xml: string;
  relayState: string | null;
  /** Policy time. */
  receivedAt: Instant;
  expiresAt: Instant;
  /** The browser to which it belongs, once a page was shown for it. No other browser can use it. */
  claimedBy: BrowserId | null;
}

/** The parts of a request that matter for the response. */
export interface RequestFacts {
  requestId: string;
  acsUrl: string;
  /** Whether it was signed, inside or beside the message; absent in rows of an earlier release. */
  signed?: boolean | undefined;
  forceAuthn: boolean;
  isPassive: boolean;
  requestedAuthnContext?: RequestedAuthnContext | undefined;
  /** The only subject about whom the request wants an assertion. */
  subject?: RequestedNameId | undefined;
  /** What was let pass; absent in rows of an earlier release. */
  findings?: readonly Finding[] | undefined;
}

/** Names row and column: a sealed value that is moved to another request can't be opened. */
const contextOf = (part: 'xml' | 'relayState', id: string): string => `pending request ${part} ${id}`;

/** Inserts a request. The message and its RelayState, which may hold a secret of the service provider, are sealed. */
export async function insertPendingRequest(
  tx: Tx,
  sealer: Sealer,
  pending: Omit<PendingRequest, 'claimedBy'>,
): Promise<void> {
  const { relayState } = pending;
  const id = hashToken(pending.token);
  await tx
    .insertInto('authn_requests')
    .values({
      id,
      instance_id: pending.instanceId,
      application_id: pending.applicationId,
      request: JSON.stringify(pending.request),
      request_xml: sealer.seal(pending.xml, contextOf('xml', id)),
      relay_state: relayState === null ? null : sealer.seal(relayState, contextOf('relayState', id)),
      received_at: pending.receivedAt,
      expires_at: pending.expiresAt,
      claimed_by: null,
    })
    .execute();
}

/** The unexpired request with this token. */
export async function findPendingRequest(
  queries: Queries,
  sealer: Sealer,
  instanceId: InstanceId,
  token: string,
  at: Instant,
): Promise<PendingRequest | undefined> {
  const row = await queries
    .selectFrom('authn_requests')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .where('id', '=', hashToken(token))
    .where('expires_at', '>', at)
    .executeTakeFirst();
  return (
    row && {
      token,
      instanceId: row.instance_id,
      applicationId: row.application_id,
      request: JSON.parse(row.request) as RequestFacts, // only insertPendingRequest writes it
      xml: sealer.open(row.request_xml, contextOf('xml', row.id)),
      relayState:
        row.relay_state === null ? null : sealer.open(row.relay_state, contextOf('relayState', row.id)),
      receivedAt: row.received_at,
      expiresAt: row.expires_at,
      claimedBy: row.claimed_by,
    }
  );
}

/** The application that the unexpired request with this token was sent to. */
export async function findPendingApplication(
  queries: Queries,
  instanceId: InstanceId,
  token: string,
  at: Instant,
): Promise<ApplicationId | undefined> {
  const row = await queries
    .selectFrom('authn_requests')
    .select('application_id')
    .where('instance_id', '=', instanceId)
    .where('id', '=', hashToken(token))
    .where('expires_at', '>', at)
    .executeTakeFirst();
  return row?.application_id;
}

/**
 * Makes a request that waits for its user belong to a browser. Returns false when it belongs to another one, or was
 * answered meanwhile.
 */
export async function claimPendingRequest(
  tx: Tx,
  pending: PendingRequest,
  browserId: BrowserId,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('authn_requests')
    .set({ claimed_by: browserId })
    .where('instance_id', '=', pending.instanceId)
    .where('id', '=', hashToken(pending.token))
    .where((row) => row.or([row('claimed_by', 'is', null), row('claimed_by', '=', browserId)]))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/**
 * Deletes a request because it is being answered. Returns false when it was answered already, since a request gets only
 * one response, or was claimed since it was read.
 */
export async function consumePendingRequest(tx: Tx, pending: PendingRequest): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('authn_requests')
    .where('instance_id', '=', pending.instanceId)
    .where('id', '=', hashToken(pending.token))
    .where('claimed_by', pending.claimedBy === null ? 'is' : '=', pending.claimedBy)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

/*
 * Each deletes up to `batch` rows and returns how many, so that no request waits behind a long deletion: a full batch
 * means that there may be more.
 */
/** Deletes expired requests, at most `batch` of them. Returns how many it deleted. */
export function trimPendingRequests(
  tx: Tx,
  instanceId: InstanceId,
  at: Instant,
  batch: number,
): Promise<number> {
  const old = tx
    .selectFrom('authn_requests')
    .select('id')
    .where('instance_id', '=', instanceId)
    .where('expires_at', '<=', at)
    .limit(batch);
  return deleteFound(tx, 'authn_requests', ['id'], old);
}

/**
 * Deletes waiting requests of an application beyond `keep`, at most `batch` of them: anyone can send requests. Those that
 * no browser has claimed go first, since most users have: a flood must not end their sign-ins. Returns how many it
 * deleted.
 */
export async function trimSurplusRequests(
  tx: Tx,
  applicationId: ApplicationId,
  keep: number,
  batch: number,
): Promise<number> {
  const requests = tx.selectFrom('authn_requests').where('application_id', '=', applicationId);
  const { count } = await requests
    .select((eb) => eb.fn.countAll<string | number>().as('count'))
    .executeTakeFirstOrThrow();
  const surplus = Number(count) - keep;
  if (surplus <= 0) return 0;
  const first = requests
    .select('id')
    .orderBy(sql`case when claimed_by is null then 0 else 1 end`)
    .orderBy('expires_at')
    .orderBy('id')
    .limit(Math.min(surplus, batch));
  return deleteFound(tx, 'authn_requests', ['id'], first);
}

/**
 * Deletes the largest waiting requests of an application, until the others have at most `maxBytes` octets, at most `batch`
 * of them; returns how many. Real requests are small: if the oldest were deleted, a thousand compressed requests of half a
 * kilobyte would end the sign-ins of all users.
 */
export function trimRequestBytes(
  tx: Tx,
  applicationId: ApplicationId,
  maxBytes: number,
  batch: number,
): Promise<number> {
  const of = sql<SqlBool>`application_id = ${applicationId}`;
  const requests = { table: 'authn_requests', of, by: 'expires_at', largestFirst: true } as const;
  return deleteBeyondBytes(tx, requests, maxBytes, batch);
}
