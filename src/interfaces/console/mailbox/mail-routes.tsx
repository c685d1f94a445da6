import { z } from 'zod';
import { DeleteMailPage } from '../../../../views/console/mailbox/delete.tsx';
import { MailPage, type ShownContent, type ShownMail } from '../../../../views/console/mailbox/mail.tsx';
import { findEvent } from '../../../domain/audit/event-list-store.ts';
import { findUser } from '../../../domain/directory/user-store.ts';
import { deleteMail } from '../../../domain/mail/commands.ts';
import { codeIn, linkIn } from '../../../domain/mail/mail-content.ts';
import type { Mail, MailHead } from '../../../domain/mail/mail.ts';
import { findMail, findMailHead } from '../../../domain/mail/store.ts';
import { whenOf } from '../../../flows/visit/when.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { idField, wordFault } from '../../../foundation/http/fields.ts';
import { sendMailPart } from '../../../foundation/http/security-headers.ts';
import { AppError, notFound } from '../../../foundation/platform/errors.ts';
import type { MailId } from '../../../foundation/platform/ids.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { confirmationForm } from '../frame/fields.ts';
import { consoleForm, consolePage, goTo } from '../frame/handlers.ts';
import { MAILBOX_PATH } from './mailbox-routes.tsx';

const params = z.object({ mail: idField<MailId>() });
const PATH = `${MAILBOX_PATH}/:mail`;

/** One message of the mailbox. Its text is only for those who may change something. */
export function mailRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    router.get(
      PATH,
      consolePage(needs, { params }, async (ctx, console, input) => {
        if (console.mayChange) {
          const mail = await readMail(needs, console, input.params.mail);
          return showMail(needs, ctx, console, mail, contentOf(needs, console, mail));
        }
        // The body isn't even decrypted for somebody whose access is read-only.
        await showMail(needs, ctx, console, await readHead(needs, console, input.params.mail));
      }),
    );

    for (const [part, textOf] of [
      ['/text', ({ text }: Mail) => text],
      ['/source', ({ html }: Mail) => html],
    ] as const) {
      router.get(
        `${PATH}${part}`,
        consolePage(needs, { params }, async (ctx, console, input) => {
          const mail = await readMail(needs, console, input.params.mail);
          await showMail(needs, ctx, console, mail, { part, text: textOf(mail) });
        }),
      );
    }

    // The HTML of a message, for the frame in its page.
    router.get(
      `${PATH}/html`,
      consolePage(needs, { params }, async (ctx, console, input) => {
        sendMailPart(ctx, (await readMail(needs, console, input.params.mail)).html);
      }),
    );

    router.get(
      `${PATH}/delete`,
      consolePage(needs, { params, isForm: true }, async (ctx, console, input) => {
        await showDelete(needs, ctx, console, input.params.mail);
      }),
    );

    router.post(
      `${PATH}/delete`,
      consoleForm(needs, { params, form: confirmationForm }, async (ctx, console, input) => {
        const error = wordFault(input.form.confirmation);
        if (error !== undefined) return showDelete(needs, ctx, console, input.params.mail, error);
        await console.run((work) => deleteMail(work, console.organization, input.params.mail));
        goTo(ctx, console, '/mailbox?done=deleted');
      }),
    );
  };
}

/** A message with its text. Throws AccessDeniedException for those whose access is read-only. */
async function readMail(
  { db, sealer }: ConsoleNeeds,
  { mayChange, organization }: ConsoleVisit,
  id: MailId,
): Promise<Mail> {
  // Whoever reads a mail can use its link or code.
  if (!mayChange) {
    throw new AppError('AccessDeniedException', 'Your access is read-only: you can’t read messages.');
  }
  const mail = await findMail(db.read, sealer, organization.id, id);
  if (!mail) throw notFound('The message');
  return mail;
}

async function readHead({ db }: ConsoleNeeds, { organization }: ConsoleVisit, id: MailId): Promise<MailHead> {
  const mail = await findMailHead(db.read, organization.id, id);
  if (!mail) throw notFound('The message');
  return mail;
}

function contentOf({ publicOrigin }: ConsoleNeeds, { isOperator }: ConsoleVisit, mail: Mail): ShownContent {
  const href = linkIn(mail);
  const { origin, host } = new URL(href ?? publicOrigin);
  const link = href === null ? null : { href, leadsElsewhere: origin === publicOrigin ? undefined : host };
  // An operator's session has a cookie of its own.
  return { part: '', link, code: codeIn(mail), isOwnSession: !isOperator && mail.kind === 'invitation' };
}

async function showMail(
  needs: ConsoleNeeds,
  ctx: Ctx,
  { visit, frame, instance, organization }: ConsoleVisit,
  { id, kind, subject, to, status, attempts, lastError, sentAt, userId, eventId }: MailHead,
  content?: ShownContent,
): Promise<void> {
  const user = userId === null ? undefined : await findUser(needs.db.read, instance.id, userId);
  const event = eventId === null ? undefined : await findEvent(needs.db.read, organization.id, eventId);
  const mail: ShownMail = {
    ...{ id, kind, subject, to, status, attempts, lastError, sent: whenOf(sentAt) },
    user: user && { id: user.id, displayName: user.displayName },
    event: event && { id: event.eventID, name: event.eventName },
  };
  needs.show(ctx, visit, (page) => <MailPage {...{ page, frame, mail, content }} />, {
    formAction: 'self',
    frames: 'self',
  });
}

async function showDelete(
  needs: ConsoleNeeds,
  ctx: Ctx,
  console: ConsoleVisit,
  id: MailId,
  error?: string,
): Promise<void> {
  const mail = await readHead(needs, console, id);
  if (error !== undefined) ctx.status = 400;
  needs.show(ctx, console.visit, (page) => (
    <DeleteMailPage {...{ page, frame: console.frame, mail, error }} />
  ));
}
