import type { Sealer } from '../../foundation/platform/crypto.ts';
import type { MailId, OrganizationId } from '../../foundation/platform/ids.ts';
import type { Queries, Tx } from '../../foundation/storage/database.ts';
import {
  cursorAfter,
  fittingKeys,
  newestFirst,
  rowsOf,
  type Page,
  type PageRequest,
} from '../../foundation/storage/paging.ts';
import type { Tables } from '../../foundation/storage/tables.ts';
import { deleteBeyondBytes, deleteFound } from '../../foundation/storage/trim.ts';
import { sql, type Insertable, type Selectable, type SqlBool } from 'kysely';
import { openBody } from './mail-body.ts';
import type { Mail, MailKind } from './mail.ts';

export interface MailFilter {
  to?: string | undefined;
  kind?: MailKind | undefined;
}

/** An organization's mailbox, newest first: a page has at most a mebibyte. */
export async function listMails(
  queries: Queries,
  sealer: Sealer,
  organizationId: OrganizationId,
  { to, kind }: MailFilter,
  page: PageRequest,
): Promise<Page<Mail>> {
  let query = queries.selectFrom('mails').where('organization_id', '=', organizationId);
  if (to !== undefined) query = query.where('to_address', '=', to);
  if (kind !== undefined) query = query.where('kind', '=', kind);
  const keys = await query.select(['sequence', 'id', 'bytes']).$call(newestFirst('sequence', page)).execute();
  const shown = fittingKeys(keys, page.limit);
  const rows = await query.selectAll().$call(rowsOf(shown)).execute();
  return { items: rows.map((row) => toMail(sealer, row)), cursor: cursorAfter(shown, keys) };
}

/** The message with this id. */
export async function findMail(
  queries: Queries,
  sealer: Sealer,
  organizationId: OrganizationId,
  id: MailId,
): Promise<Mail | undefined> {
  const row = await queries
    .selectFrom('mails')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && toMail(sealer, row);
}

/** Deletes all messages of an organization. */
export async function deleteAllMails(tx: Tx, organizationId: OrganizationId): Promise<void> {
  await tx.deleteFrom('mails').where('organization_id', '=', organizationId).execute();
}

/** Inserts a message: the body as `sealBody` seals it, and the columns that are queried. */
export async function insertMail(tx: Tx, row: Insertable<Tables['mails']>): Promise<void> {
  await tx.insertInto('mails').values(row).execute();
}

/** Deletes a message in the transaction that posted it. */
export async function withdrawMail(tx: Tx, organizationId: OrganizationId, id: MailId): Promise<void> {
  await tx.deleteFrom('mails').where('organization_id', '=', organizationId).where('id', '=', id).execute();
}

/**
 * Deletes the oldest messages beyond the newest `keep`, at most `batch` of them. Pending messages stay and
 * don't count. Returns how many it deleted.
 */
export async function trimMails(
  tx: Tx,
  organizationId: OrganizationId,
  keep: number,
  batch: number,
): Promise<number> {
  const oldest = tx
    .selectFrom('mails')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('status', '!=', 'pending')
    .orderBy('sequence', 'desc')
    .offset(keep)
    .limit(batch);
  return deleteFound(tx, 'mails', ['id'], oldest);
}

/**
 * Deletes the oldest messages until the others have at most `maxBytes` octets, at most `batch` of them; returns how
 * many. Pending messages stay and don't count.
 */
export function trimMailBytes(
  tx: Tx,
  organizationId: OrganizationId,
  maxBytes: number,
  batch: number,
): Promise<number> {
  const of = sql<SqlBool>`organization_id = ${organizationId} and status <> 'pending'`;
  return deleteBeyondBytes(tx, { table: 'mails', of, by: 'sequence' }, maxBytes, batch);
}

function toMail(sealer: Sealer, row: Selectable<Tables['mails']>): Mail {
  return {
    id: row.id,
    organizationId: row.organization_id,
    kind: row.kind as MailKind, // only the outbox writes this column
    to: row.to_address,
    subject: row.subject,
    ...openBody(sealer, row.id, row),
    sentAt: row.created_at,
    status: row.status,
    attempts: row.attempts,
    lastError: row.last_error,
  };
}
