import { z } from 'zod';
import { applicationInputSchema, applicationKeySchema } from '../applications/application-input.ts';
import { serviceProviderSchema, type ServiceProviderInput } from '../applications/service-provider-input.ts';
import { parsePasswordHash } from '../credentials/password-hash.ts';
import { checkPassword } from '../credentials/password-policy.ts';
import { groupChangeSchema, groupInputSchema } from '../directory/group.ts';
import { userInputSchema } from '../directory/user.ts';
import {
  aliasSchema,
  directoryIdSchema,
  managementAccountIdSchema,
  organizationNameSchema,
  regionSchema,
} from '../organizations/input.ts';
import { settingsSchema, type SettingsInput } from '../organizations/settings.ts';
import { line } from '../organizations/text.ts';
import type { OrganizationId } from '../platform/ids.ts';
import type { FileFault, Path } from './fault.ts';

/*
 * The organization file (DESIGN, "The organization file"). What is optional here and absent from a file stays as the
 * database has it, so nothing but `settings` has a default: applying a file changes what it mentions.
 */

const organization = z.strictObject({
  name: organizationNameSchema,
  managementAccountId: managementAccountIdSchema,
  id: z
    .string({ error: 'The organization’s id must be text.' })
    .regex(/^o-[a-z0-9]{10,32}$/, {
      error: 'An organization’s id is o- and 10 to 32 lower-case letters and digits.',
    })
    .transform((id) => id as OrganizationId) // its whole form was checked just above
    .optional()
    .describe('Absent: derived from the account id, the name and the alias.'),
});

const instance = z.strictObject({
  alias: aliasSchema.optional(),
  region: regionSchema,
  directoryId: directoryIdSchema
    .optional()
    .describe('Absent: derived from the account id, the name and the alias.'),
});

const group = z.strictObject({
  displayName: groupInputSchema.shape.displayName,
  description: groupChangeSchema.shape.description,
});

const groupNames = z.array(groupInputSchema.shape.displayName, {
  error: 'groups must be a list of group names.',
});
const userNames = z.array(userInputSchema.shape.userName, { error: 'users must be a list of user names.' });

const user = userInputSchema.extend({
  password: z
    .string({ error: 'The password must be text.' })
    .superRefine((password, context) => {
      const verdict = checkPassword(password);
      if (!verdict.ok) context.addIssue({ code: 'custom', message: verdict.faults.join(' ') });
    })
    .optional()
    .describe('Set when the user is made.'),
  passwordHash: z
    .string({ error: 'The password hash must be text.' })
    .refine((hash) => parsePasswordHash(hash) !== undefined, {
      error: 'Expected a hash as Vestibule writes it: $scrypt$ln=…,r=8,p=1$…$…',
    })
    .optional()
    .describe('Instead of a password.'),
  groups: groupNames.optional(),
  enabled: z.boolean({ error: 'enabled must be true or false.' }).optional(),
});

const { in: serviceProviderFields, out: toServiceProvider } = serviceProviderSchema;

/** The service provider of the control API, or the name of a metadata file beside this one. */
const serviceProvider = serviceProviderFields
  .extend({ metadata: line('The metadata’s file name', { max: 1024 }).optional() })
  .transform((value, context): ServiceProviderInput | { readonly from: 'file'; readonly name: string } => {
    const { metadata, ...rest } = value;
    const others = Object.values(rest).some((each) => each !== undefined);
    if (metadata !== undefined && !others) return { from: 'file', name: metadata };
    // A file beside anything else is refused as the text of metadata beside it would be.
    const checked = toServiceProvider.safeParse(metadata === undefined ? rest : { ...rest, metadataXml: '' });
    if (checked.success && metadata === undefined) return checked.data;
    const refused = checked.error?.issues ?? [
      { message: 'Give the metadata’s file or its text, not both.', path: [] },
    ];
    for (const { message, path } of refused) {
      context.issues.push({ code: 'custom', message, path: [...path], input: value });
    }
    return z.NEVER;
  });

const application = applicationInputSchema.extend({
  key: applicationKeySchema,
  serviceProvider,
  assignments: z
    .strictObject({
      groups: groupNames.optional(),
      users: userNames.optional(),
      everyone: z
        .literal(true, { error: 'everyone can only be true.' })
        .optional()
        .describe('All users, those who come later too.'),
    })
    .optional(),
});

const list = <Item extends z.ZodType>(what: string, item: Item) =>
  z.array(item, { error: `${what} must be a list.` }).prefault([]);

/** The whole file. Unknown keys are refused everywhere. */
export const organizationFileSchema = z.strictObject({
  version: z.literal(1, { error: 'Expected version: 1, the only one that there is.' }),
  organization,
  instance,
  settings: settingsSchema.prefault({}),
  groups: list('groups', group),
  users: list('users', user),
  applications: list('applications', application),
});

type FileContent = z.output<typeof organizationFileSchema>;
type DeclaredInFile = FileContent['applications'][number];

export type DeclaredGroup = FileContent['groups'][number];
export type DeclaredUser = FileContent['users'][number];
/** An application whose metadata was read. */
export type DeclaredApplication = Omit<DeclaredInFile, 'serviceProvider'> & {
  readonly serviceProvider: ServiceProviderInput;
  /** The file that the metadata was read from. */
  readonly metadataFile?: string;
};

/** A file that was read and checked. */
export interface OrganizationFile {
  /** What messages call it. */
  readonly name: string;
  readonly organization: FileContent['organization'];
  readonly instance: FileContent['instance'];
  /** Only those that the file gives. */
  readonly settings: SettingsInput;
  readonly groups: readonly DeclaredGroup[];
  readonly users: readonly DeclaredUser[];
  readonly applications: readonly DeclaredApplication[];
  /** The fault at its place in the file, for what only shows when the file meets a database. */
  faultAt(path: Path, message: string): FileFault;
}
