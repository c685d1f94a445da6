import { z } from 'zod';
import { MAIL_KINDS, type Mail as StoredMail } from '../../../domain/mail/mail.ts';
import { listMails } from '../../../domain/mail/store.ts';
import { deleteMails } from '../../../domain/mail/commands.ts';
import { toIso } from '../../../foundation/platform/clock.ts';
import type { Mail, Organization } from '../types/handles.ts';
import { readAllPages } from '../../../foundation/storage/paging.ts';
import type { HandleContext } from './context.ts';

const filterSchema = z.strictObject({ to: z.string().optional(), kind: z.enum(MAIL_KINDS).optional() });

export function createMailbox({ needs, openOrganization: open }: HandleContext): Organization['mailbox'] {
  const { db, sealer } = needs;
  return {
    list: async (filter = {}) => {
      const { organization } = await open();
      const parsed = filterSchema.parse(filter);
      const mails = await readAllPages((page) => listMails(db.read, sealer, organization.id, parsed, page));
      return mails.map(present);
    },
    clear: async () => {
      const { organization, run } = await open();
      await run((work) => deleteMails(work, organization));
    },
  };
}

function present({ organizationId: _organization, sentAt, ...mail }: StoredMail): Mail {
  return { ...mail, sentAt: toIso(sentAt) };
}
