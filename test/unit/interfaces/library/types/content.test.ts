import assert from 'node:assert/strict';
import type { z } from 'zod';
import type {
  ApplicationProperties,
  NewApplication,
  NewGroup,
  NewUser,
  OrganizationContent,
  SettingsChange,
} from '../../../../../src/index.ts';
import type {
  applicationChangeSchema,
  applicationInputSchema,
} from '../../../../../src/domain/applications/application-input.ts';
import type { groupInputSchema } from '../../../../../src/domain/directory/group.ts';
import type { createdUserSchema } from '../../../../../src/administration/operations/users.ts';
import type { organizationFileSchema } from '../../../../../src/administration/organization-file/read/schema.ts';
import type { settingsSchema } from '../../../../../src/domain/organizations/settings.ts';
import { readSource } from '../../../../../src/interfaces/library/source.ts';

/** The same type without `readonly` lists and explicit undefined, which the types of the schemas don't distinguish. */
type Plain<T> = T extends readonly (infer Item)[]
  ? readonly Plain<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Plain<Exclude<T[Key], undefined>> | Extract<T[Key], undefined> }
    : T;

/** The keys whose type differs from the schema's; the compiler names any. */
type Differing<Ours, Schema> = {
  [Key in keyof Schema | keyof Ours]: Key extends keyof Schema & keyof Ours
    ? Plain<Exclude<Ours[Key], undefined>> extends Plain<Exclude<Schema[Key], undefined>>
      ? never
      : Key
    : Key;
}[keyof Schema | keyof Ours];

/** The keys that the schema has one level below and our type lacks. */
type Missing<Ours, Schema> = {
  [Key in keyof Schema]-?: Exclude<
    keyof NonNullable<Schema[Key]>,
    Key extends keyof Ours ? keyof NonNullable<Ours[Key]> : never
  >;
}[keyof Schema];

type Nothing = [never];
const same = <Differences extends Nothing>(..._: Differences extends Nothing ? [] : [Differences]) => true;

describe('the types of declared content', () => {
  it('equal the types of the schemas, key by key', () => {
    type File = z.input<typeof organizationFileSchema>;
    const compiled = [
      same<[Differing<NewGroup, z.input<typeof groupInputSchema>>]>(),
      same<[Differing<NewUser, Omit<z.input<typeof createdUserSchema>, 'invite' | 'oneTimePassword'>>]>(),
      same<
        [
          Differing<
            Omit<NewApplication, 'serviceProvider'>,
            Omit<z.input<typeof applicationInputSchema>, 'serviceProvider'>
          >,
        ]
      >(),
      same<
        [Differing<ApplicationProperties, Omit<z.input<typeof applicationChangeSchema>, 'serviceProvider'>>]
      >(),
      same<[Exclude<keyof OrganizationContent, keyof File>]>(),
      same<[Differing<SettingsChange, z.input<typeof settingsSchema>>]>(),
      same<[Missing<SettingsChange, z.input<typeof settingsSchema>>]>(),
    ];
    assert.ok(compiled.every(Boolean));
  });

  it('accept the object of a reader, all of it at once', async () => {
    const everything: Required<OrganizationContent> = {
      version: 1,
      organization: { name: 'Example', managementAccountId: '111122223333', id: 'o-0123456789' },
      instance: { alias: 'demo', region: 'us-east-1', directoryId: 'd-0123456789' },
      settings: {
        mfa: { mode: 'always-on', types: ['totp'], withoutDevice: 'block', selfService: false },
        session: { lifetime: 'PT1H', revocation: 'immediate' },
        time: { wire: 'instance' },
        signIn: {
          ...{ throttleWindow: 'PT1M', attemptsPerUser: 3, attemptsPerAddress: 9, passwordHashCost: 5 },
          simulatedAddress: true,
        },
        requests: { profile: 'as-aws', weakAlgorithms: 'refuse' },
        retention: { events: 9, exchangesPerApplication: 8, requestsPerApplication: 7, mails: 6 },
        denial: 'status',
        reservedNames: 'send',
      },
      groups: [{ displayName: 'Engineering', description: 'Builds' }],
      users: [
        {
          ...{ userName: 'ana', password: 'correct-Horse-7', email: 'ana@example.com', enabled: true },
          ...{ givenName: 'Ana', familyName: 'Souza', displayName: 'Ana Souza' },
          ...{ attributes: { title: 'Engineer' }, groups: ['Engineering'] },
          totp: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
        },
      ],
      applications: [
        {
          ...{ key: 'wiki', displayName: 'Wiki', description: 'Pages', enabled: true, icon: 'book' },
          ...{ startUrl: 'https://wiki.example.com/', relayState: 'home', sessionDuration: 'PT2H' },
          subject: { value: '${user:email}', format: 'persistent' },
          attributes: [{ name: 'mail', value: '${user:email}', format: 'basic' }],
          signing: { response: true, assertion: false },
          requests: { profile: 'lenient', weakAlgorithms: null },
          serviceProvider: {
            entityId: 'wiki',
            acsUrls: ['https://wiki.example.com/acs'],
            authnRequestsSigned: false,
          },
          assignments: { users: ['ana'], groups: ['Engineering'] },
        },
      ],
    };
    const { name: _, faultAt: __, ...file } = await readSource(everything);
    assert.deepEqual(file.settings, everything.settings);
    assert.equal(file.users[0]?.displayName, 'Ana Souza');
    assert.equal(file.applications[0]?.key, 'wiki');
    const { settings } = await readSource({});
    assert.deepEqual(settings, { signIn: { passwordHashCost: 4 } });
  });
});
