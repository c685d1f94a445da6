import assert from 'node:assert/strict';
import {
  edited,
  faultsOf,
  readGood,
  type Edit,
} from '../../../../support/organization-file/organization-files.ts';

const mistake = (title: string, edits: readonly Edit[], ...expected: string[]) =>
  it(title, async () => assert.equal(await faultsOf(edited(...edits)), expected.join('\n')));

describe('reading an organization file', () => {
  it('returns what the file declares, and only that', async () => {
    const file = await readGood();
    assert.deepEqual(file.settings, { signIn: { passwordHashCost: 4 }, session: { lifetime: 'PT2H' } });
    assert.deepEqual(file.groups, [
      { displayName: 'Engineering', description: 'Builds things' },
      { displayName: 'Finance' },
    ]);
    assert.deepEqual(file.users[1]?.groups, ['engineering', 'Finance']);
    assert.equal(file.users[0]?.enabled, undefined);
    const [wiki, ledger, notes] = file.applications;
    assert.ok(wiki?.serviceProvider?.from === 'metadata');
    assert.match(wiki.serviceProvider.metadataXml, /entityID="https:\/\/wiki\.example\.com\/saml"/);
    assert.equal(ledger?.serviceProvider?.from, 'values');
    assert.deepEqual(notes?.serviceProvider, { from: 'sample', sample: 'notes' });
    assert.deepEqual(notes.assignments, { groups: ['Finance'] });
  });

  it('accepts an anchor and its aliases', async () => {
    const file = await readGood(
      ['groups: [Engineering]\n  - userName', 'groups: &both [Engineering, Finance]\n  - userName'],
      ['groups: [engineering, Finance]', 'groups: *both'],
    );
    assert.deepEqual(file.users[1]?.groups, ['Engineering', 'Finance']);
  });

  describe('reports the place of a mistake and the expected value for', () => {
    mistake(
      'another version',
      [['version: 1', 'version: 2']],
      'org.yaml:1:10: version: Expected version: 1, the only version.',
    );
    mistake(
      'a missing key: at the mapping that lacks it',
      [['    familyName: Souza\n', '']],
      'org.yaml:12:5: users[0].familyName: The last name is missing.',
    );
    mistake(
      'a missing section: at the beginning',
      [['instance: {alias: acme, region: us-east-1}', '']],
      'org.yaml:1:1: instance: instance is missing. Expected keys with values.',
    );
    mistake(
      'a key without a value: at the key',
      [['givenName: Ana', 'givenName:']],
      'org.yaml:15:5: users[0].givenName: The first name must be text.',
    );
    mistake(
      'an unknown key: at the key, with the known keys',
      [['alias: acme', 'allias: acme']],
      'org.yaml:3:12: instance.allias: There is no allias here. Expected: alias, region, directoryId, id.',
    );
    mistake(
      'an access to the console that doesn’t exist',
      [['    groups: [Engineering]', '    groups: [Engineering]\n    console: all']],
      'org.yaml:20:14: users[0].console: Expected full or read-only.',
    );
    mistake(
      'a secret that isn’t base32, without repeating it',
      [['    groups: [Engineering]', '    totp: JBSWY3DPEHPK3PXPJBSWY3DPEHPK3P01']],
      'org.yaml:19:11: users[0].totp: Expected base32: the letters A to Z and the digits 2 to 7.',
    );
    mistake(
      'a secret that is too short',
      [['    groups: [Engineering]', '    totp: JBSWY3DPEHPK3P']],
      'org.yaml:19:11: users[0].totp: The secret is shorter than 10 bytes: 16 characters of base32 at least.',
    );
    mistake(
      'a key given twice',
      [['region: us-east-1', 'region: us-east-1, region: eu-west-1']],
      'org.yaml:3:44: instance.region: The key region is given twice.',
    );
    mistake(
      'an account id without quotes',
      [['"111122223333"', '111122223333']],
      'org.yaml:2:57: organization.managementAccountId: The account id must be text: put its twelve digits in quotes.',
    );
    mistake(
      'text that YAML reads as a number',
      [['displayName: Wiki', 'displayName: 2026']],
      'org.yaml:30:18: applications[0].displayName: The display name must be text. Put it in quotes.',
    );
    mistake(
      'a reserved alias',
      [['alias: acme', 'alias: saml']],
      'org.yaml:3:19: instance.alias: This alias is reserved: choose another one.',
    );
    mistake(
      'an invalid duration',
      [['PT2H', '2h']],
      'org.yaml:6:23: settings.session.lifetime: Expected an ISO 8601 duration from PT15M to P90D, such as PT8H.',
    );
    mistake(
      'a number out of its range',
      [['passwordHashCost: 4', 'passwordHashCost: 30']],
      'org.yaml:5:30: settings.signIn.passwordHashCost: Expected at most 20.',
    );
    mistake(
      'a password that breaks the policy, without repeating it',
      [['Correct-Horse-7', 'correct-horse']],
      'org.yaml:13:15: users[0].password: Passwords must have an uppercase letter (A-Z). Passwords must have a number (0-9).',
    );
    mistake(
      'a password hash that requires a terabyte of memory',
      [
        [
          'password: Correct-Horse-7',
          `passwordHash: $scrypt$ln=30,r=8,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`,
        ],
      ],
      'org.yaml:13:19: users[0].passwordHash: Expected a hash as Vestibule writes it: $scrypt$ln=…,r=8,p=1$…$…',
    );
    mistake(
      'a password and a hash',
      [
        [
          'password: Correct-Horse-7\n',
          `password: Correct-Horse-7\n    passwordHash: $scrypt$ln=4,r=8,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}\n`,
        ],
      ],
      'org.yaml:14:19: users[0].passwordHash: Give the password or its hash, not both.',
    );
    mistake(
      'a user declared twice, whatever the case',
      [
        ['userName: olga@example.com', 'userName: ANA@example.com'],
        ['users: [olga@example.com]', 'users: []'],
      ],
      'org.yaml:20:15: users[1].userName: The user ANA@example.com is declared twice, first in line 12.',
    );
    mistake(
      'an email address declared twice',
      [['email: olga@example.com', 'email: Ana@example.com']],
      'org.yaml:22:12: users[1].email: The email address Ana@example.com is declared twice, first in line 14.',
    );
    mistake(
      'a group declared twice',
      [
        ['displayName: Finance', 'displayName: engineering'],
        ['groups: [engineering, Finance]', 'groups: []'],
        ['{groups: [Finance]}', '{}'],
      ],
      'org.yaml:10:18: groups[1].displayName: The group engineering is declared twice, first in line 8.',
    );
    mistake(
      'an application declared twice',
      [['key: ledger', 'key: wiki']],
      'org.yaml:34:10: applications[1].key: The application wiki is declared twice, first in line 29.',
    );
    mistake(
      'a membership of a group that isn’t declared',
      [['groups: [Engineering]\n  - userName', 'groups: [Enginering]\n  - userName']],
      'org.yaml:19:14: users[0].groups[0]: There is no group Enginering in this file: declare it under groups, or correct the name.',
    );
    mistake(
      'a membership listed twice',
      [['[engineering, Finance]', '[engineering, Engineering]']],
      'org.yaml:27:27: users[1].groups[1]: The group Engineering is listed twice.',
    );
    mistake(
      'an assignment of a user that isn’t declared',
      [['users: [olga@example.com]', 'users: [bob@example.com]']],
      'org.yaml:33:50: applications[0].assignments.users[0]: There is no user bob@example.com in this file: declare it under users, or correct the name.',
    );
    mistake(
      'an unknown attribute of a user',
      [['{title: Engineer, enterprise.costCenter: blue}', '{costCenter: blue}']],
      'org.yaml:18:30: users[0].attributes.costCenter: There is no attribute costCenter. There are: honorificPrefix, middleName, honorificSuffix, nickName, profileUrl, title, userType, preferredLanguage, locale, timezone, phoneNumbers.work, addresses.work.formatted, addresses.work.streetAddress, addresses.work.locality, addresses.work.region, addresses.work.postalCode, addresses.work.country, enterprise.employeeNumber, enterprise.costCenter, enterprise.organization, enterprise.division, enterprise.department, enterprise.manager.value, office365ImmutableId.',
    );
    mistake(
      'an unknown variable in a mapping',
      [['value: "${user:email}"', 'value: "${user:mail}"']],
      'org.yaml:42:29: applications[1].attributes[0].value: “${user:mail}” is not known. The known attributes are ${user:AD_GUID}, ${user:email}, ${user:familyName}, ${user:givenName}, ${user:groups}, ${user:middleName}, ${user:name}, ${user:preferredUsername}, ${user:subject}.',
    );
    mistake(
      'an address that isn’t a web address',
      [['[https://ledger.example.com/acs]', '["javascript:alert(1)"]']],
      'org.yaml:38:17: applications[1].serviceProvider.acsUrls[0]: The AssertionConsumerService must begin with http:// or https://.',
    );
    mistake(
      'a service provider given in two ways',
      [['{sample: notes}', '{sample: notes, metadata: ./wiki-metadata.xml}']],
      'org.yaml:46:22: applications[2].serviceProvider: Give the service provider’s metadata (and the entityId, if it describes several), or its values (entityId and acsUrls), or the name of a sample, and only one of these.',
    );
    mistake(
      'an incomplete service provider',
      [['      acsUrls: [https://ledger.example.com/acs]\n', '']],
      'org.yaml:37:7: applications[1].serviceProvider.acsUrls: acsUrls is missing. Give the AssertionConsumerService (ACS) addresses.',
    );
    mistake(
      'a missing metadata file',
      [['./wiki-metadata.xml', './wiki.xml']],
      'org.yaml:32:17: applications[0].serviceProvider.metadata: The file ./wiki.xml does not exist.',
    );
    mistake(
      'a folder as metadata',
      [['./wiki-metadata.xml', '../']],
      'org.yaml:32:17: applications[0].serviceProvider.metadata: The file ../ is a folder, not a file.',
    );
    mistake(
      'another value in place of a list',
      [['groups: [Engineering]\n  - userName', 'groups: Engineering\n  - userName']],
      'org.yaml:19:13: users[0].groups: groups must be a list of group names.',
    );
    mistake(
      'a value inside an alias: where it is written',
      [
        ['groups: [Engineering]\n', 'groups: &groups [Engineering, 7]\n'],
        ['groups: [engineering, Finance]', 'groups: *groups'],
      ],
      'org.yaml:19:35: users[0].groups[1]: The group name must be text. Put it in quotes.',
      'org.yaml:19:35: users[1].groups[1]: The group name must be text. Put it in quotes.',
    );
  });

  it('reports all mistakes at once, in the order of the file', async () => {
    const text = edited(
      ['us-east-1', 'mars'],
      ['Correct-Horse-8', 'short'],
      ['version: 1', 'version: 3'],
      ['{groups: [Finance]}', '{groups: [Nobody]}'],
      ['./wiki-metadata.xml', './nothing.xml'],
      ['key: ledger', 'key: Ledger!'],
    );
    const lines = (await faultsOf(text)).split('\n').map((line) => line.split(' ', 2).join(' '));
    assert.deepEqual(lines, [
      'org.yaml:1:10: version:',
      'org.yaml:3:33: instance.region:',
      'org.yaml:21:15: users[1].password:',
      'org.yaml:32:17: applications[0].serviceProvider.metadata:',
      'org.yaml:34:10: applications[1].key:',
      'org.yaml:47:28: applications[2].assignments.groups[0]:',
    ]);
  });

  describe('refuses', () => {
    const refused = (title: string, text: string, expected: string) =>
      it(title, async () => assert.equal(await faultsOf(text), expected));

    refused('an empty file', '# nothing\n', 'org.yaml: The file is empty.');
    refused(
      'another file, without repeating its content',
      'root:x:0:0::/root:/bin/sh\n',
      'org.yaml: This is not an organization file. Expected: version, organization, instance, settings, groups, users, applications.',
    );
    refused(
      'a list',
      '- version: 1\n',
      'org.yaml: This is not an organization file. Expected: version, organization, instance, settings, groups, users, applications.',
    );
    refused(
      'broken YAML, with one fault for each line',
      'version: 1\ngroups:\n  - a\n - b\n',
      'org.yaml:4:1: Not valid YAML: A block sequence may not be used as an implicit map key.',
    );
    refused(
      'two documents',
      'version: 1\n---\nversion: 1\n',
      'org.yaml:2:1: A file holds one document: remove the line ---.',
    );
    refused('an unknown tag', 'version: !new 1\n', 'org.yaml:1:10: Not valid YAML: Unresolved tag: !new.');
    refused(
      'an alias without an anchor',
      'version: 1\ngroups: *all\n',
      'org.yaml:2:9: groups: There is no anchor &all before this alias.',
    );
  });
});
