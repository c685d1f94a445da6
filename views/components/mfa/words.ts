import type { MfaType } from '../../../src/domain/credentials/mfa/device.ts';
import type { MfaProof } from '../../../src/domain/credentials/mfa/strategies.ts';
import type { IconName } from '../../icons.ts';

/** The names of the types of device (guide, "MFA types"). */
export const TYPE_WORDS: Record<MfaType, { name: string; about: string; icon: IconName }> = {
  TOTP: {
    name: 'Authenticator app',
    about: 'An app on your phone or computer that shows a new six-digit code every 30 seconds.',
    icon: 'device-mobile',
  },
  WEBAUTHN: {
    name: 'Security key or built-in authenticator',
    about: 'A key that you plug in or tap, or the fingerprint or face reader of your device.',
    icon: 'fingerprint',
  },
};

/** The labels of the factors that a user can choose after the password. */
export const WAY_WORDS: Record<MfaProof | 'EMAIL_OTP', { label: string; icon: IconName }> = {
  TOTP: { label: 'Use a code from an authenticator app', icon: 'device-mobile' },
  WEBAUTHN: { label: 'Use a security key or built-in authenticator', icon: 'key' },
  RESYNC_TOTP: { label: 'My codes aren’t accepted', icon: 'refresh' },
  EMAIL_OTP: { label: 'Use a code sent by email', icon: 'mail' },
};
