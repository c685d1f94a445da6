import type { Sealer } from '../../foundation/platform/crypto.ts';
import type { MailId, OrganizationId } from '../../foundation/platform/ids.ts';
import type { Queries, Tx } from '../../foundation/storage/database.ts';
import type { Tables } from '../../foundation/storage/tables.ts';
import { deleteBeyondBytes, deleteFound } from '../../foundation/storage/trim.ts';
import { sql, type Insertable, type Selectable, type SqlBool } from 'kysely';
import { openBody } from './mail-body.ts';
import type { Mail, MailHead, MailKind } from './mail.ts';

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

/** All columns but those of the body. */
export const HEAD_COLUMNS = [
  ...(['id', 'organization_id', 'kind', 'to_address', 'subject', 'created_at'] as const),
  ...(['status', 'attempts', 'last_error', 'user_id', 'event_id'] as const),
] as const;

type HeadRow = Pick<Selectable<Tables['mails']>, (typeof HEAD_COLUMNS)[number]>;

/** What is known about the message with this id without its body. */
export async function findMailHead(
  queries: Queries,
  organizationId: OrganizationId,
  id: MailId,
): Promise<MailHead | undefined> {
  const row = await queries
    .selectFrom('mails')
    .select(HEAD_COLUMNS)
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && toMailHead(row);
}

/** Deletes all messages of an organization. */
export async function deleteAllMails(tx: Tx, organizationId: OrganizationId): Promise<void> {
  await tx.deleteFrom('mails').where('organization_id', '=', organizationId).execute();
}

/** Inserts a message: the body as `sealBody` seals it, and the columns that are queried. */
export async function insertMail(tx: Tx, row: Insertable<Tables['mails']>): Promise<void> {
  await tx.insertInto('mails').values(row).execute();
}

/** Deletes a message; returns whether there was one. */
export async function deleteOneMail(tx: Tx, organizationId: OrganizationId, id: MailId): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('mails')
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
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

/** A message with its body, decrypted. */
export function toMail(sealer: Sealer, row: Selectable<Tables['mails']>): Mail {
  return { ...toMailHead(row), ...openBody(sealer, row.id, row) };
}

/** What is known about a message without its body. */
export function toMailHead(row: HeadRow): MailHead {
  return {
    id: row.id,
    organizationId: row.organization_id,
    kind: row.kind as MailKind, // only the outbox writes this column
    to: row.to_address,
    subject: row.subject,
    sentAt: row.created_at,
    status: row.status,
    attempts: row.attempts,
    ...{ lastError: row.last_error, userId: row.user_id, eventId: row.event_id },
  };
}
