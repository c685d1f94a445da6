import type { Instant } from '../platform/clock.ts';
import type { ApplicationId, InstanceId, UserId } from '../platform/ids.ts';
import type { Tx } from '../storage/database.ts';

/** One SAML conversation: what came in, what went out. */
export interface Exchange {
  id: string;
  instanceId: InstanceId;
  applicationId: ApplicationId;
  user: { id: UserId; userName: string } | null;
  initiatedBy: 'service-provider' | 'identity-provider';
  requestXml: string | null;
  responseXml: string;
  acsUrl: string;
  relayState: string | null;
  /** The top status code. */
  status: string;
  at: Instant;
}

/** Keeps a conversation. */
export async function insertExchange(tx: Tx, exchange: Exchange): Promise<void> {
  await tx
    .insertInto('exchanges')
    .values({
      id: exchange.id,
      instance_id: exchange.instanceId,
      application_id: exchange.applicationId,
      user_id: exchange.user?.id ?? null,
      user_name: exchange.user?.userName ?? null,
      initiated_by: exchange.initiatedBy,
      request_xml: exchange.requestXml,
      response_xml: exchange.responseXml,
      acs_url: exchange.acsUrl,
      relay_state: exchange.relayState,
      status: exchange.status,
      created_at: exchange.at,
    })
    .execute();
}
