import type { MfaType } from '../../../src/domain/credentials/mfa/device.ts';
import type { IconName } from '../../icons.ts';

/** How people call a type of device (guide, "MFA types"). */
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
