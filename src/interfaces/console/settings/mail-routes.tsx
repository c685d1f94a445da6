import { z } from 'zod';
import { MailboxPage } from '../../../../views/console/settings/mailbox.tsx';
import { MailPage } from '../../../../views/console/settings/mail.tsx';
import { findMail, listMails } from '../../../domain/mail/store.ts';
import { whenOf } from '../../../flows/visit/when.ts';
import type { Mount } from '../../../foundation/http/context.ts';
import { idField } from '../../../foundation/http/fields.ts';
import { AppError, notFound } from '../../../foundation/platform/errors.ts';
import type { MailId } from '../../../foundation/platform/ids.ts';
import type { ConsoleNeeds } from '../frame/console-visit.ts';
import { consolePage } from '../frame/handlers.ts';
import { listQuery, nextHref, ROWS, searchOf } from '../frame/list-query.ts';

const path = '/:instance/console/settings/mail';
const params = z.object({ mail: idField<MailId>() });

/** The mailbox: all mail of the organization, whether or not a mail server sends it. */
export function mailRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    router.get(
      path,
      consolePage(needs, { query: listQuery }, async (ctx, console, { query }) => {
        const { organization, homeHref, frame, visit } = console;
        const to = searchOf(query);
        const page = { limit: ROWS, cursor: query.cursor };
        const found = await listMails(needs.db.read, needs.sealer, organization.id, { to }, page);
        const mails = found.items.map(({ id, subject, to: address, status, sentAt }) => ({
          ...{ id, subject, to: address, status, sent: whenOf(sentAt) },
        }));
        const next = nextHref(`${homeHref}/settings/mail`, { q: to ?? '' }, found.cursor);
        needs.show(ctx, visit, (page) => (
          <MailboxPage {...{ page, frame, query: to ?? '', mails, nextHref: next }} />
        ));
      }),
    );

    router.get(
      `${path}/:mail`,
      consolePage(needs, { params }, async (ctx, console, input) => {
        // Whoever reads a mail can use its link or code.
        if (!console.mayChange) {
          throw new AppError('AccessDeniedException', 'Your access is read-only: you can’t read messages.');
        }
        const { organization, frame, visit } = console;
        const mail = await findMail(needs.db.read, needs.sealer, organization.id, input.params.mail);
        if (!mail) throw notFound('The message');
        needs.show(ctx, visit, (page) => (
          <MailPage {...{ page, frame, mail: { ...mail, sent: whenOf(mail.sentAt) } }} />
        ));
      }),
    );
  };
}
