import { listDevices, useWebAuthn } from '../../../domain/credentials/mfa/store.ts';
import type { WebAuthnDevice } from '../../../domain/credentials/mfa/device.ts';
import {
  authenticationOptions,
  credentialIdOf,
  verifyAuthentication,
  webAuthnSite,
  type WebAuthnSite,
} from '../../../domain/credentials/mfa/webauthn/webauthn.ts';
import type { User } from '../../../domain/directory/user.ts';
import type { SignInNeeds, SignInState } from '../load-sign-in.ts';
import type { SignIn } from '../../../domain/sessions/sign-in.ts';
import type { Judged } from './second-factor-step.ts';

/**
 * What a security key signs (base64url). It is bound to this sign-in (a swapped challenge), and to its version, which every
 * try moves on (a replayed answer): nothing has to be kept for it.
 */
function challengeOf({ sealer }: SignInNeeds, { id, version }: SignIn): string {
  return sealer.mac('webauthn-challenge', `${id} ${version}`);
}

/** What the browser needs to ask the user's keys, as JSON. */
export async function keyOptions(needs: SignInNeeds, state: SignInState, user: User): Promise<object> {
  const keys = await keysOf(needs, state, user);
  const credentials = keys.map(({ credential }) => credential);
  return authenticationOptions(siteOf(needs, state), credentials, challengeOf(needs, state.signIn));
}

/** Judges what a key answered to the challenge of this sign-in, as it was when this request came. */
export async function judgeKey(
  needs: SignInNeeds,
  state: SignInState,
  user: User,
  answer: unknown,
): Promise<Judged> {
  const { instance, times } = state.visit;
  const id = credentialIdOf(answer);
  const device = (await keysOf(needs, state, user)).find(({ credential }) => credential.credentialId === id);
  if (!device) return { right: false };
  const { credential } = device;
  const verdict = await verifyAuthentication(
    siteOf(needs, state),
    challengeOf(needs, state.signIn),
    credential,
    answer,
  );
  if (!verdict.ok) return { right: false };
  const { signCount } = verdict;
  return {
    right: true,
    use: (tx) => useWebAuthn(tx, instance.id, device.id, credential.signCount, signCount, times.policyAt),
  };
}

async function keysOf({ db, sealer }: SignInNeeds, { visit }: SignInState, user: User) {
  const devices = await listDevices(db.read, sealer, visit.instance.id, user.id);
  return devices.filter((device): device is WebAuthnDevice => device.type === 'WEBAUTHN');
}

// Origin and RP ID are the server's own, never what a request says: a page elsewhere can't pass on what it was given.
const siteOf = ({ publicUrl }: SignInNeeds, { visit }: SignInState): WebAuthnSite =>
  webAuthnSite(publicUrl, visit.instance.organization.name);
