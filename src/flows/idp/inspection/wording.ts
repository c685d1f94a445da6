import type { When } from '../../../../views/components/when.tsx';
import type { Instant } from '../../../foundation/platform/clock.ts';
import { AuthnContextClass, AttributeNameFormat } from '../../../protocols/saml/types.ts';

const MOMENT = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'medium',
  timeZone: 'UTC',
});

/** Formats an instant to the second, for people and for machines. */
export function momentOf(at: Instant): When {
  const date = new Date(at);
  return { iso: date.toISOString(), text: `${MOMENT.format(date)} UTC` };
}

const CONTEXTS: Readonly<Record<string, string>> = {
  [AuthnContextClass.unspecified]: 'Unspecified',
  [AuthnContextClass.password]: 'With a password',
  [AuthnContextClass.passwordProtectedTransport]: 'With a password, over a protected connection',
  [AuthnContextClass.mobileTwoFactorContract]: 'With two factors, one of them a registered device',
  [AuthnContextClass.timeSyncToken]: 'With a code that changes with time',
  [AuthnContextClass.x509]: 'With a certificate',
  [AuthnContextClass.previousSession]: 'In an earlier session',
};

/** A common authentication context class in words; null for others. */
export const contextWords = (classRef: string): string | null => CONTEXTS[classRef] ?? null;

export const nameFormatName = (uri: string): string =>
  Object.entries(AttributeNameFormat).find(([, each]) => each === uri)?.[0] ?? uri;

const ALGORITHMS: readonly (readonly [ending: string, words: string])[] = [
  ['rsa-sha1', 'RSA with SHA-1'],
  ['rsa-sha256', 'RSA with SHA-256'],
  ['rsa-sha384', 'RSA with SHA-384'],
  ['rsa-sha512', 'RSA with SHA-512'],
];

/** A signature's algorithm in words. */
export const algorithmWords = (uri: string): string =>
  ALGORITHMS.find(([ending]) => uri.endsWith(`#${ending}`))?.[1] ?? uri;
