import { z } from 'zod';
import { EmptyMailboxPage } from '../../../../views/console/mailbox/delete.tsx';
import { MailboxPage } from '../../../../views/console/mailbox/list.tsx';
import { deleteMails } from '../../../domain/mail/commands.ts';
import { listMailHeads } from '../../../domain/mail/list-store.ts';
import { MAIL_KINDS, MAIL_STATUSES } from '../../../domain/mail/mail.ts';
import { whenOf } from '../../../flows/visit/when.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { wordFault } from '../../../foundation/http/fields.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { confirmationForm, doneText } from '../frame/fields.ts';
import { consoleForm, consolePage, goTo } from '../frame/handlers.ts';
import { listQuery, nextHref, ROWS, searchOf } from '../frame/list-query.ts';

export const MAILBOX_PATH = '/:instance/console/mailbox';

const error = 'Choose one of the list.';
const mailboxQuery = listQuery.extend({
  kind: z.enum(['', ...MAIL_KINDS], { error }).default(''),
  status: z.enum(['', ...MAIL_STATUSES], { error }).default(''),
});

const DONE: Readonly<Record<string, string>> = {
  deleted: 'The message was deleted.',
  emptied: 'All messages were deleted.',
};

/** All mail of the organization, whether or not a mail server sends it, and deleting all of it. */
export function mailboxRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    router.get(
      MAILBOX_PATH,
      consolePage(needs, { query: mailboxQuery }, async (ctx, console, { query }) => {
        const { kind, status, cursor, done } = query;
        const search = searchOf(query);
        const filter = {
          search,
          kind: kind === '' ? undefined : kind,
          status: status === '' ? undefined : status,
        };
        // Heads alone: those with read-only access may know that a message exists, and not what it says.
        const { organization, frame, homeHref } = console;
        const found = await listMailHeads(needs.db.read, organization.id, filter, { limit: ROWS, cursor });
        const mails = found.items.map(({ id, subject, to, status: state, sentAt }) => ({
          ...{ id, subject, to, status: state, sent: whenOf(sentAt) },
        }));
        const next = nextHref(`${homeHref}/mailbox`, { q: search ?? '', kind, status }, found.cursor);
        needs.show(ctx, console.visit, (page) => (
          <MailboxPage
            {...{ page, frame, query: search ?? '', narrowed: { kind, status }, mails, nextHref: next }}
            done={doneText(DONE, done)}
          />
        ));
      }),
    );

    router.get(
      `${MAILBOX_PATH}/delete`,
      consolePage(needs, { isForm: true }, (ctx, console) => showEmpty(needs, ctx, console)),
    );

    router.post(
      `${MAILBOX_PATH}/delete`,
      consoleForm(needs, { form: confirmationForm }, async (ctx, console, { form }) => {
        const fault = wordFault(form.confirmation);
        if (fault !== undefined) return showEmpty(needs, ctx, console, fault);
        await console.run((work) => deleteMails(work, console.organization));
        goTo(ctx, console, '/mailbox?done=emptied');
      }),
    );
  };
}

function showEmpty(needs: ConsoleNeeds, ctx: Ctx, { visit, frame }: ConsoleVisit, error?: string): void {
  if (error !== undefined) ctx.status = 400;
  needs.show(ctx, visit, (page) => <EmptyMailboxPage {...{ page, frame, error }} />);
}
