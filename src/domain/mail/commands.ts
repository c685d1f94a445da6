import type { Work } from '../audit/commands.ts';
import type { Organization } from '../organizations/organization.ts';
import { notFound } from '../../foundation/platform/errors.ts';
import type { MailId } from '../../foundation/platform/ids.ts';
import { deleteAllMails, deleteOneMail } from './store.ts';

/** Empties a mailbox. Messages that were still pending are not sent. */
export async function deleteMails(work: Work, { id }: Pick<Organization, 'id'>): Promise<void> {
  const details = { requestParameters: { organizationId: id } };
  await work.perform('DeleteMailbox', details, async (tx) => {
    await deleteAllMails(tx, id);
  });
}

/** Deletes a message; one that was still pending is not sent. Throws ResourceNotFoundException. */
export async function deleteMail(
  work: Work,
  { id }: Pick<Organization, 'id'>,
  mailId: MailId,
): Promise<void> {
  const details = { requestParameters: { organizationId: id, mailId } };
  await work.perform('DeleteMail', details, async (tx) => {
    if (!(await deleteOneMail(tx, id, mailId))) throw notFound('The message');
  });
}
