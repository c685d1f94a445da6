import type { User } from '../../../domain/directory/user.ts';
import { challengeFor } from './challenge.ts';
import type { SignInNeeds, SignInState } from '../load-sign-in.ts';
import { isMailCode } from './email-code.ts';
import type { Progress } from '../../../domain/sessions/sign-in.ts';
import { giveBackAttempt, mailAttempt, type ThrottleVerdict } from '../throttle.ts';
import type { FactorTry } from './second-factor-step.ts';

/** A try with the code that was sent. Used up when it was right; one of its five tries when it was wrong. */
export function mailCodeTry(
  { sealer }: SignInNeeds,
  { visit, signIn }: SignInState,
  user: User,
  code: string,
): Omit<FactorTry, 'trust'> {
  const { instance, times } = visit;
  const kept = signIn.progress.mailCode;
  const right = kept !== null && isMailCode(sealer, signIn.id, kept, code, times.policyAt);
  // Used up with the sign-in's version, which no second try has.
  const use = () => Promise.resolve(true);
  return {
    type: 'EMAIL_OTP',
    judge: () => Promise.resolve(right ? { right, use } : { right: false }),
    wrong: 'The code is wrong. Check the newest mail from us.',
    // The mail that led to a success counts nothing, as the tries don't.
    giveBack: (tx) =>
      giveBackAttempt(tx, instance.id, instance.settings.signIn, mailAttempt(user, visit.realIp)),
    progress: (verified): Progress => ({
      ...signIn.progress,
      mailCode: verified || !kept ? null : { ...kept, triesLeft: Math.max(0, kept.triesLeft - 1) },
    }),
  };
}

/** Why no code can be right now; undefined while the one that was sent is good. */
export function whyAnotherCode({ visit, signIn }: SignInState): 'none' | 'tried' | 'expired' | undefined {
  const { mailCode } = signIn.progress;
  if (!mailCode) return 'none';
  if (mailCode.triesLeft <= 0) return 'tried';
  return visit.times.policyAt >= mailCode.expiresAt ? 'expired' : undefined;
}

/** Sends another code; the earlier one is good for nothing then. How many are sent is limited. */
export async function sendAnotherCode(needs: SignInNeeds, state: SignInState): Promise<ThrottleVerdict> {
  return needs.db.transaction((tx) => challengeFor(needs, tx, state, { anew: true }));
}
