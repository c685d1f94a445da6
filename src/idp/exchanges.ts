import type { Work } from '../audit/commands.ts';
import type { Instant } from '../platform/clock.ts';
import type { ApplicationId, InstanceId, UserId } from '../platform/ids.ts';
import type { Queries, Tx } from '../storage/database.ts';
import { isBefore, toPage, type Page, type PageRequest } from '../storage/paging.ts';
import { prepared } from '../storage/prepared.ts';

/** One SAML conversation: what came in, what went out. */
export interface Exchange {
  id: string;
  instanceId: InstanceId;
  applicationId: ApplicationId;
  /** Its place in the order of all. */
  sequence: number;
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
    sequence: row.sequence,
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

/** The conversations of an application, the newest first. */
export async function listExchanges(
  queries: Queries,
  instanceId: InstanceId,
  applicationId: ApplicationId,
  page: PageRequest,
): Promise<Page<Exchange>> {
  let query = queries
    .selectFrom('exchanges')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .where('application_id', '=', applicationId);
  if (page.cursor !== undefined) query = query.where(isBefore(page.cursor, 'sequence', 'id'));
  const rows = await query
    .orderBy('sequence', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
    .execute();
  return toPage(
    rows,
    page.limit,
    (row) => [row.sequence, row.id],
    (row) => ({
      id: row.id,
      instanceId: row.instance_id,
      applicationId: row.application_id,
      sequence: row.sequence,
      user: row.user_id === null ? null : { id: row.user_id, userName: row.user_name ?? '' },
      initiatedBy: row.initiated_by,
      requestXml: row.request_xml,
      responseXml: row.response_xml,
      acsUrl: row.acs_url,
      relayState: row.relay_state,
      status: row.status,
      at: row.created_at,
    }),
  );
}

/** Forgets all conversations with an application. Returns how many there were. */
export function deleteExchanges(
  work: Work,
  instanceId: InstanceId,
  applicationId: ApplicationId,
): Promise<number> {
  const details = { requestParameters: { instanceId: applicationId } };
  return work.perform('DeleteApplicationInstanceExchanges', details, async (tx) => {
    const { numDeletedRows } = await tx
      .deleteFrom('exchanges')
      .where('instance_id', '=', instanceId)
      .where('application_id', '=', applicationId)
      .executeTakeFirst();
    return Number(numDeletedRows);
  });
}
