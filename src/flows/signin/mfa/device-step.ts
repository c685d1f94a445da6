import type { MfaDevice, MfaType } from '../../../domain/credentials/mfa/device.ts';
import type { MfaChallenge } from '../../../domain/credentials/mfa/setup.ts';
import { listDevices } from '../../../domain/credentials/mfa/store.ts';
import { devicesOfType, strategyOf } from '../../../domain/credentials/mfa/strategies.ts';
import type { MfaAttempt } from '../../../domain/credentials/mfa/strategy.ts';
import type { User } from '../../../domain/directory/user.ts';
import type { SignInNeeds, SignInState } from '../load-sign-in.ts';
import type { FactorAttempt } from './second-factor-step.ts';

/* Connects a sign-in with the strategies of the types of devices. */

/** What the page shows that asks for a device of this type. */
export function showDevice<T extends MfaType>(
  needs: SignInNeeds,
  state: SignInState,
  user: User,
  type: T,
): Promise<MfaChallenge<T>> {
  const registered = () => devicesOf(needs, state, user, type);
  return strategyOf({ type }).challenge.show(attemptOf(needs, state), registered);
}

/** An attempt to use a device. It is judged against the version of the sign-in that this request has read. */
export function attemptWithDevice(
  needs: SignInNeeds,
  state: SignInState,
  user: User,
  type: MfaType,
  answer: string,
): Omit<FactorAttempt, 'trust'> {
  const { challenge } = strategyOf({ type });
  return {
    ...{ type, wrong: challenge.wrong },
    judge: async () =>
      challenge.judge(attemptOf(needs, state), await devicesOf(needs, state, user, type), answer),
  };
}

/** An attempt to resynchronize a device; undefined for a type that can't get out of sync. */
export function attemptToResync(
  needs: SignInNeeds,
  state: SignInState,
  user: User,
  type: MfaType,
  answers: readonly string[],
): Omit<FactorAttempt, 'trust'> | undefined {
  const { resync } = strategyOf({ type });
  if (!resync) return undefined;
  return {
    ...{ type: resync.credentialType, wrong: resync.wrong },
    judge: async () =>
      resync.judge(attemptOf(needs, state), await devicesOf(needs, state, user, type), answers),
  };
}

async function devicesOf<T extends MfaType>(
  { db, sealer }: SignInNeeds,
  { visit }: SignInState,
  user: User,
  type: T,
): Promise<MfaDevice<T>[]> {
  return devicesOfType(await listDevices(db.read, sealer, visit.instance.id, user.id), type);
}

function attemptOf({ publicUrl, sealer }: SignInNeeds, { visit, signIn }: SignInState): MfaAttempt {
  const { instance, times } = visit;
  return { publicUrl, sealer, instance, times, signIn };
}
