import type { MfaType } from '../../src/domain/credentials/mfa/device.ts';
import { totpView } from './totp.tsx';
import type { MfaView } from './view.ts';
import { webAuthnView } from './webauthn.tsx';

/** The view of each type of MFA device. */
export const MFA_VIEWS: { readonly [T in MfaType]: MfaView<T> } = {
  TOTP: totpView,
  WEBAUTHN: webAuthnView,
};

/** The view for a set-up or challenge of any type. */
export function viewOf<T extends MfaType>({ type }: { readonly type: T }): MfaView<T> {
  return MFA_VIEWS[type];
}
