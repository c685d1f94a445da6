import { z } from 'zod';
import type { ShownApplication } from '../../../../views/console/applications/application-page.tsx';
import type { ShownExpiry } from '../../../../views/console/applications/expiry.tsx';
import { findApplicationBy } from '../../../administration/operations/applications.ts';
import type { Application } from '../../../domain/applications/application.ts';
import type { Certificate } from '../../../domain/certificates/certificate.ts';
import { expiryOf } from '../../../domain/certificates/expiry.ts';
import { whenOf } from '../../../flows/visit/when.ts';
import type { Instant } from '../../../foundation/platform/clock.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';

export const APPLICATION_PATH = '/:instance/console/applications/:application';

/** The address names an application by its id; its key works too, as in the API. */
export const applicationParams = z.object({ application: z.string().max(64) });

/** The application of a page. Throws ResourceNotFoundException. */
export function applicationOf(
  { db }: Pick<ConsoleNeeds, 'db'>,
  { instance }: Pick<ConsoleVisit, 'instance'>,
  { application }: z.output<typeof applicationParams>,
): Promise<Application> {
  return findApplicationBy(db.read, instance, application);
}

/** What the frame of an application's pages shows of it. */
export const shownOf = ({ id, displayName, enabled }: Application): ShownApplication => ({
  ...{ id, displayName, enabled },
});

/** What an application was made from, in words. */
export function originOf({ settings: { template, sample } }: Pick<Application, 'settings'>): string {
  if (template) return `${template.name}, from the catalogue`;
  return sample === null ? 'Custom SAML 2.0 application' : 'Built-in sample';
}

/** How close a certificate is to its end. */
export function shownExpiry({ notAfterAt }: Pick<Certificate, 'notAfterAt'>, at: Instant): ShownExpiry {
  return { at: whenOf(notAfterAt), expiry: expiryOf(notAfterAt, at) };
}
