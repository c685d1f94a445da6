import { z } from 'zod';
import { DemoMailPage } from '../../../views/signin/demo-mail.tsx';
import { codeIn, linkIn } from '../../domain/mail/mail-content.ts';
import { findMail } from '../../domain/mail/store.ts';
import type { Instance } from '../../domain/organizations/organization.ts';
import type { Ctx } from '../../foundation/http/context.ts';
import { isFromThisMachine } from '../../foundation/http/forwarded.ts';
import { notFound } from '../../foundation/platform/errors.ts';
import { newMailId, type MailId } from '../../foundation/platform/ids.ts';
import type { Visit } from '../visit/visit.ts';
import { whenOf } from '../visit/when.ts';
import type { SignInNeeds } from './load-sign-in.ts';
import { SIGN_IN_MS } from './start.ts';

/*
 * The demonstration's shortcut: a browser is shown the one message that its own request caused. Whoever can use it can
 * take over every account whose user name they know. So it is only for people at this machine, where the settings say so.
 */

/**
 * Whether this request may be shown a message: the setting is on, the server listens on this machine alone (which the
 * listener says, and no header), and the request didn't come through a proxy, whose visitors can be anywhere.
 */
export const showsDemoMail = (
  { isLocalOnly }: Pick<SignInNeeds, 'isLocalOnly'>,
  ctx: Ctx,
  { instance }: Pick<Visit, 'instance'>,
): boolean => isLocalOnly && instance.settings.signIn.demoMail && isFromThisMachine(ctx.req);

/** Refuses a page of the shortcut where there is none, as if the page didn't exist. */
export function requireDemoMail(needs: SignInNeeds, ctx: Ctx, visit: Visit): void {
  if (!showsDemoMail(needs, ctx, visit)) throw notFound('The page');
}

const ticket = z.object({ mailId: z.string(), expiresAt: z.int() });
const ticketCookie = ({ directoryId }: Pick<Instance, 'directoryId'>) => `vestibule-${directoryId}-mail`;

/**
 * Gives the browser a ticket for a message that will be sent after the answer, if it is sent at all: the same for every
 * name, so that it doesn't tell who exists. Returns the message's id; undefined where there is no shortcut.
 */
export function giveMailTicket(needs: SignInNeeds, ctx: Ctx, visit: Visit): MailId | undefined {
  if (!showsDemoMail(needs, ctx, visit)) return undefined;
  const mailId = newMailId(needs.ids);
  const sealed = needs.sealer.seal(
    JSON.stringify({ mailId, expiresAt: visit.times.policyAt + SIGN_IN_MS }),
    ticketContext(visit, needs.visits.browser(ctx, visit).id),
  );
  ctx.cookies.set(ticketCookie(visit.instance), sealed, {
    ...{ httpOnly: true, sameSite: 'strict', secure: needs.publicUrl.protocol === 'https:' },
    ...{ path: '/', maxAge: SIGN_IN_MS, overwrite: true },
  });
  return mailId;
}

/** The message of this browser's ticket, as long as a sign-in lasts; undefined without a valid ticket. */
export function readMailTicket(needs: SignInNeeds, ctx: Ctx, visit: Visit): MailId | undefined {
  const browser = needs.visits.knownBrowser(ctx, visit);
  const sealed = ctx.cookies.get(ticketCookie(visit.instance));
  if (!browser || sealed === undefined) return undefined;
  try {
    const opened = ticket.parse(JSON.parse(needs.sealer.open(sealed, ticketContext(visit, browser.id))));
    // Issued here alone, from an id of a mail.
    return visit.times.policyAt < opened.expiresAt ? (opened.mailId as MailId) : undefined;
  } catch {
    return undefined;
  }
}

// Bound to the browser, so that a copied ticket is of no use in another one, and to the instance.
const ticketContext = ({ instance }: Visit, browserId: string) => `demo mail ${instance.id} ${browserId}`;

/** Shows the message, or that there is none, with a way back. */
export async function showDemoMail(
  needs: SignInNeeds,
  ctx: Ctx,
  visit: Visit,
  id: MailId | undefined,
  back: { label: string; href: string },
): Promise<void> {
  // The mail of “Forgot password?” is written after the answer.
  await needs.deferred.settle();
  const { organization } = visit.instance;
  const mail = id && (await findMail(needs.db.read, needs.sealer, organization.id, id));
  if (!mail) ctx.status = 404;
  const shown = mail && {
    ...{ to: mail.to, subject: mail.subject, text: mail.text, sent: whenOf(mail.sentAt) },
    ...{ link: linkIn(mail), code: codeIn(mail) },
  };
  needs.show(ctx, visit, (page) => <DemoMailPage {...{ page, back }} mail={shown} />);
}
