import type { Work } from '../audit/commands.ts';
import type { Organization } from '../organizations/organization.ts';
import { deleteAllMails } from './store.ts';

/** Empties a mailbox. Messages that were still pending are not sent. */
export async function deleteMails(work: Work, { id }: Pick<Organization, 'id'>): Promise<void> {
  const details = { requestParameters: { organizationId: id } };
  await work.perform('DeleteMailbox', details, async (tx) => {
    await deleteAllMails(tx, id);
  });
}
