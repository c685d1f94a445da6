import { z } from 'zod';
import { consoleAccessSchema } from '../../../domain/access/console-access.ts';
import {
  applicationFields,
  applicationKeySchema,
  namesServiceProvider,
  NO_SERVICE_PROVIDER,
} from '../../../domain/applications/application-input.ts';
import type { ServiceProviderInput } from '../../../domain/applications/service-provider-input.ts';
import { MAX_CERTIFICATES } from '../../../domain/certificates/certificate.ts';
import { checkPassword } from '../../../domain/credentials/passwords/password-policy.ts';
import { groupChangeSchema, groupInputSchema } from '../../../domain/directory/group.ts';
import { userInputSchema } from '../../../domain/directory/user.ts';
import type { Logo } from '../../../domain/organizations/branding/logo.ts';
import {
  aliasSchema,
  directoryIdSchema,
  managementAccountIdSchema,
  organizationNameSchema,
  regionSchema,
} from '../../../domain/organizations/input.ts';
import type { SettingsInput } from '../../../domain/organizations/settings.ts';
import { line } from '../../../domain/organizations/text.ts';
import {
  type ApplicationId,
  type GroupId,
  type InstanceId,
  type OrganizationId,
  type UserId,
  asId,
} from '../../../foundation/platform/ids.ts';
import { certificateSchema } from './declared-certificate.ts';
import { fileSettingsSchema } from './declared-logo.ts';
import type { FileFault, Path } from './fault.ts';
import { fileServiceProviderSchema } from './declared-service-provider.ts';
import { passwordHashSchema, userCredentials } from './user-credentials.ts';

/*
 * The organization file (docs/organization-file.md). Applying a file changes only what it mentions: an optional value
 * that is absent stays as it is in the database, so only `settings` have defaults.
 */

/** Some three hundred years. */
const MAX_OFFSET_MS = 1e13;

/** `form` matches the whole id, so that the cast to the brand is safe. */
const idSchema = <Id extends string>(form: RegExp, error: string) =>
  z
    .string({ error: 'The id must be text.' })
    .regex(form, { error })
    .transform(asId<Id>);
const principalId = <Id extends UserId | GroupId>(what: string) =>
  idSchema<Id>(
    /^[0-9a-f]{10}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    `${what}’s id is ten hexadecimal digits of the directory’s id, a hyphen and a UUID.`,
  );
const applicationId = idSchema<ApplicationId>(
  /^ins-[0-9a-f]{16}$/,
  'An application’s id is ins- and 16 hexadecimal digits.',
);
const principalName = line('The principal’s name', { max: 1024 });

const organization = z.strictObject({
  name: organizationNameSchema,
  managementAccountId: managementAccountIdSchema,
  id: z
    .string({ error: 'The organization’s id must be text.' })
    .regex(/^o-[a-z0-9]{10,32}$/, {
      error: 'An organization’s id is o- and 10 to 32 lower-case letters and digits.',
    })
    .transform(asId<OrganizationId>) // the pattern above checks the whole id
    .optional()
    .describe('Absent: derived from the account id, the name and the alias.'),
  clock: z
    .strictObject({
      offsetMs: z.int().min(-MAX_OFFSET_MS).max(MAX_OFFSET_MS).default(0),
      frozenAt: z.iso
        .datetime({ error: 'Expected an instant such as 2026-01-31T12:00:00.000Z.' })
        .transform((text) => Date.parse(text))
        .nullable()
        .default(null),
    })
    .optional()
    .describe('How the organization’s clock differs from the real one. Absent: it stays as it is.'),
});

const instance = z.strictObject({
  alias: aliasSchema.optional(),
  region: regionSchema,
  directoryId: directoryIdSchema
    .optional()
    .describe('Absent: derived from the account id, the name and the alias.'),
  id: idSchema<InstanceId>(/^ssoins-[0-9a-f]{16}$/, 'An instance’s id is ssoins- and 16 hexadecimal digits.')
    .optional()
    .describe('Absent: derived from the directory’s id.'),
});

const consoleAccess = consoleAccessSchema
  .optional()
  .describe('Makes administrators of the instance. full: they may change it; read-only: look at it.');

const group = z.strictObject({
  id: principalId<GroupId>('A group')
    .optional()
    .describe('Absent: derived from the directory’s id and the name.'),
  displayName: groupInputSchema.shape.displayName,
  description: groupChangeSchema.shape.description,
  console: consoleAccess,
});

const principal = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('USER'), id: principalId<UserId>('A user'), name: principalName }),
    z.strictObject({ type: z.literal('GROUP'), id: principalId<GroupId>('A group'), name: principalName }),
  ],
  { error: 'A principal has a type (USER or GROUP), an id and a name.' },
);

const groupNames = z.array(groupInputSchema.shape.displayName, {
  error: 'groups must be a list of group names.',
});
const userNames = z.array(userInputSchema.shape.userName, { error: 'users must be a list of user names.' });

const user = userInputSchema.extend({
  id: principalId<UserId>('A user')
    .optional()
    .describe('Absent: derived from the directory’s id and the user name.'),
  password: z
    .string({ error: 'The password must be text.' })
    .superRefine((password, context) => {
      const verdict = checkPassword(password);
      if (!verdict.ok) context.addIssue({ code: 'custom', message: verdict.faults.join(' ') });
    })
    .optional()
    .describe('Set when the user is created.'),
  passwordHash: passwordHashSchema.optional().describe('Instead of a password.'),
  declaredPasswordMac: z
    .string({ error: 'The MAC must be text.' })
    .regex(/^[A-Za-z0-9_-]{43}$/, { error: 'Expected 43 characters of base64url, as an export writes them.' })
    .optional()
    .describe(
      'Lets a server with the same secret recognise the declared password of this hash, so that it isn’t hashed again.',
    ),
  groups: groupNames.optional(),
  console: consoleAccess,
  enabled: z.boolean({ error: 'enabled must be true or false.' }).optional(),
  ...userCredentials,
});

/**
 * A user in an import. Users with devices can't be imported, since devices are registered one by one; and an import makes
 * nobody an administrator.
 */
const importedUser = user.omit({ totp: true, mfaDevices: true, trustedDevices: true, console: true });
const importedGroup = group.omit({ console: true });

export { importedGroup as groupSchema, importedUser as userSchema };

const application = applicationFields.extend({
  key: applicationKeySchema,
  id: applicationId.optional().describe('Absent: derived from the directory’s id and the key.'),
  nameIdSalt: z
    .string({ error: 'The salt must be text.' })
    .regex(/^[A-Za-z0-9_-]{43}$/, { error: 'Expected 43 characters of base64url, as an export writes them.' })
    .optional()
    .describe(
      'Makes this application’s persistent NameIDs differ from those of others; set when it is created. Absent: derived from the directory’s id and the key.',
    ),
  serviceProvider: fileServiceProviderSchema.optional().describe('Absent: the template’s.'),
  certificates: z
    .array(certificateSchema, { error: 'certificates must be a list.' })
    .min(1, { error: 'Leave certificates out to have one generated.' })
    .max(MAX_CERTIFICATES, { error: `An application has at most ${MAX_CERTIFICATES} certificates.` })
    .refine((all) => all.filter(({ active }) => active).length === 1, {
      error: 'Exactly one certificate must be active.',
    })
    .optional()
    .describe('Absent: one is generated, or taken from the key cache.'),
  assignments: z
    .strictObject({
      groups: groupNames.optional(),
      users: userNames.optional(),
      everyone: z
        .literal(true, { error: 'everyone can only be true.' })
        .optional()
        .describe('All users, including later ones.'),
      principals: z
        .array(principal, { error: 'principals must be a list.' })
        .optional()
        .describe('Assignments whose principal was deleted or renamed since. Written by exports.'),
    })
    .optional(),
});

const list = <Item extends z.ZodType>(what: string, item: Item) =>
  z.array(item, { error: `${what} must be a list.` }).prefault([]);

/** The rule of `namesServiceProvider` in the JSON Schema. */
const FOR_EDITORS = { anyOf: [{ required: ['serviceProvider'] }, { required: ['template'] }] };

/** One application of a file. */
export const applicationSchema = application.refine(namesServiceProvider, NO_SERVICE_PROVIDER);

/** The whole file. Unknown keys are refused everywhere. */
export const organizationFileSchema = z.strictObject({
  version: z.literal(1, { error: 'Expected version: 1, the only version.' }),
  organization,
  instance,
  settings: fileSettingsSchema.prefault({}),
  groups: list('groups', group),
  users: list('users', user),
  applications: list('applications', applicationSchema.meta(FOR_EDITORS)),
});

/** The content of a file as it is written, before it is checked. */
export type OrganizationDocument = z.input<typeof organizationFileSchema>;

type FileContent = z.output<typeof organizationFileSchema>;
type DeclaredInFile = FileContent['applications'][number];

export type DeclaredGroup = FileContent['groups'][number];
export type DeclaredUser = FileContent['users'][number];
/** A declared application, with the text of the metadata file that it names. */
export type DeclaredApplication = Omit<DeclaredInFile, 'serviceProvider'> & {
  /** Undefined for the template’s, or for the existing one. */
  readonly serviceProvider: ServiceProviderInput | undefined;
  /** The index in the file's list. */
  readonly index: number;
  /** The file that the metadata was read from. */
  readonly metadataFile?: string;
};

/** A file that was read and checked. */
export interface OrganizationFile {
  /** The name in messages. */
  readonly name: string;
  readonly organization: FileContent['organization'];
  readonly instance: FileContent['instance'];
  /** Only the settings that the file gives, without the logo. */
  readonly settings: SettingsInput;
  /** Undefined: the file doesn't say; null: there is to be none. */
  readonly logo?: Logo | null | undefined;
  readonly groups: readonly DeclaredGroup[];
  readonly users: readonly DeclaredUser[];
  readonly applications: readonly DeclaredApplication[];
  /** A fault with its place in the file, for checks against the database. */
  faultAt(path: Path, message: string): FileFault;
}
