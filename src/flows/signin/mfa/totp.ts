import { listDevices, useTotp } from '../../../domain/credentials/mfa/store.ts';
import type { TotpDevice } from '../../../domain/credentials/mfa/device.ts';
import { resyncTotp, verifyTotp, type TotpVerdict } from '../../../domain/credentials/mfa/totp/totp.ts';
import type { User } from '../../../domain/directory/user.ts';
import type { SignInNeeds, SignInState } from '../load-sign-in.ts';
import type { Judged } from './second-factor-step.ts';

/** A try with an app. `used`: the code was right, and somebody had used it before. */
export type JudgedTotp = Judged & { used?: boolean };

/** Judges a code against each of a user's apps that are in sync, at wire time: an app on a phone keeps real time. */
export function judgeTotp(
  needs: SignInNeeds,
  state: SignInState,
  user: User,
  code: string,
): Promise<JudgedTotp> {
  const { wireAt } = state.visit.times;
  return judgeApps(
    needs,
    state,
    user,
    (app) => app.inSync,
    ({ credential }) => verifyTotp(credential, code, wireAt),
  );
}

/** Judges two codes that follow each other, against each of a user's apps. */
export function judgeResync(
  needs: SignInNeeds,
  state: SignInState,
  user: User,
  codes: readonly [first: string, second: string],
): Promise<JudgedTotp> {
  const { wireAt } = state.visit.times;
  return judgeApps(
    needs,
    state,
    user,
    () => true,
    ({ credential }) => resyncTotp(credential, ...codes, wireAt),
  );
}

async function judgeApps(
  { db, sealer }: SignInNeeds,
  { visit }: SignInState,
  user: User,
  isAsked: (app: TotpDevice) => boolean,
  judge: (app: TotpDevice) => Promise<TotpVerdict>,
): Promise<JudgedTotp> {
  const { instance, times } = visit;
  let used = false;
  for (const device of await listDevices(db.read, sealer, instance.id, user.id)) {
    if (device.type !== 'TOTP' || !isAsked(device)) continue;
    const verdict = await judge(device);
    if (verdict.ok) {
      return { right: true, use: (tx) => useTotp(tx, instance.id, device.id, verdict, times) };
    }
    if (verdict.reason === 'used') used = true;
  }
  return { right: false, used };
}
