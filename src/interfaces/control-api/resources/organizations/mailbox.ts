import { z } from 'zod';
import { deleteMail, deleteMails } from '../../../../domain/mail/commands.ts';
import { listMails } from '../../../../domain/mail/list-store.ts';
import { codeIn, linkIn } from '../../../../domain/mail/mail-content.ts';
import { MAIL_KINDS, MAIL_STATUSES, type Mail } from '../../../../domain/mail/mail.ts';
import { findMail } from '../../../../domain/mail/store.ts';
import { toIso } from '../../../../foundation/platform/clock.ts';
import { notFound } from '../../../../foundation/platform/errors.ts';
import { type MailId, asId } from '../../../../foundation/platform/ids.ts';
import { openOrganization, type ControlNeeds } from '../../contract/api.ts';
import { route, type Route } from '../../contract/route.ts';
import {
  filter,
  instant,
  listOf,
  organizationParams,
  pageQuery,
  reference,
  searched,
} from '../../contract/schemas.ts';

const mailView = z
  .strictObject({
    id: z.string(),
    kind: z.enum(MAIL_KINDS),
    to: z.string(),
    subject: z.string(),
    text: z.string(),
    html: z.string(),
    link: z.string().nullable().describe('The link that the message is about.'),
    code: z.string().nullable().describe('The code that the message is about.'),
    sentAt: instant.describe('By the organization’s clock.'),
    status: z
      .enum(MAIL_STATUSES)
      .describe('kept: no mail server is configured; pending: it waits to be sent, or to be tried again.'),
    attempts: z.int().describe('How often sending was tried.'),
    lastError: z.string().nullable().describe('Why the last attempt failed.'),
    userId: z.string().nullable().describe('The user whom it is for, who can be deleted since.'),
    eventId: z.string().nullable().describe('The event that caused it.'),
  })
  .meta({ id: 'Mail' });

function present({ organizationId: _organization, sentAt, ...mail }: Mail): z.output<typeof mailView> {
  return { ...mail, sentAt: toIso(sentAt), link: linkIn(mail), code: codeIn(mail) };
}

const MAILBOX = '/organizations/:organization/mailbox';
const mailParams = organizationParams.extend({
  mail: reference.describe('The mail’s id.').transform(asId<MailId>),
});

const oneOf = <Value extends string>(values: readonly Value[]) =>
  z.enum(values, { error: `Expected ${values.join(', ')}.` }).optional();

/** The operations on an organization's mailbox, which holds all mail, whether or not a mail server sends it. */
export function mailboxRoutes(needs: ControlNeeds): Route[] {
  const { db, sealer } = needs;
  return [
    route({
      id: 'listMails',
      method: 'GET',
      path: MAILBOX,
      summary: 'Lists messages, newest first.',
      params: organizationParams,
      query: pageQuery.extend({
        to: filter.describe('The whole address.'),
        kind: oneOf(MAIL_KINDS),
        status: oneOf(MAIL_STATUSES),
        search: searched.describe(
          'Words of which each must be a part of the address or the subject, in any letter case. At most eight count.',
        ),
      }),
      status: 200,
      returns: listOf(mailView),
      async respond(caller, { params, query }) {
        const { organization } = await openOrganization(needs, caller, params.organization);
        const page = await listMails(db.read, sealer, organization.id, query, query);
        return { items: page.items.map(present), cursor: page.cursor };
      },
    }),
    route({
      id: 'getMail',
      method: 'GET',
      path: `${MAILBOX}/:mail`,
      summary: 'Shows a message.',
      params: mailParams,
      status: 200,
      returns: mailView,
      async respond(caller, { params }) {
        const { organization } = await openOrganization(needs, caller, params.organization);
        const mail = await findMail(db.read, sealer, organization.id, params.mail);
        if (!mail) throw notFound('The message');
        return present(mail);
      },
    }),
    route({
      id: 'deleteMail',
      method: 'DELETE',
      path: `${MAILBOX}/:mail`,
      summary: 'Deletes a message. One that is still pending isn’t sent.',
      params: mailParams,
      status: 204,
      async respond(caller, { params }) {
        const { organization, run } = await openOrganization(needs, caller, params.organization);
        await run((work) => deleteMail(work, organization, params.mail));
      },
    }),
    route({
      id: 'deleteMails',
      method: 'DELETE',
      path: MAILBOX,
      summary: 'Empties the mailbox. Messages that are still pending aren’t sent.',
      params: organizationParams,
      status: 204,
      async respond(caller, { params }) {
        const { organization, run } = await openOrganization(needs, caller, params.organization);
        await run((work) => deleteMails(work, organization));
      },
    }),
  ];
}
