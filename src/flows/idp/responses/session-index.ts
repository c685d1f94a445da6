import { createHmac } from 'node:crypto';
import type { Application } from '../../../domain/applications/application.ts';
import type { SessionId } from '../../../foundation/platform/ids.ts';

/**
 * The SessionIndex of a session at an application. It stays the same during the session, and differs between
 * applications. Otherwise, two service providers could find out by comparing that they have a user in common,
 * in spite of pairwise NameIDs (saml-core-2.0 §2.7.2).
 */
export function sessionIndexOf({ nameIdSalt }: Pick<Application, 'nameIdSalt'>, id: SessionId): string {
  // The prefix separates it from persistent NameIDs, which use the same salt. The underscore makes it an
  // NCName.
  return `_${createHmac('sha256', nameIdSalt).update(`session ${id}`).digest('hex')}`;
}
