import type { Selectable } from 'kysely';
import type { Work } from '../../../domain/audit/commands.ts';
import type { Settings } from '../../../domain/organizations/settings.ts';
import type { Instant } from '../../../foundation/platform/clock.ts';
import type { ApplicationId, InstanceId, UserId } from '../../../foundation/platform/ids.ts';
import { unreachable } from '../../../foundation/platform/errors.ts';
import { REDACTED, redactMessage } from '../../../protocols/saml/redact.ts';
import { dialectOf, type Queries, type Tx } from '../../../foundation/storage/database.ts';
import { isBefore, toPage, type Page, type PageRequest } from '../../../foundation/storage/paging.ts';
import { prepared } from '../../../foundation/storage/prepared.ts';
import type { Tables } from '../../../foundation/storage/tables.ts';

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

/** Keeps as much of a conversation as the organization wants. */
export async function keepExchange(
  tx: Tx,
  content: Settings['exchanges']['content'],
  exchange: Exchange,
): Promise<void> {
  switch (content) {
    case 'full':
      return insertExchange(tx, exchange);
    case 'redacted':
      return insertExchange(tx, redactExchange(exchange));
    case 'none':
      return;
    default:
      return unreachable(content);
  }
}

/** A conversation that tells nothing of a person and that can't be replayed; the user's id stays. Pure. */
export function redactExchange(exchange: Exchange): Exchange {
  const { user, requestXml, responseXml, relayState } = exchange;
  return {
    ...exchange,
    user: user && { id: user.id, userName: REDACTED },
    requestXml: requestXml === null ? null : redactMessage(requestXml),
    responseXml: redactMessage(responseXml),
    relayState: relayState && REDACTED,
  };
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
  return toPage(rows, page.limit, (row) => [row.sequence, row.id], toExchange);
}

function toExchange(row: Selectable<Tables['exchanges']>): Exchange {
  return {
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
  };
}

/**
 * Hands out the oldest conversations of an application, up to `limit`, the oldest first, and forgets them: each is given to
 * one caller only, whoever else takes at the same time. Where there is none nothing changes, and nothing is recorded.
 */
export async function takeExchanges(
  work: Work,
  instanceId: InstanceId,
  applicationId: ApplicationId,
  limit: number,
): Promise<Exchange[]> {
  const oldest = work.tx
    .selectFrom('exchanges')
    .select('id')
    .where('instance_id', '=', instanceId)
    .where('application_id', '=', applicationId)
    .orderBy('sequence')
    .orderBy('id')
    .limit(limit);
  // SQLite has one writer. PostgreSQL would let a second taker wait for the rows of the first, and find them gone.
  const free = dialectOf(work.tx) === 'postgres' ? oldest.forUpdate().skipLocked() : oldest;
  const ids = (await free.execute()).map(({ id }) => id);
  if (ids.length === 0) return [];
  const details = { requestParameters: { instanceId: applicationId } };
  const rows = await work.perform('DeleteApplicationInstanceExchanges', details, (tx) =>
    tx
      .deleteFrom('exchanges')
      .where('instance_id', '=', instanceId)
      .where('id', 'in', ids)
      .returningAll()
      .execute(),
  );
  // In which order rows are returned is nobody's promise.
  const order = new Map(ids.map((id, index) => [id, index]));
  return rows.map(toExchange).sort((one, other) => (order.get(one.id) ?? 0) - (order.get(other.id) ?? 0));
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
