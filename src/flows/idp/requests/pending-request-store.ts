import type { Instant } from '../../../foundation/platform/clock.ts';
import type { ApplicationId, InstanceId, SessionId } from '../../../foundation/platform/ids.ts';
import type { RequestedAuthnContext, RequestedNameId } from '../../../protocols/saml/authn-request.ts';
import type { Queries, Tx } from '../../../foundation/storage/database.ts';
import { deleteFound } from '../../../foundation/storage/trim.ts';

/** A valid request that waits for its user to sign in. */
export interface PendingRequest {
  /** Generated and unguessable. The request's own ID is in `request`. */
  id: string;
  instanceId: InstanceId;
  applicationId: ApplicationId;
  request: RequestFacts;
  xml: string;
  relayState: string | null;
  /** Policy time. */
  receivedAt: Instant;
  expiresAt: Instant;
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
  /**
   * Set when the user must sign in again (ForceAuthn): the session that isn't sufficient, or null if there was
   * none. Any other session came from a later sign-in, even if the clock was moved meanwhile.
   */
  insteadOf?: SessionId | null;
}

export async function insertPendingRequest(tx: Tx, pending: PendingRequest): Promise<void> {
  await tx
    .insertInto('authn_requests')
    .values({
      id: pending.id,
      instance_id: pending.instanceId,
      application_id: pending.applicationId,
      request: JSON.stringify(pending.request),
      request_xml: pending.xml,
      relay_state: pending.relayState,
      received_at: pending.receivedAt,
      expires_at: pending.expiresAt,
    })
    .execute();
}

/** The unexpired request with this id. */
export async function findPendingRequest(
  queries: Queries,
  instanceId: InstanceId,
  id: string,
  at: Instant,
): Promise<PendingRequest | undefined> {
  const row = await queries
    .selectFrom('authn_requests')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .where('id', '=', id)
    .where('expires_at', '>', at)
    .executeTakeFirst();
  return (
    row && {
      id: row.id,
      instanceId: row.instance_id,
      applicationId: row.application_id,
      request: JSON.parse(row.request) as RequestFacts, // only insertPendingRequest writes it
      xml: row.request_xml,
      relayState: row.relay_state,
      receivedAt: row.received_at,
      expiresAt: row.expires_at,
    }
  );
}

/** Stores which session the user must replace by signing in again. */
export async function requireNewSignIn(
  tx: Tx,
  pending: PendingRequest,
  insteadOf: SessionId | null,
): Promise<void> {
  await tx
    .updateTable('authn_requests')
    .set({ request: JSON.stringify({ ...pending.request, insteadOf }) })
    .where('instance_id', '=', pending.instanceId)
    .where('id', '=', pending.id)
    .execute();
}

/**
 * Deletes a request because it is being answered. Returns false when it was answered already: a request gets
 * only one response.
 */
export async function consumePendingRequest(tx: Tx, pending: PendingRequest): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('authn_requests')
    .where('instance_id', '=', pending.instanceId)
    .where('id', '=', pending.id)
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
 * Deletes the oldest waiting requests of an application beyond `keep`, at most `batch` of them: anyone can
 * send requests, each up to 256 KiB. Returns how many it deleted.
 */
export function trimSurplusRequests(
  tx: Tx,
  scope: { instanceId: InstanceId; applicationId: ApplicationId; keep: number },
  batch: number,
): Promise<number> {
  const surplus = tx
    .selectFrom('authn_requests')
    .select('id')
    .where('instance_id', '=', scope.instanceId)
    .where('application_id', '=', scope.applicationId)
    .orderBy('expires_at', 'desc')
    .orderBy('id', 'desc')
    .offset(scope.keep)
    .limit(batch);
  return deleteFound(tx, 'authn_requests', ['id'], surplus);
}
