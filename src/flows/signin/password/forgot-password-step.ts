import { linkMail, sendPasswordLink } from '../../../domain/credentials/passwords/send-password-link.ts';
import { findUserByName } from '../../../domain/directory/user-store.ts';
import { deleteOneMail } from '../../../domain/mail/store.ts';
import { AppError } from '../../../foundation/platform/errors.ts';
import type { MailId } from '../../../foundation/platform/ids.ts';
import { spendToken } from '../../../foundation/storage/spent-tokens.ts';
import type { Browser, Visit } from '../../visit/visit.ts';
import { userContext } from '../../visit/user-context.ts';
import { isAnswer, openCaptcha } from './captcha.ts';
import type { SignInNeeds } from '../load-sign-in.ts';
import { takeAttempt } from '../throttle.ts';

export type CaptchaVerdict =
  { outcome: 'right' } | { outcome: 'wrong' } | { outcome: 'throttled'; retryAfterSeconds: number };

/**
 * Verifies the answer to a captcha. A captcha can be used only once, right or wrong. A right answer counts as
 * a mail to this name, whether or not a user has it; a wrong one as a guess from this address.
 */
export async function judgeCaptcha(
  { db, sealer }: SignInNeeds,
  { instance, realIp: ip, times: { policyAt } }: Visit,
  browser: Browser | undefined,
  { username, captcha, challenge }: { username: string; captcha: string; challenge: string },
): Promise<CaptchaVerdict> {
  const place = browser && { instanceId: instance.id, browserId: browser.id };
  const opened = place && openCaptcha(sealer, place, challenge, policyAt);
  return db.transaction(async (tx): Promise<CaptchaVerdict> => {
    const isFresh = opened && (await spendToken(tx, instance.id, opened.nonce, opened.expiresAt));
    const isRight = isFresh === true && isAnswer(opened, captcha);
    const attempt = isRight
      ? ({ kind: 'mail', userName: username, ip } as const)
      : ({ kind: 'guess', ip } as const);
    const throttle = await takeAttempt(tx, instance.id, instance.settings.signIn, attempt, policyAt);
    if (!throttle.ok) return { outcome: 'throttled', retryAfterSeconds: throttle.retryAfterSeconds };
    return { outcome: isRight ? 'right' : 'wrong' };
  });
}

/**
 * Mails a link to the user with this name, if there is an enabled one, after the answer: before it, nothing is done that
 * depends on the name, so that neither the answer nor its time reveals who exists. For any other name a mail is written
 * and withdrawn, so that a request which is answered meanwhile waits about as long. `mailId` becomes the message's id.
 */
export function mailResetLinkLater(
  needs: SignInNeeds,
  visit: Visit,
  asked: { userName: string; mailId: MailId | undefined },
): Promise<void> {
  return needs.deferred.defer(() => mailResetLink(needs, visit, asked));
}

async function mailResetLink(
  needs: SignInNeeds,
  visit: Visit,
  { userName, mailId }: { userName: string; mailId: MailId | undefined },
): Promise<void> {
  const { db, ids, postMail, commands, publicUrl } = needs;
  const { instance, history, times } = visit;
  const publicOrigin = publicUrl.origin;
  const user = await findUserByName(db.read, instance.id, userName);
  if (!user?.enabled) {
    const { organization } = instance;
    const mail = linkMail(publicOrigin, instance, NO_RECIPIENT, 'reset', ids.token());
    return db.transaction(async (tx) => {
      const id = await postMail(tx, organization.id, mail, times.policyAt);
      await deleteOneMail(tx, organization.id, id);
    });
  }
  const sender = { ids, postMail, publicOrigin, mailId };
  const sent = commands.run(userContext(visit, user), history, (work) =>
    sendPasswordLink(sender, work, instance, user.id, 'reset'),
  );
  await sent.catch((error: unknown) => {
    // The user was disabled or deleted at the same moment.
    const isGone =
      error instanceof AppError &&
      (error.code === 'ConflictException' || error.code === 'ResourceNotFoundException');
    if (!isGone) throw error;
  });
}

const NO_RECIPIENT = { email: 'nobody@vestibule.invalid', userName: 'nobody', displayName: 'Nobody' };
