import { resyncOf } from '../../../domain/credentials/mfa/strategies.ts';
import { verificationCodeMail } from '../../../domain/mail/messages.tsx';
import type { Tx } from '../../../foundation/storage/database.ts';
import type { SignInNeeds, SignInState } from '../load-sign-in.ts';
import { newMailCode } from './email-code.ts';
import type { NextStep } from '../next-step.ts';
import type { Challenged, Progress } from '../../../domain/sessions/sign-in.ts';
import { updateSignIn } from '../../../domain/sessions/sign-in-store.ts';
import { mailAttempt, takeAttempt, type ThrottleVerdict } from '../throttle.ts';

/**
 * Challenges for the factor that comes next, once: the event is recorded, and a code by mail is written, in the transaction
 * and with the request of what led there, as in the guide's examples ("Example events for AWS SSO sign-in scenarios").
 * `anew` challenges again for the same factor: another code is sent. How many codes are sent is limited, however somebody who
 * has the password begins again (a flooded mailbox): then none is, and the verdict says when one can be asked for.
 */
export async function challengeFor(
  needs: SignInNeeds,
  tx: Tx,
  { visit, signIn, user, next }: SignInState,
  { anew = false }: { anew?: boolean } = {},
): Promise<ThrottleVerdict> {
  const challenged = challengeOf(next);
  if (!user || challenged === undefined) return { ok: true };
  if (challenged === signIn.progress.challenged && !anew) return { ok: true };
  const { instance, times } = visit;
  let progress: Progress = { ...signIn.progress, challenged };
  let mailed: string | undefined;
  if (challenged === 'EMAIL_OTP') {
    const attempt = mailAttempt(user, visit.realIp);
    const verdict = await takeAttempt(tx, instance.id, instance.settings.signIn, attempt, times.policyAt);
    if (!verdict.ok) return verdict;
    const { code, kept } = newMailCode(needs, signIn.id, times.policyAt);
    progress = { ...progress, mailCode: kept };
    mailed = code;
  }
  if (!(await updateSignIn(tx, signIn, { progress }))) return { ok: true };
  if (mailed !== undefined) {
    const { organization } = instance;
    const mail = verificationCodeMail(user.email, organization.name, mailed);
    await needs.postMail(tx, organization.id, mail, times.policyAt);
  }
  await needs.record(
    tx,
    visit.history,
    {
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
