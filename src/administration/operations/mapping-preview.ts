import { z } from 'zod';
import { applicationChangeSchema, settingsOf } from '../../domain/applications/application-input.ts';
import { findUserByName } from '../../domain/directory/user-store.ts';
import { line } from '../../domain/organizations/text.ts';
import { addressesOf } from '../../flows/idp/addresses.ts';
import { buildSubjectAndAttributes } from '../../flows/idp/responses/attributes.ts';
import type { Instant } from '../../foundation/platform/clock.ts';
import { invalid } from '../../foundation/platform/errors.ts';
import { buildAssertion, type Attribute, type NameId } from '../../protocols/saml/assertion.ts';
import { serializeAssertion } from '../../protocols/saml/serialize.ts';
import { AuthnContextClass } from '../../protocols/saml/types.ts';
import { findApplicationBy } from './applications.ts';
import type { OpenedInstance, OperationNeeds } from './open-organization.ts';

/** The user of a preview, and the mappings to try; those that are left out are the application's. */
export const mappingPreviewSchema = z.strictObject({
  user: line('The user name', { max: 128 }).describe('The name of the user about whom the assertion is.'),
  subject: applicationChangeSchema.shape.subject,
  attributes: applicationChangeSchema.shape.attributes,
});

export type MappingPreviewInput = z.output<typeof mappingPreviewSchema>;

/** What an assertion would say about a user. */
export interface MappingPreview {
  readonly userName: string;
  /** Undefined if the subject's mapping has no value for this user: a sign-on is then refused. */
  readonly subject: NameId | undefined;
  /** All mappings in their order; those without values are left out of the assertion. */
  readonly attributes: readonly Attribute[];
  /** Undefined without a subject. */
  readonly assertionXml: string | undefined;
}

/** Stands where an assertion names its service provider and its ID, so that no service provider finds itself there. */
const PLACEHOLDER = 'urn:vestibule:preview';
const PLACEHOLDER_ID = '_preview';

/**
 * Evaluates mappings for a user, whether the user may use the application or not. Stores nothing.
 *
 * The assertion can't be used to sign in: it is not in a Response, not signed, for no service provider and never
 * valid. Whoever may see it could otherwise post it to a service provider that doesn't check signatures.
 *
 * Throws ValidationException when there is no such user, and ResourceNotFoundException when there is no such
 * application.
 */
export async function previewMappings(
  needs: Pick<OperationNeeds, 'db' | 'ids' | 'publicOrigin'>,
  { instance, times }: Pick<OpenedInstance, 'instance' | 'times'>,
  idOrKey: string,
  { user: userName, subject, attributes }: MappingPreviewInput,
): Promise<MappingPreview> {
  const stored = await findApplicationBy(needs.db.read, instance, idOrKey);
  const user = await findUserByName(needs.db.read, instance.id, userName);
  if (!user) throw invalid('/user', `There is no user ${userName}.`);
  const application = { ...stored, settings: settingsOf({ subject, attributes }, stored.settings) };
  const issuer = addressesOf(needs.publicOrigin, instance.directoryId, stored.id).entityId;
  const about = { ids: needs.ids, issuer, application, user };
  const mapped = await buildSubjectAndAttributes(needs.db.read, about);
  return {
    userName: user.userName,
    ...mapped,
    assertionXml: mapped.subject && writeAssertion(issuer, mapped.subject, mapped.attributes, times.wireAt),
  };
}

function writeAssertion(
  issuer: string,
  subject: NameId,
  attributes: readonly Attribute[],
  at: Instant,
): string {
  const assertion = buildAssertion(
    {
      ...{ id: PLACEHOLDER_ID, issuer, audience: PLACEHOLDER, recipient: PLACEHOLDER, subject, attributes },
      authnStatement: {
        authnInstant: at,
        sessionIndex: PLACEHOLDER_ID,
        authnContextClassRef: AuthnContextClass.passwordProtectedTransport,
      },
      ...{ sessionDurationMs: 0, clockSkewMs: 0 },
    },
    at,
  );
  return serializeAssertion(assertion);
}
