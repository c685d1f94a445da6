import type { CredentialType } from '../../audit/event.ts';
import type { Settings } from '../../organizations/settings.ts';
import type { MfaDevice, MfaType } from './device.ts';
import type { MfaStrategy } from './strategy.ts';
import { totpStrategy, type TotpKind } from './totp/strategy.ts';
import { webAuthnStrategy, type WebAuthnKind } from './webauthn/strategy.ts';

/** The types of second factors, as events name them (guide, "MFA types"). A new one is a line here and in `STRATEGIES`. */
export interface MfaKinds {
  TOTP: TotpKind;
  WEBAUTHN: WebAuthnKind;
}

export const STRATEGIES: { readonly [T in MfaType]: MfaStrategy<T> } = {
  TOTP: totpStrategy,
  WEBAUTHN: webAuthnStrategy,
};

/** All types, in the order in which people choose from them. */
export const MFA_TYPES = Object.keys(STRATEGIES) as [MfaType, ...MfaType[]]; // the keys of the record just above

/** The strategy of a device, a registration or another value that has a type. */
export function strategyOf<T extends MfaType>({ type }: { readonly type: T }): MfaStrategy<T> {
  return STRATEGIES[type];
}

/** The type that settings, files and programs give this name. */
export function typeNamed(name: MfaKinds[MfaType]['name']): MfaType {
  const found = MFA_TYPES.find((type) => STRATEGIES[type].name === name);
  if (!found) throw new Error(`No strategy has the name ${name}.`);
  return found;
}

/** The names of all types. */
export const MFA_NAMES = MFA_TYPES.map((type) => STRATEGIES[type].name);

export function enabledTypes({ mfa }: Settings): readonly MfaType[] {
  return mfa.types.map(typeNamed);
}

/** The credential types in events when a device is resynchronized. */
export type ResyncType = MfaKinds[MfaType]['resync'];

/** What proves the possession of a device: using it, or resynchronizing it. */
export type MfaProof = MfaType | ResyncType;

/** The credential type in events when a device of this type is resynchronized; undefined if it can't get out of sync. */
export function resyncOf(type: MfaType): ResyncType | undefined {
  return STRATEGIES[type].resync?.credentialType;
}

/** What proves the possession of a device of this type. */
export function proofsOf(type: MfaType): readonly MfaProof[] {
  const resync = resyncOf(type);
  return resync === undefined ? [type] : [type, resync];
}

/** Whether a verified credential proves the possession of a device. */
export function isMfaProof(credential: CredentialType): credential is MfaProof {
  return provedTypes([credential]).length > 0;
}

/** The types of which these credentials prove a device. */
export function provedTypes(credentials: readonly CredentialType[]): readonly MfaType[] {
  return MFA_TYPES.filter((type) => proofsOf(type).some((proof) => credentials.includes(proof)));
}

/** The devices of one type. */
export function devicesOfType<T extends MfaType>(devices: readonly MfaDevice[], type: T): MfaDevice<T>[] {
  return devices.filter((device): device is MfaDevice & MfaDevice<T> => device.type === type);
}
