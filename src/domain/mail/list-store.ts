import { contains } from '../../foundation/storage/contains.ts';
import type { Queries } from '../../foundation/storage/database.ts';
import {
  cursorAfter,
  fittingKeys,
  newestFirst,
  rowsOf,
  type Page,
  type PageRequest,
} from '../../foundation/storage/paging.ts';
import type { Sealer } from '../../foundation/platform/crypto.ts';
import type { OrganizationId } from '../../foundation/platform/ids.ts';
import { fold } from '../directory/name-key.ts';
import { cutKey, searchWords } from '../directory/search-key.ts';
import type { Mail, MailHead, MailKind, MailStatus } from './mail.ts';
import { HEAD_COLUMNS, toMail, toMailHead } from './store.ts';

export interface MailFilter {
  /** The whole address, in the case of the mail. */
  to?: string | undefined;
  kind?: MailKind | undefined;
  status?: MailStatus | undefined;
  /** Words of which each must be a part of the address or the subject, without regard to case. */
  search?: string | undefined;
}

/** An organization's mailbox, newest first: a page has at most a mebibyte. */
export async function listMails(
  queries: Queries,
  sealer: Sealer,
  organizationId: OrganizationId,
  filter: MailFilter,
  page: PageRequest,
): Promise<Page<Mail>> {
  const query = matching(queries, organizationId, filter);
  const keys = await query.select(['sequence', 'id', 'bytes']).$call(newestFirst('sequence', page)).execute();
  const shown = fittingKeys(keys, page.limit);
  const rows = await query.selectAll().$call(rowsOf(shown)).execute();
  return { items: rows.map((row) => toMail(sealer, row)), cursor: cursorAfter(shown, keys) };
}

/** An organization's mailbox without the bodies, newest first: no link and no code is read. */
export async function listMailHeads(
  queries: Queries,
  organizationId: OrganizationId,
  filter: MailFilter,
  page: PageRequest,
): Promise<Page<MailHead>> {
  const query = matching(queries, organizationId, filter);
  const keys = await query.select(['sequence', 'id', 'bytes']).$call(newestFirst('sequence', page)).execute();
  const shown = keys.slice(0, page.limit);
  const rows = await query.select(HEAD_COLUMNS).$call(rowsOf(shown)).execute();
  return { items: rows.map(toMailHead), cursor: cursorAfter(shown, keys) };
}

function matching(queries: Queries, organizationId: OrganizationId, filter: MailFilter) {
  const { to, kind, status, search = '' } = filter;
  let query = queries.selectFrom('mails').where('organization_id', '=', organizationId);
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (status !== undefined) query = query.where('status', '=', status);
  // By the text in the index first, so that the rows of other addresses aren't read.
  if (to !== undefined)
    query = query.where(contains('search_key', cutKey(fold(to)))).where('to_address', '=', to);
  for (const word of searchWords(search)) query = query.where(contains('search_key', word));
  return query;
}

/** The text in which a mail is searched: address and subject, without regard to case, and cut if they are very long. */
export const mailSearchKey = (to: string, subject: string): string => cutKey(fold(`${to} ${subject}`));
