import type { Instant } from '../../../foundation/platform/clock.ts';
import type { ApplicationId, InstanceId, SessionId } from '../../../foundation/platform/ids.ts';
import type { RequestedAuthnContext, RequestedNameId } from '../../../protocols/saml/authn-request.ts';
import type { Queries, Tx } from '../../../foundation/storage/database.ts';

/** A checked request that waits for its person to be signed in. */
export interface PendingRequest {
  /** Ours, not guessable; the request's own ID is in `asked`. */
  id: string;
  instanceId: InstanceId;
  applicationId: ApplicationId;
  asked: Asked;
  xml: string;
  relayState: string | null;
  /** Policy time. */
  receivedAt: Instant;
  expiresAt: Instant;
}

/** What of a request matters to its answer. */
export interface Asked {
  requestId: string;
  acsUrl: string;
  /** Whether it was signed, in itself or beside; absent in what an earlier version saved. */
  signed?: boolean | undefined;
  forceAuthn: boolean;
  isPassive: boolean;
  requestedAuthnContext?: RequestedAuthnContext | undefined;
  /** The request is about this subject and nobody else. */
  subject?: RequestedNameId | undefined;
  /**
   * Set when the person was sent to sign in anew (ForceAuthn): the session that is not good enough, if there was one.
   * Any other session came of a later sign-in, whatever a clock says that was moved meanwhile.
   */
  insteadOf?: SessionId | null;
}

/** Saves a request. */
export async function insertPendingRequest(tx: Tx, pending: PendingRequest): Promise<void> {
  await tx
    .insertInto('authn_requests')
    .values({
      id: pending.id,
      instance_id: pending.instanceId,
      application_id: pending.applicationId,
      request: JSON.stringify(pending.asked),
      request_xml: pending.xml,
      relay_state: pending.relayState,
      received_at: pending.receivedAt,
      expires_at: pending.expiresAt,
    })
    .execute();
}

/** A request that waits still. */
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
      asked: JSON.parse(row.request) as Asked, // written by insertPendingRequest alone
      xml: row.request_xml,
      relayState: row.relay_state,
      receivedAt: row.received_at,
      expiresAt: row.expires_at,
    }
  );
}

/** Remembers which session the person is to replace by signing in anew. */
export async function askToSignInAnew(
  tx: Tx,
  pending: PendingRequest,
  insteadOf: SessionId | null,
): Promise<void> {
  await tx
    .updateTable('authn_requests')
    .set({ request: JSON.stringify({ ...pending.asked, insteadOf }) })
    .where('instance_id', '=', pending.instanceId)
    .where('id', '=', pending.id)
    .execute();
}

/** Takes a request to answer it. False when it was answered already: one request, one answer. */
export async function consumePendingRequest(tx: Tx, pending: PendingRequest): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('authn_requests')
    .where('instance_id', '=', pending.instanceId)
    .where('id', '=', pending.id)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}
