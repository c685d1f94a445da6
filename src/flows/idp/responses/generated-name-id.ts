import { createHmac } from 'node:crypto';
import type { Application, GeneratedFormat } from '../../../domain/applications/application.ts';
import type { Ids, UserId } from '../../../foundation/platform/ids.ts';
import { unreachable } from '../../../foundation/platform/errors.ts';
import type { NameId } from '../../../protocols/saml/assertion.ts';
import { NameIdFormat } from '../../../protocols/saml/types.ts';

interface Named {
  ids: Ids;
  /** The identity provider's EntityID for this application. */
  issuer: string;
  application: Pick<Application, 'nameIdSalt' | 'relyingParty'>;
  userId: UserId;
}

/**
 * Generates a NameID. A persistent one is always the same for a user at an application, but means nothing
 * elsewhere (saml-core-2.0 §8.3.7): since each application has its own salt, two service providers can't find
 * out by comparing that they have a user in common. A transient one is new each time (§8.3.8).
 */
export function generateNameId(format: GeneratedFormat, { ids, issuer, application, userId }: Named): NameId {
  switch (format) {
    case 'persistent':
      return {
        value: createHmac('sha256', application.nameIdSalt).update(userId).digest('base64url'),
        format: NameIdFormat.persistent,
        // Qualified by both sides, since the NameID is only valid between them.
        nameQualifier: issuer,
        spNameQualifier: application.relyingParty.entityId,
      };
    case 'transient':
      // Starts with an underscore like an NCName, because some service providers use it where only those are
      // allowed.
      return { value: `_${ids.hex(40)}`, format: NameIdFormat.transient };
    default:
      return unreachable(format);
  }
}
