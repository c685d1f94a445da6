import { createHmac } from 'node:crypto';
import type { Application, GeneratedFormat } from '../../../domain/applications/application.ts';
import type { Ids, UserId } from '../../../foundation/platform/ids.ts';
import { unreachable } from '../../../foundation/platform/errors.ts';
import type { NameId } from '../../../protocols/saml/assertion.ts';
import { NameIdFormat } from '../../../protocols/saml/types.ts';

interface Named {
  ids: Ids;
  /** Our EntityID for this application. */
  issuer: string;
  application: Pick<Application, 'nameIdSalt' | 'relyingParty'>;
  userId: UserId;
}

/**
 * A NameID that isn't mapped from anything. A persistent one is the same each time for a user at an application, and says
 * nothing to anybody else (saml-core-2.0 §8.3.7): two service providers that compare theirs find no user in common, since each
 * application has a salt of its own. A transient one is new each time (§8.3.8).
 */
export function generateNameId(format: GeneratedFormat, { ids, issuer, application, userId }: Named): NameId {
  switch (format) {
    case 'persistent':
      return {
        value: createHmac('sha256', application.nameIdSalt).update(userId).digest('base64url'),
        format: NameIdFormat.persistent,
        // Pairwise: named for this service provider, by us.
        nameQualifier: issuer,
        spNameQualifier: application.relyingParty.entityId,
      };
    case 'transient':
      // An NCName begins with a letter or an underscore; some service providers put it where only those may stand.
      return { value: `_${ids.hex(40)}`, format: NameIdFormat.transient };
    default:
      return unreachable(format);
  }
}
