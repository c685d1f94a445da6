import type { ShownExpiry } from '../../../../views/console/applications/expiry.tsx';
import type { Application } from '../../../domain/applications/application.ts';
import type { Certificate } from '../../../domain/certificates/certificate.ts';
import { expiryOf } from '../../../domain/certificates/expiry.ts';
import { whenOf } from '../../../flows/visit/when.ts';
import type { Instant } from '../../../foundation/platform/clock.ts';

/** What an application was made from, in words. */
export function originOf({ settings: { template, sample } }: Pick<Application, 'settings'>): string {
  if (template) return `${template.name}, from the catalogue`;
  return sample === null ? 'Custom SAML 2.0 application' : 'Built-in sample';
}

/** How close a certificate is to its end. */
export function shownExpiry({ notAfterAt }: Pick<Certificate, 'notAfterAt'>, at: Instant): ShownExpiry {
  return { at: whenOf(notAfterAt), expiry: expiryOf(notAfterAt, at) };
}
