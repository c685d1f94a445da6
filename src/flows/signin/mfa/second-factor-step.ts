import type { FactorVerdict } from '../../../domain/credentials/mfa/strategy.ts';
import { lockUser } from '../../../domain/directory/user-store.ts';
import type { User } from '../../../domain/directory/user.ts';
import type { Tx } from '../../../foundation/storage/database.ts';
import { userContext } from '../../visit/user-context.ts';
import { reloadState, type SignInNeeds, type SignInState } from '../load-sign-in.ts';
import type { Challenged, Progress, SignIn } from '../../../domain/sessions/sign-in.ts';
import { findSignIn, updateSignIn } from '../../../domain/sessions/sign-in-store.ts';
import { settleAttempt } from '../throttle.ts';
import { trustContext } from './trust.ts';

export interface FactorAttempt {
  type: Challenged;
  judge: () => Promise<FactorVerdict>;
  /** The message after a wrong answer, unless the verdict has its own. */
  wrong: string;
  /** What the sign-in stores after the attempt, right or wrong. */
  progress?: (right: boolean) => Progress;
  /** After a success, refunds the attempt that led to this one. */
  refund?: (tx: Tx) => Promise<void>;
  /** The user says that this is a trusted device. */
  trust: boolean;
}

export type FactorOutcome =
  | { outcome: 'verified' }
  /** `after` is the state after this attempt; `why` is the message for the user. */
  | { outcome: 'wrong'; after: SignInState; why: string }
  | { outcome: 'throttled'; retryAfterSeconds: number }
  | { outcome: 'changed-meanwhile' };

/**
 * Verifies a factor after the password. An attempt is counted before it is judged, and each one, right or
 * wrong, changes the sign-in's version: so no challenge is answered twice, and an attacker who sends many
 * guesses at once gets no more tries. `onVerified` runs in the transaction that stores the fact.
 */
export async function secondFactorStep(
  needs: SignInNeeds,
  state: SignInState,
  user: User,
  { type, judge, wrong, progress, refund, trust }: FactorAttempt,
  onVerified: (tx: Tx, state: SignInState) => Promise<void>,
): Promise<FactorOutcome> {
  const { record, commands } = needs;
  const { visit, signIn } = state;
  const { instance, origin, times } = visit;
  const limits = instance.settings.signIn;
  const attempt = { kind: 'second-factor', userId: user.id, ip: visit.realIp } as const;

  const verdict = await needs.attempts.take(instance, attempt, times.policyAt);
  if (!verdict.ok) return { outcome: 'throttled', retryAfterSeconds: verdict.retryAfterSeconds };

  const judged = await judge();

  return commands.run(userContext(visit, user), visit.history, async (work): Promise<FactorOutcome> => {
    const { tx } = work;
    // Locked first, as deleting a device does: a user who is disabled or loses the last device at the same
    // moment must not be left with a trusted device.
    if (judged.right && trust) await lockUser(tx, instance.id, user.id);
    // Of two simultaneous requests with the same code, only one succeeds (replay).
    const verified = judged.right && (await judged.use(tx));
    const facts = {
      ...(verified
        ? { verified: [...signIn.verified, { type, at: times.policyAt }] }
        : { failures: signIn.failures + 1 }),
      ...(progress && { progress: progress(verified) }),
    };
    const changed = await updateSignIn(tx, needs.sealer, signIn, facts);
    // Counters are updated in the same order as for passwords: opposite orders could deadlock.
    const isRight = changed ? verified : await isVerifiedMeanwhile(needs, tx, signIn, type);
    await settleAttempt(tx, instance.id, limits, attempt, isRight ? 'right' : 'wrong');
    if (!changed) return { outcome: 'changed-meanwhile' };
    await record(
      tx,
      visit.history,
      {
        name: 'CredentialVerification',
        authWorkflowId: signIn.id,
        userName: user.userName,
        credentialType: type,
        outcome: verified ? 'Success' : 'Failure',
      },
      origin,
    );
    const after = await reloadState(tx, state, facts);
    if (!verified) return { outcome: 'wrong', after, why: whyWrong(judged) ?? wrong };
    await refund?.(tx);
    if (trust && after.user?.enabled) await trustContext(needs, work, after, after.user);
    await onVerified(tx, after);
    return { outcome: 'verified' };
  });
}

/**
 * Whether another request of the same sign-in has verified this factor since it was read. A form that is sent twice at
 * one moment is then no failure. It gives an attacker no more guesses: one of them was right, and is counted as that.
 */
async function isVerifiedMeanwhile(
  { sealer }: SignInNeeds,
  tx: Tx,
  read: SignIn,
  type: Challenged,
): Promise<boolean> {
  const now = await findSignIn(tx, sealer, read.instanceId, read.id);
  const times = (signIn: SignIn) => signIn.verified.filter((each) => each.type === type).length;
  return now !== undefined && times(now) > times(read);
}

const whyWrong = (judged: FactorVerdict): string | undefined => (judged.right ? undefined : judged.why);
