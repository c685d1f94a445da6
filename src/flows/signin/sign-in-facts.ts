import { findDeviceFacts } from '../../domain/credentials/mfa/store.ts';
import { enabledTypes } from '../../domain/credentials/mfa/strategies.ts';
import { mustChangePassword } from '../../domain/credentials/passwords/store.ts';
import type { User } from '../../domain/directory/user.ts';
import type { Instance } from '../../domain/organizations/organization.ts';
import type { Settings } from '../../domain/organizations/settings.ts';
import { browserFamily } from '../../domain/sessions/browser-family.ts';
import type { SignIn } from '../../domain/sessions/sign-in.ts';
import { isTrusted } from '../../domain/sessions/trusted-device-store.ts';
import type { SignInContext } from '../../domain/sessions/trusted-device.ts';
import type { Instant } from '../../foundation/platform/clock.ts';
import type { Queries } from '../../foundation/storage/database.ts';
import { nextStep, type MfaPolicy, type SignInUser } from './next-step.ts';

/** The facts on which the next step depends besides the sign-in itself; empty until the password is verified. */
export interface UserFacts extends Pick<SignInUser, 'devices' | 'mustChangePassword'> {
  /** Whether this user trusts this browser at this address. */
  isTrusted: boolean;
}

/** The browser of a sign-in, as its requests show it. */
export interface Client {
  readonly ip: string;
  readonly userAgent: string;
}

const NO_FACTS: UserFacts = { devices: [], mustChangePassword: false, isTrusted: false };

/** Reads the facts about the user of a sign-in. */
export async function readUserFacts(
  queries: Queries,
  instance: Instance,
  signIn: Pick<SignIn, 'verified' | 'browserId'>,
  user: User | undefined,
  client: Client,
): Promise<UserFacts> {
  // Not needed before the password is verified. Reading them earlier would take time that reveals which users
  // exist.
  if (!user || !signIn.verified.some(({ type }) => type === 'PASSWORD')) return NO_FACTS;
  return {
    devices: await findDeviceFacts(queries, instance.id, user.id),
    mustChangePassword: await mustChangePassword(queries, instance.id, user.id),
    isTrusted: await isTrusted(queries, instance.id, contextOfSignIn(signIn, user, client)),
  };
}

/** The circumstances of a sign-in on which trust depends. */
export function contextOfSignIn(
  { browserId }: Pick<SignIn, 'browserId'>,
  { id: userId }: Pick<User, 'id'>,
  { ip, userAgent }: Client,
): SignInContext {
  return { userId, browserId, browserFamily: browserFamily(userAgent), ip };
}

/** The next step of a sign-in by the policy of its instance. Pure. */
export function stepOf(
  { settings }: Pick<Instance, 'settings'>,
  signIn: Parameters<typeof nextStep>[0],
  user: Pick<User, 'enabled'> | undefined,
  { devices, mustChangePassword: mustChange, isTrusted: trusted }: UserFacts,
  now: Instant,
): ReturnType<typeof nextStep> {
  const signInUser = user && { enabled: user.enabled, mustChangePassword: mustChange, devices };
  return nextStep(signIn, signInUser, policyOf(settings), { isTrusted: trusted }, now);
}

/** The instance's MFA policy. */
function policyOf(settings: Settings): MfaPolicy {
  const { mode, withoutDevice } = settings.mfa;
  return { mode, withoutDevice, types: enabledTypes(settings) };
}
