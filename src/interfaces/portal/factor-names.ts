import type { CredentialType } from '../../domain/audit/event.ts';

/** The names of factors on pages. */
export const FACTOR_WORDS: Record<CredentialType, string> = {
  PASSWORD: 'password',
  TOTP: 'authenticator app',
  WEBAUTHN: 'security key or built-in authenticator',
  EXTERNAL_IDP: 'external identity provider',
  RESYNC_TOTP: 'authenticator app',
  EMAIL_OTP: 'code by email',
};
