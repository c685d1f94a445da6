import assert from 'node:assert/strict';
import type { Settings } from '../../../../src/domain/organizations/settings.ts';
import { deliveryOf } from '../../saml/delivery.ts';
import type { Answer } from '../../servers/browserless.ts';
import type { Person } from './people.ts';
import type { Begun, Demanded, Factor } from './requests.ts';

/* The expected result of a walk, by the table “Which second factor” and not by our code. */

export type Policy = Settings['mfa'];

/** Picks a policy; those that require a second factor are picked more often. */
export function pickPolicy(pick: <T>(of: readonly T[]) => T): Policy {
  return {
    mode: pick(['disabled', 'context-aware', 'context-aware', 'always-on', 'always-on']),
    withoutDevice: pick(['allow', 'register', 'email-code', 'email-code', 'block']),
    types: [...pick([['totp', 'webauthn'] as const, ['totp'] as const, ['webauthn'] as const])],
    selfService: true,
  };
}

interface Facts {
  person: Person;
  policy: Policy;
  /** Whether the user trusts the browser. */
  isTrusted: boolean;
  /** Whether the user changed a one-time password in this walk. */
  hasChanged: boolean;
}

/** The requirement of the table that the sign-in doesn't meet yet. Undefined: the sign-in may end with a session. */
export function missingFrom(
  { given, demanded }: Pick<Begun, 'given' | 'demanded'>,
  { person, policy, isTrusted, hasChanged }: Facts,
): string | undefined {
  if (!given.has('PASSWORD')) return 'the password';
  const { mode, withoutDevice, types } = policy;
  const own = [
    ...(types.includes('totp') && person.app !== 'none' ? (['TOTP'] as const) : []),
    ...(types.includes('webauthn') && person.key ? (['WEBAUTHN'] as const) : []),
  ];
  const helping = own.filter((type) => demanded?.context.byTypes.some((each) => each === type));
  if (mode !== 'disabled' && helping.length > 0 && !proves(helping, given)) return 'what was asked for';
  if (mode !== 'disabled' && !(mode === 'context-aware' && isTrusted)) {
    const hasDevice = own.length > 0;
    if (hasDevice && !(['TOTP', 'RESYNC_TOTP', 'WEBAUTHN'] as const).some((each) => given.has(each)))
      return 'a device';
    // No walk registers a device.
    if (!hasDevice && withoutDevice === 'register') return 'a registered device';
    if (!hasDevice && withoutDevice === 'block') return 'what nobody can have';
    if (!hasDevice && withoutDevice === 'email-code' && !given.has('EMAIL_OTP')) return 'the code by mail';
  }
  return person.mustChange && !hasChanged ? 'a new password' : undefined;
}

/**
 * Asserts that the response states the class that the service provider requested if it was satisfied, and no class
 * otherwise.
 */
export function assertAnswers(page: Answer, { context }: Demanded, given: ReadonlySet<Factor>): void {
  // The request or the user's device may have been removed meanwhile.
  if (page.status === 410) return;
  const xml = Buffer.from(deliveryOf(page).samlResponse, 'base64').toString();
  const isSatisfied = proves(context.byTypes, given);
  assert.equal(xml.includes(`>${context.classRef}<`), isSatisfied);
  assert.equal(xml.includes('status:NoAuthnContext'), !isSatisfied);
}

/** Whether the user proved one of these types; an app may also be proved by two codes. */
function proves(types: readonly ('TOTP' | 'WEBAUTHN')[], given: ReadonlySet<Factor>): boolean {
  return types.some((type) => given.has(type) || (type === 'TOTP' && given.has('RESYNC_TOTP')));
}
