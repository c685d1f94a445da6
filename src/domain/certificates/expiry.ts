import { durationWords } from '../../../views/words.ts';
import { DAY_MS, toIso, type Instant } from '../../foundation/platform/clock.ts';
import type { Certificate } from './certificate.ts';

/** How close a certificate is to its end (guide, "Certificate expiration status indicators"). */
export type Expiry = 'valid' | 'expiring' | 'expired';

/** The colour in which the console shows it. */
export type Indicator = 'green' | 'yellow' | 'red';

export const INDICATORS: Readonly<Record<Expiry, Indicator>> = {
  valid: 'green',
  expiring: 'yellow',
  expired: 'red',
};

/** The guide says "Will expire in 90 days or less", so exactly 90 days are yellow. */
const SOON_MS = 90 * DAY_MS;

/** The certificates that expire until this instant are to be rotated now. */
export const soonFrom = (at: Instant): Instant => at + SOON_MS;

/** How close a certificate is to its end at an instant of policy time. It is expired from its last second on. */
export function expiryOf(notAfterAt: Instant, at: Instant): Expiry {
  if (at >= notAfterAt) return 'expired';
  return notAfterAt - at <= SOON_MS ? 'expiring' : 'valid';
}

/** A property of a certificate that service providers may refuse. */
export interface CertificateWarning {
  readonly code: 'expired' | 'expiring' | 'not-yet-valid' | 'weak-key' | 'sha-1';
  /** For users: what it is, and what to do. */
  readonly message: string;
}

type Judged = Pick<Certificate, 'active' | 'algorithm' | 'keySize' | 'notBeforeAt' | 'notAfterAt'>;

/** In bits: smaller keys are weak (NIST SP 800-131A). */
const STRONG_BITS = 2048;

/** The warnings to show with a certificate at an instant of policy time, the most urgent first. */
export function certificateWarnings(certificate: Judged, at: Instant): CertificateWarning[] {
  const { active, algorithm, keySize, notBeforeAt } = certificate;
  const warnings: CertificateWarning[] = [];
  const warn = (code: CertificateWarning['code'], message: string) => warnings.push({ code, message });
  warnAboutEnd(certificate, at, warn);
  if (at < notBeforeAt) {
    warn('not-yet-valid', `This certificate is not valid before ${toIso(notBeforeAt)}.`);
  }
  if (keySize < STRONG_BITS) {
    warn('weak-key', `A key of ${keySize} bits is weak, and some service providers refuse it.`);
  }
  if (algorithm === 'SHA-1') {
    const signs = active ? 'Responses are' : 'Once it is active, responses are';
    warn('sha-1', `${signs} signed with SHA-1: many service providers refuse that.`);
  }
  return warnings;
}

function warnAboutEnd(
  { active, notAfterAt }: Judged,
  at: Instant,
  warn: (code: CertificateWarning['code'], message: string) => void,
): void {
  const end = toIso(notAfterAt);
  switch (expiryOf(notAfterAt, at)) {
    case 'valid':
      return;
    case 'expiring': {
      const left = durationWords(notAfterAt - at);
      return warn(
        'expiring',
        `This certificate expires on ${end}, in ${left}${active ? ': rotate it' : ''}.`,
      );
    }
    case 'expired':
      return warn(
        'expired',
        active
          ? `This certificate expired on ${end}. Responses are still signed with it, and service providers that check the date refuse them: rotate it.`
          : `This certificate expired on ${end}.`,
      );
  }
}
