import type { Instant } from '../platform/clock.ts';
import type { ApplicationId, InstanceId, UserId } from '../platform/ids.ts';
import type { Tx } from '../storage/database.ts';
import { prepared } from '../storage/prepared.ts';

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

type Row = Omit<Exchange, 'user'> & { userId: UserId | null; userName: string | null };

const insertRow = prepared((tx: Tx, row: Row) =>
  tx.insertInto('exchanges').values({
    id: row.id,
    instance_id: row.instanceId,
    application_id: row.applicationId,
    user_id: row.userId,
    user_name: row.userName,
    initiated_by: row.initiatedBy,
    request_xml: row.requestXml,
    response_xml: row.responseXml,
    acs_url: row.acsUrl,
    relay_state: row.relayState,
    status: row.status,
    created_at: row.at,
  }),
);

/** Keeps a conversation. */
export async function insertExchange(tx: Tx, exchange: Exchange): Promise<void> {
  const { user } = exchange;
  await insertRow(tx, { ...exchange, userId: user?.id ?? null, userName: user?.userName ?? null });
}
