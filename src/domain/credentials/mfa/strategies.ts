import type { CredentialType } from '../../audit/event.ts';
import type { Settings } from '../../organizations/settings.ts';
import type { MfaDevice, MfaType } from './device.ts';
import type { MfaStrategy } from './strategy.ts';
import { totpStrategy, type TotpKind } from './totp/strategy.ts';
import { webAuthnStrategy, type WebAuthnKind } from './webauthn/strategy.ts';

/**
 * The types of second factors, as in events (guide, "MFA types"). To add one, add a line here and in
 * `STRATEGIES`.
 */
export interface MfaKinds {
  TOTP: TotpKind;
  WEBAUTHN: WebAuthnKind;
}

export const STRATEGIES: { readonly [T in MfaType]: MfaStrategy<T> } = {
  TOTP: totpStrategy,
  WEBAUTHN: webAuthnStrategy,
};

/** All types, in the order in which pages offer them. */
export const MFA_TYPES = Object.keys(STRATEGIES) as [MfaType, ...MfaType[]]; // the cast is safe: these are the keys of STRATEGIES

/** The strategy of a device, a registration or another value that has a type. */
export function strategyOf<T extends MfaType>({ type }: { readonly type: T }): MfaStrategy<T> {
  return STRATEGIES[type];
}

/** The type with this name in settings, files and APIs. */
export function typeNamed(name: MfaKinds[MfaType]['name']): MfaType {
  const found = MFA_TYPES.find((type) => STRATEGIES[type].name === name);
  if (!found) throw new Error(`No strategy has the name ${name}.`);
  return found;
}

export const MFA_NAMES = MFA_TYPES.map((type) => STRATEGIES[type].name);

export function enabledTypes({ mfa }: Settings): readonly MfaType[] {
  return mfa.types.map(typeNamed);
}

/** The credential types of events about resynchronizations. */
export type ResyncType = MfaKinds[MfaType]['resync'];

/** What proves possession of a device: using it, or resynchronizing it. */
export type MfaProof = MfaType | ResyncType;

/**
 * The credential type of events about resynchronizing a device of this type; undefined if the type can't get
 * out of sync.
 */
export function resyncOf(type: MfaType): ResyncType | undefined {
  return STRATEGIES[type].resync?.credentialType;
}

/** What proves possession of a device of this type. */
export function proofsOf(type: MfaType): readonly MfaProof[] {
  const resync = resyncOf(type);
  return resync === undefined ? [type] : [type, resync];
}

/** Whether a verified credential proves possession of a device. */
export function isMfaProof(credential: CredentialType): credential is MfaProof {
  return provedTypes([credential]).length > 0;
}

/** The types of devices whose possession these credentials prove. */
export function provedTypes(credentials: readonly CredentialType[]): readonly MfaType[] {
  return MFA_TYPES.filter((type) => proofsOf(type).some((proof) => credentials.includes(proof)));
}

/** The devices of one type. */
export function devicesOfType<T extends MfaType>(devices: readonly MfaDevice[], type: T): MfaDevice<T>[] {
  return devices.filter((device): device is MfaDevice & MfaDevice<T> => device.type === type);
}
