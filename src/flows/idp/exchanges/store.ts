import { sql, type Selectable, type SqlBool } from 'kysely';
import type { Settings } from '../../../domain/organizations/settings.ts';
import type { Instant } from '../../../foundation/platform/clock.ts';
import type { Sealer } from '../../../foundation/platform/crypto.ts';
import type { ApplicationId, InstanceId, UserId } from '../../../foundation/platform/ids.ts';
import { unreachable } from '../../../foundation/platform/errors.ts';
import { REDACTED, redactMessage } from '../../../protocols/saml/redact.ts';
import { dialectOf, type Queries, type Tx } from '../../../foundation/storage/database.ts';
import {
  cursorAfter,
  fittingKeys,
  newestFirst,
  rowsOf,
  type Page,
  type PageRequest,
  type SizedKey,
} from '../../../foundation/storage/paging.ts';
import { prepared } from '../../../foundation/storage/prepared.ts';
import type { Tables } from '../../../foundation/storage/tables.ts';
import { deleteBeyondBytes, deleteFound } from '../../../foundation/storage/trim.ts';
import type { Finding } from '../requests/findings.ts';
import { atKeys, type ConversationKey } from './conversation-key.ts';
import { openMessages, sealMessages, type Messages } from './sealed-exchange.ts';

/** A recorded SAML exchange: the response, and the request that it answered, if any. */
export interface Exchange extends Messages {
  id: string;
  instanceId: InstanceId;
  applicationId: ApplicationId;
  /** The order of recording. */
  sequence: number;
  user: { id: UserId; userName: string } | null;
  initiatedBy: 'service-provider' | 'identity-provider';
  acsUrl: string;
  /** The top-level status code. */
  status: string;
  /** What was let pass in the request. */
  findings: readonly Finding[];
  at: Instant;
}

type Row = Omit<Exchange, 'user' | 'findings' | keyof Messages> & {
  userId: UserId | null;
  userName: string | null;
  messages: Uint8Array;
  findings: string;
};

const insertRow = prepared((tx: Tx, row: Row) =>
  tx.insertInto('exchanges').values({
    id: row.id,
    instance_id: row.instanceId,
    application_id: row.applicationId,
    sequence: row.sequence,
    user_id: row.userId,
    user_name: row.userName,
    initiated_by: row.initiatedBy,
    messages: row.messages,
    acs_url: row.acsUrl,
    status: row.status,
    findings: row.findings,
    created_at: row.at,
  }),
);

/** Inserts an exchange, with its messages sealed. */
export async function insertExchange(tx: Tx, sealer: Sealer, exchange: Exchange): Promise<void> {
  const { id, user } = exchange;
  await insertRow(tx, {
    ...exchange,
    messages: sealMessages(sealer, id, exchange),
    findings: JSON.stringify(exchange.findings),
    userId: user?.id ?? null,
    userName: user?.userName ?? null,
  });
}

/** Stores as much of an exchange as the organization's settings say. */
export async function keepExchange(
  tx: Tx,
  sealer: Sealer,
  content: Settings['exchanges']['content'],
  exchange: Exchange,
): Promise<void> {
  switch (content) {
    case 'full':
      return insertExchange(tx, sealer, exchange);
    case 'redacted':
      return insertExchange(tx, sealer, redactExchange(exchange));
    case 'none':
      return;
    default:
      return unreachable(content);
  }
}

/**
 * An exchange without personal data, except the user's id, and without signatures, so that it can't be
 * replayed. Pure.
 */
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

/** The exchanges of an application, newest first: a page has at most a mebibyte. */
export async function listExchanges(
  queries: Queries,
  sealer: Sealer,
  instanceId: InstanceId,
  applicationId: ApplicationId,
  page: PageRequest,
): Promise<Page<Exchange>> {
  const query = queries
    .selectFrom('exchanges')
    .where('instance_id', '=', instanceId)
    .where('application_id', '=', applicationId);
  const keys = await query.select(['sequence', 'id', 'bytes']).$call(newestFirst('sequence', page)).execute();
  const shown = fittingKeys(keys, page.limit);
  const rows = await query.selectAll().$call(rowsOf(shown)).execute();
  return { items: rows.map((row) => toExchange(sealer, row)), cursor: cursorAfter(shown, keys) };
}

/** One exchange of an application, by its id: the ID of its Response. */
export async function findExchange(
  queries: Queries,
  sealer: Sealer,
  scope: { instanceId: InstanceId; applicationId: ApplicationId },
  id: string,
): Promise<Exchange | undefined> {
  const row = await queries
    .selectFrom('exchanges')
    .selectAll()
    .where('instance_id', '=', scope.instanceId)
    // Its index has the ids too: only one row is read.
    .where('application_id', '=', scope.applicationId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && toExchange(sealer, row);
}

/** The exchanges of an instance with these keys, in no particular order. */
export async function readExchanges(
  queries: Queries,
  sealer: Sealer,
  instanceId: InstanceId,
  keys: readonly ConversationKey[],
): Promise<Exchange[]> {
  if (keys.length === 0) return [];
  const rows = await queries
    .selectFrom('exchanges')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .where(atKeys(keys))
    .execute();
  return rows.map((row) => toExchange(sealer, row));
}

function toExchange(sealer: Sealer, row: Selectable<Tables['exchanges']>): Exchange {
  return {
    id: row.id,
    instanceId: row.instance_id,
    applicationId: row.application_id,
    sequence: row.sequence,
    user: row.user_id === null ? null : { id: row.user_id, userName: row.user_name ?? '' },
    initiatedBy: row.initiated_by,
    acsUrl: row.acs_url,
    status: row.status,
    findings: JSON.parse(row.findings) as Finding[], // only insertExchange writes it
    at: row.created_at,
    ...openMessages(sealer, row.id, row.messages),
  };
}

/**
 * The keys of an application's oldest exchanges, oldest first, locked until the transaction ends: as many as fit into a
 * page. On PostgreSQL those that another transaction has locked are left out: it deletes them.
 */
export async function lockOldest(
  tx: Tx,
  instanceId: InstanceId,
  applicationId: ApplicationId,
  limit: number,
): Promise<readonly SizedKey[]> {
  const oldest = tx
    .selectFrom('exchanges')
    .select(['sequence', 'id', 'bytes'])
    .where('instance_id', '=', instanceId)
    .where('application_id', '=', applicationId)
    .orderBy('sequence')
    .orderBy('id')
    .limit(limit);
  const free = dialectOf(tx) === 'postgres' ? oldest.forUpdate().skipLocked() : oldest;
  return fittingKeys(await free.execute(), limit);
}

/** Deletes these exchanges of an application and returns them, in no particular order. */
export async function deleteByKeys(
  tx: Tx,
  sealer: Sealer,
  applicationId: ApplicationId,
  keys: readonly SizedKey[],
): Promise<Exchange[]> {
  const rows = await tx
    .deleteFrom('exchanges')
    .where('application_id', '=', applicationId)
    // The index has the sequence before the id, and two servers can give out the same one.
    .where('sequence', 'in', [...new Set(keys.map(({ sequence }) => sequence))])
    .where(
      'id',
      'in',
      keys.map(({ id }) => id),
    )
    .returningAll()
    .execute();
  return rows.map((row) => toExchange(sealer, row));
}

/** Deletes all exchanges of an application. Returns how many it deleted. */
export async function deleteExchangesOf(
  tx: Tx,
  instanceId: InstanceId,
  applicationId: ApplicationId,
): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('exchanges')
    .where('instance_id', '=', instanceId)
    .where('application_id', '=', applicationId)
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/** Deletes one exchange. Returns whether there was one. */
export async function deleteExchangeAt(
  tx: Tx,
  instanceId: InstanceId,
  key: ConversationKey,
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('exchanges')
    .where('instance_id', '=', instanceId)
    .where(atKeys([key]))
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Deletes the oldest exchanges of an application beyond `keep`, at most `batch` of them. Returns how many it deleted. */
export function trimExchanges(
  tx: Tx,
  applicationId: ApplicationId,
  keep: number,
  batch: number,
): Promise<number> {
  const surplus = tx
    .selectFrom('exchanges')
    .select(['application_id', 'sequence', 'id'])
    .where('application_id', '=', applicationId)
    .orderBy('sequence', 'desc')
    .orderBy('id', 'desc')
    .offset(keep)
    .limit(batch);
  return deleteFound(tx, 'exchanges', ['application_id', 'sequence', 'id'], surplus);
}

/** Deletes the oldest exchanges until the others have at most `maxBytes` octets, at most `batch`; returns how many. */
export function trimExchangeBytes(
  tx: Tx,
  applicationId: ApplicationId,
  maxBytes: number,
  batch: number,
): Promise<number> {
  const of = sql<SqlBool>`application_id = ${applicationId}`;
  return deleteBeyondBytes(tx, { table: 'exchanges', of, by: 'sequence' }, maxBytes, batch);
}
