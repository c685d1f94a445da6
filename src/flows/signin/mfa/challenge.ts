import { resyncOf } from '../../../domain/credentials/mfa/strategies.ts';
import { verificationCodeMail } from '../../../domain/mail/messages.tsx';
import { displayNameOf } from '../../../domain/organizations/organization.ts';
import { newMailId, type MailId } from '../../../foundation/platform/ids.ts';
import type { Tx } from '../../../foundation/storage/database.ts';
import type { SignInNeeds, SignInState } from '../load-sign-in.ts';
import { newMailCode } from './email-code.ts';
import type { NextStep } from '../next-step.ts';
import type { Challenged, Progress } from '../../../domain/sessions/sign-in.ts';
import { updateSignIn } from '../../../domain/sessions/sign-in-store.ts';
import { mailAttempt, takeAttempt, type ThrottleVerdict } from '../throttle.ts';

/**
 * Challenges the user for the next factor, once per factor: records the event and, for a code by mail, posts
 * the mail, in the transaction and with the request that led there, as in the guide's examples ("Example
 * events for AWS SSO sign-in scenarios"). With `again` it challenges for the same factor again, so that
 * another code is sent. The number of mailed codes is limited, so that an attacker with the password can't
 * flood the mailbox; when it is reached, the verdict says when to try again.
 */
export async function challengeFor(
  needs: SignInNeeds,
  tx: Tx,
  { visit, signIn, user, next }: SignInState,
  { again = false }: { again?: boolean } = {},
): Promise<ThrottleVerdict> {
  const challenged = challengeOf(next);
  if (!user || challenged === undefined) return { ok: true };
  if (challenged === signIn.progress.challenged && !again) return { ok: true };
  const { instance, times } = visit;
  let progress: Progress = { ...signIn.progress, challenged };
  let mailed: { id: MailId; code: string } | undefined;
  if (challenged === 'EMAIL_OTP') {
    const attempt = mailAttempt(user, visit.realIp);
    const verdict = await takeAttempt(tx, instance.id, instance.settings.signIn, attempt, times.policyAt);
    if (!verdict.ok) return verdict;
    const { code, kept } = newMailCode(needs, signIn.id, times.policyAt);
    mailed = { id: newMailId(needs.ids), code };
    progress = { ...progress, mailCode: { ...kept, mailId: mailed.id } };
  }
  if (!(await updateSignIn(tx, needs.sealer, signIn, { progress }))) return { ok: true };
  const eventId = needs.record.newId();
  if (mailed !== undefined) {
    const mail = verificationCodeMail(user.email, displayNameOf(instance), mailed.code);
    const about = { id: mailed.id, userId: user.id, eventId };
    await needs.postMail(tx, instance.organization.id, mail, times.policyAt, about);
  }
  await needs.record(
    tx,
    visit.history,
    {
      id: eventId,
      name: 'CredentialChallenge',
      authWorkflowId: signIn.id,
      userName: user.userName,
      credentialType: challenged,
      outcome: 'Success',
    },
    visit.origin,
  );
  return { ok: true };
}

function challengeOf(next: NextStep | { step: 'expired' }): Challenged | undefined {
  switch (next.step) {
    case 'challenge':
      return next.type;
    case 'resync':
      return resyncOf(next.type);
    case 'email-code':
      return 'EMAIL_OTP';
    default:
      return undefined;
  }
}
