import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { deleteMail, deleteMails } from '../../../domain/mail/commands.ts';
import { listMails } from '../../../domain/mail/list-store.ts';
import { codeIn, linkIn } from '../../../domain/mail/mail-content.ts';
import { MAIL_KINDS, MAIL_STATUSES, type Mail as StoredMail } from '../../../domain/mail/mail.ts';
import { findMail } from '../../../domain/mail/store.ts';
import { SECOND_MS, toIso } from '../../../foundation/platform/clock.ts';
import { asId, type MailId } from '../../../foundation/platform/ids.ts';
import { readAllPages } from '../../../foundation/storage/paging.ts';
import { VestibuleError } from '../error.ts';
import type { Mail, Mailbox } from '../types/mailbox.ts';
import type { HandleContext } from './context.ts';

const kind = z.enum(MAIL_KINDS).optional();
const id = z.string().transform(asId<MailId>);
const filterSchema = z.strictObject({
  ...{ to: z.string().optional(), kind, status: z.enum(MAIL_STATUSES).optional() },
  search: z.string().optional(),
});
const waitSchema = z.strictObject({
  ...{ to: z.string(), kind },
  after: z.looseObject({ id }).optional(),
  timeoutMs: z
    .int()
    .min(0)
    .max(3_600_000)
    .default(5 * SECOND_MS),
});

const LOOK_EVERY_MS = 50;

export function createMailbox({ needs, openOrganization: open }: HandleContext): Mailbox {
  const { db, sealer } = needs;
  const newest = async ({ to, kind: wanted, after }: z.output<typeof waitSchema>) => {
    const { organization } = await open();
    const filter = { to, kind: wanted };
    const { items } = await listMails(db.read, sealer, organization.id, filter, { limit: 1 });
    const [mail] = items;
    return mail?.id === after?.id ? undefined : mail;
  };
  return {
    list: async (filter = {}) => {
      const { organization } = await open();
      const parsed = filterSchema.parse(filter);
      const mails = await readAllPages((page) => listMails(db.read, sealer, organization.id, parsed, page));
      return mails.map(present);
    },
    get: async (mailId) => {
      const { organization } = await open();
      const mail = await findMail(db.read, sealer, organization.id, id.parse(mailId));
      return mail && present(mail);
    },
    waitFor: async (given) => {
      const wanted = waitSchema.parse(given);
      const until = performance.now() + wanted.timeoutMs;
      for (;;) {
        const mail = await newest(wanted);
        if (mail) return present(mail);
        if (performance.now() >= until) {
          const what = wanted.kind === undefined ? 'mail' : `mail of the kind ${wanted.kind}`;
          const message = `No ${what} to ${wanted.to} within ${wanted.timeoutMs} ms.`;
          throw new VestibuleError('ResourceNotFoundException', message);
        }
        await pause(LOOK_EVERY_MS);
      }
    },
    delete: async (mail) => {
      const { organization, run } = await open();
      const mailId = z.union([id, z.looseObject({ id }).transform((each) => each.id)]).parse(mail);
      await run((work) => deleteMail(work, organization, mailId));
    },
    clear: async () => {
      const { organization, run } = await open();
      await run((work) => deleteMails(work, organization));
    },
  };
}

function present({ organizationId: _organization, sentAt, ...mail }: StoredMail): Mail {
  return { ...mail, sentAt: toIso(sentAt), link: linkIn(mail), code: codeIn(mail) };
}
