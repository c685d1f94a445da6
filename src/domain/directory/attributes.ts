import { z } from 'zod';
import { line } from '../organizations/text.ts';

/**
 * The attributes of a user besides names and email address: those of the SCIM user schema (RFC 7643 §4.1,
 * §4.3) that the identity store keeps, named by their SCIM path as in the guide ("Supported external identity
 * provider attributes"). Of addresses and phone numbers it keeps the one of type work. AWS's console adds the
 * immutable id of Office 365 (guide, "Add users").
 */
export const ATTRIBUTE_NAMES = [
  ...(['honorificPrefix', 'middleName', 'honorificSuffix', 'nickName', 'profileUrl', 'title'] as const),
  ...(['userType', 'preferredLanguage', 'locale', 'timezone', 'phoneNumbers.work'] as const),
  ...(['addresses.work.formatted', 'addresses.work.streetAddress', 'addresses.work.locality'] as const),
  ...(['addresses.work.region', 'addresses.work.postalCode', 'addresses.work.country'] as const),
  ...(['enterprise.employeeNumber', 'enterprise.costCenter', 'enterprise.organization'] as const),
  ...(['enterprise.division', 'enterprise.department', 'enterprise.manager.value'] as const),
  'office365ImmutableId',
] as const;

export type AttributeName = (typeof ATTRIBUTE_NAMES)[number];
export type UserAttributes = Readonly<Partial<Record<AttributeName, string>>>;

const known: ReadonlySet<string> = new Set(ATTRIBUTE_NAMES);

function isAttributeName(name: string): name is AttributeName {
  return known.has(name);
}

const value = line('An attribute', { max: 1024 });

/** Attributes by name. The error for an unknown name lists the known ones. */
export const attributesSchema = z
  .record(z.string(), value, { error: 'The attributes must be names with their values.' })
  .superRefine((attributes, context) => {
    for (const name of Object.keys(attributes)) {
      if (isAttributeName(name)) continue;
      const message = `There is no attribute ${name}. There are: ${ATTRIBUTE_NAMES.join(', ')}.`;
      context.addIssue({ code: 'custom', path: [name], message });
    }
  })
  // For the JSON Schema, so that editors complete the names.
  .meta({ propertyNames: { enum: [...ATTRIBUTE_NAMES] } })
  .transform((attributes): UserAttributes => attributes);
