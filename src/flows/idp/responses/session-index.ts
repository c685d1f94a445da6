import { createHmac } from 'node:crypto';
import type { Application } from '../../../domain/applications/application.ts';
import type { SessionId } from '../../../foundation/platform/ids.ts';

/**
 * What an application calls a session: the same as long as the session lasts, and another one at each application. Two
 * service providers that put theirs beside each other could otherwise tell that two of their people are one, whatever their
 * NameIDs hide (saml-core-2.0 §2.7.2).
 */
export function sessionIndexOf({ nameIdSalt }: Pick<Application, 'nameIdSalt'>, id: SessionId): string {
  // Named, because the salt makes persistent NameIDs as well. An NCName begins with a letter or an underscore.
  return `_${createHmac('sha256', nameIdSalt).update(`session ${id}`).digest('hex')}`;
}
