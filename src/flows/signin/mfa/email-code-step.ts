import type { User } from '../../../domain/directory/user.ts';
import { challengeFor } from './challenge.ts';
import type { SignInNeeds, SignInState } from '../load-sign-in.ts';
import { isMailCode } from './email-code.ts';
import type { Progress } from '../../../domain/sessions/sign-in.ts';
import { settleAttempt, mailAttempt, type ThrottleVerdict } from '../throttle.ts';
import type { FactorAttempt } from './second-factor-step.ts';

/** An attempt with the mailed code. A right code can't be used again; a wrong one costs one of five tries. */
export function mailCodeTry(
  { sealer }: SignInNeeds,
  { visit, signIn }: SignInState,
  user: User,
  code: string,
): Omit<FactorAttempt, 'trust'> {
  const { instance, times } = visit;
  const kept = signIn.progress.mailCode;
  const right = kept !== null && isMailCode(sealer, signIn.id, kept, code, times.policyAt);
  // Used only once, because the attempt changes the sign-in's version.
  const use = () => Promise.resolve(true);
  return {
    type: 'EMAIL_OTP',
    judge: () => Promise.resolve(right ? { right, use } : { right: false }),
    wrong: 'The code is wrong. Enter the code in our newest email.',
    // After a success, the mail doesn't count either.
    refund: (tx) =>
      settleAttempt(tx, instance.id, instance.settings.signIn, mailAttempt(user, visit.realIp), 'right'),
    progress: (verified): Progress => ({
      ...signIn.progress,
      mailCode: verified || !kept ? null : { ...kept, triesLeft: Math.max(0, kept.triesLeft - 1) },
    }),
  };
}

/** Why the mailed code can't be used any more; undefined while it can. */
export function whyAnotherCode({ visit, signIn }: SignInState): 'none' | 'tried' | 'expired' | undefined {
  const { mailCode } = signIn.progress;
  if (!mailCode) return 'none';
  if (mailCode.triesLeft <= 0) return 'tried';
  return visit.times.policyAt >= mailCode.expiresAt ? 'expired' : undefined;
}

/** Sends another code, which replaces the earlier one. The number of mails is limited. */
export async function sendAnotherCode(needs: SignInNeeds, state: SignInState): Promise<ThrottleVerdict> {
  return needs.db.transaction((tx) => challengeFor(needs, tx, state, { again: true }));
}
