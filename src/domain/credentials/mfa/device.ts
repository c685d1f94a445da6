import { line } from '../../organizations/text.ts';
import type { Settings } from '../../organizations/settings.ts';
import type { Instant } from '../../../foundation/platform/clock.ts';
import type { MfaDeviceId, UserId } from '../../../foundation/platform/ids.ts';
import type { TotpCredential } from './totp/totp.ts';
import type { WebAuthnCredential } from './webauthn/webauthn.ts';

/** The types of MFA devices, as events name them (guide, "MFA types"). */
export type MfaType = 'TOTP' | 'WEBAUTHN';

interface Device {
  readonly id: MfaDeviceId;
  readonly userId: UserId;
  /** What its user calls it. */
  readonly name: string;
  readonly registeredAt: Instant;
  /** Null until it was used for a sign-in. */
  readonly lastUsedAt: Instant | null;
  readonly version: number;
}

/** An authenticator app. */
export interface TotpDevice extends Device {
  readonly type: 'TOTP';
  readonly credential: TotpCredential;
  /** False after a registration with a code that was too old: it must be resynchronized before it is used. */
  readonly inSync: boolean;
}

/** A security key, or an authenticator built into a device. */
export interface WebAuthnDevice extends Device {
  readonly type: 'WEBAUTHN';
  readonly credential: WebAuthnCredential;
  readonly isBuiltIn: boolean;
}

/** What a person registered to prove a second factor with. */
export type MfaDevice = TotpDevice | WebAuthnDevice;

/** How many devices of a type a user can register: two apps (guide, "Authenticator apps"); AWS has no limit of keys in its guide, and six today. */
export const MOST_DEVICES: Readonly<Record<MfaType, number>> = { TOTP: 2, WEBAUTHN: 6 };

/** A device's name, as people write it. */
export const deviceNameSchema = line('The device’s name', { max: 64 });

/** The types that an instance's settings enable. */
export function enabledTypes({ mfa }: Settings): readonly MfaType[] {
  return mfa.types.map((type) => (type === 'totp' ? 'TOTP' : 'WEBAUTHN'));
}

/** What a new device is called until its user names it: its kind, numbered where there is one already. */
export function defaultName(
  device: { type: 'TOTP' } | { type: 'WEBAUTHN'; isBuiltIn: boolean },
  names: readonly string[],
): string {
  const kind =
    device.type === 'TOTP'
      ? 'Authenticator app'
      : device.isBuiltIn
        ? 'Built-in authenticator'
        : 'Security key';
  let name = kind;
  for (let number = 2; names.includes(name); number += 1) name = `${kind} ${number}`;
  return name;
}
