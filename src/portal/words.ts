import type { When } from '../../views/components/when.tsx';
import type { CredentialType } from '../audit/event.ts';
import type { Instant } from '../platform/clock.ts';

const FORMAT = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'UTC',
});

/** An instant for people, and for machines. */
export function whenOf(at: Instant): When {
  const date = new Date(at);
  return { iso: date.toISOString(), text: `${FORMAT.format(date)} UTC` };
}

/** Factors as people call them. */
export const FACTOR_WORDS: Record<CredentialType, string> = {
  PASSWORD: 'password',
  TOTP: 'authenticator app',
  WEBAUTHN: 'security key or built-in authenticator',
  EXTERNAL_IDP: 'external identity provider',
  RESYNC_TOTP: 'authenticator app',
  EMAIL_OTP: 'code by email',
};
