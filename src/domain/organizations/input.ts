import { z } from 'zod';
import { type DirectoryId, asId } from '../../foundation/platform/ids.ts';
import { line } from './text.ts';

/**
 * First path segments that have another meaning; an alias of that name could not be reached. (`d-…` is a
 * directory.)
 */
const RESERVED_ALIASES: ReadonlySet<string> = new Set([
  ...['api', 'samples', 'assets', 'healthz', 'readyz', 'metrics', 'client', 'token', 'authorize'],
  ...['device_authorization', 'federation', 'assignment', 'logout', 'saml', 'scim', 'organizations'],
]);

/** The name that addresses can use in place of the directory id. It can't be changed later. */
export const aliasSchema = z
  .string({ error: 'The alias must be text.' })
  .regex(/^[a-z0-9](?:[a-z0-9-]{1,30})[a-z0-9]$/, {
    error:
      'The alias must have 3 to 32 lower-case letters, digits and hyphens, and neither begin nor end with a hyphen.',
  })
  .refine((alias) => !alias.startsWith('d-'), { error: 'An alias can’t begin with d-, as directory ids do.' })
  .refine((alias) => !RESERVED_ALIASES.has(alias), { error: 'This alias is reserved: choose another one.' });

/** An AWS account's id. In YAML it needs quotes: as a number it would lose leading zeros. */
export const managementAccountIdSchema = z
  .string({ error: 'The account id must be text: put its twelve digits in quotes.' })
  .regex(/^\d{12}$/, { error: 'An account id has twelve digits, such as "111122223333".' });

export const regionSchema = z
  .string({ error: 'The region must be text.' })
  .regex(/^[a-z]{2,4}(?:-[a-z]{2,12}){1,2}-\d{1,2}$/, { error: 'Expected a region such as us-east-1.' });

/** The one place where text becomes a directory id. */
export const directoryIdSchema = z
  .string({ error: 'The directory id must be text.' })
  .regex(/^d-[0-9a-f]{10}$/, { error: 'A directory id is d- and ten hexadecimal digits in lower case.' })
  .transform(asId<DirectoryId>); // the pattern above checked it

export const organizationNameSchema = line('The organization’s name', { max: 64 });

/** The input for a new organization, in the control API and the organization file alike. */
export const organizationInputSchema = z.strictObject({
  name: organizationNameSchema,
  managementAccountId: managementAccountIdSchema,
  region: regionSchema.default('us-east-1'),
  alias: aliasSchema.optional(),
});

export type OrganizationInput = z.output<typeof organizationInputSchema>;
