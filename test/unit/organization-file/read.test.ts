import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatFaults, readOrganizationFile } from '../../../src/organization-file/read.ts';
import { edited, faultsOf, FOLDER, readGood, readText, type Edit } from '../../support/organization-files.ts';

const mistake = (title: string, edits: readonly Edit[], ...expected: string[]) =>
  it(title, async () => assert.equal(await faultsOf(edited(...edits)), expected.join('\n')));

describe('reading an organization file', () => {
  it('takes what it declares, and only that', async () => {
    const file = await readGood();
    assert.deepEqual(file.settings, { signIn: { passwordHashCost: 4 }, session: { lifetime: 'PT2H' } });
    assert.deepEqual(file.groups, [
      { displayName: 'Engineering', description: 'Builds things' },
      { displayName: 'Finance' },
    ]);
    assert.deepEqual(file.users[1]?.groups, ['engineering', 'Finance']);
    assert.equal(file.users[0]?.enabled, undefined);
    const [wiki, ledger, notes] = file.applications;
    assert.ok(wiki?.serviceProvider.from === 'metadata');
    assert.match(wiki.serviceProvider.metadataXml, /entityID="https:\/\/wiki\.example\.com\/saml"/);
    assert.equal(ledger?.serviceProvider.from, 'values');
    assert.deepEqual(notes?.serviceProvider, { from: 'sample', sample: 'notes' });
    assert.deepEqual(notes.assignments, { groups: ['Finance'] });
  });

  it('takes an anchor and its aliases', async () => {
    const file = await readGood(
      ['groups: [Engineering]', 'groups: &both [Engineering, Finance]'],
      ['groups: [engineering, Finance]', 'groups: *both'],
    );
    assert.deepEqual(file.users[1]?.groups, ['Engineering', 'Finance']);
  });

  it('reads the demo without a fault', async () => {
    const read = await readOrganizationFile('examples/demo/organization.yaml');
    assert.ok(read.ok, read.ok ? '' : formatFaults(read.faults, 'demo'));
  });

  describe('says where each mistake is, and what is expected', () => {
    mistake(
      'another version',
      [['version: 1', 'version: 2']],
      'org.yaml:1:10: version: Expected version: 1, the only one that there is.',
    );
    mistake(
      'a missing key: at the mapping that lacks it',
      [['    familyName: Souza\n', '']],
      'org.yaml:12:5: users[0].familyName: familyName is missing. The last name must be text.',
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
      'an unknown key: at the key, with those that are known',
      [['alias: acme', 'allias: acme']],
      'org.yaml:3:12: instance.allias: There is no allias here. Expected: alias, region, directoryId.',
    );
    mistake(
      'a key whose feature comes later',
      [['  session:', '  mfa: {mode: always-on}\n  session:']],
      'org.yaml:6:3: settings.mfa: mfa is not available yet: leave it out.',
    );
    mistake(
      'a key given twice',
      [['region: us-east-1', 'region: us-east-1, region: eu-west-1']],
      'org.yaml:3:44: instance.region: The key region is given twice.',
    );
    mistake(
      'an account id without quotes',
      [['"111122223333"', '111122223333']],
      'org.yaml:2:56: organization.managementAccountId: The account id must be text: put its twelve digits in quotes.',
    );
    mistake(
      'text that YAML takes for a number',
      [['displayName: Wiki', 'displayName: 2026']],
      'org.yaml:31:18: applications[0].displayName: The display name must be text. Put it in quotes.',
    );
    mistake(
      'a reserved alias',
      [['alias: acme', 'alias: saml']],
      'org.yaml:3:19: instance.alias: This alias is reserved: choose another one.',
    );
    mistake(
      'a duration that is none',
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
      'a password hash that asks for a terabyte of memory',
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
      'org.yaml:35:10: applications[1].key: The application wiki is declared twice, first in line 30.',
    );
    mistake(
      'a membership of a group that nobody declared',
      [['groups: [Engineering]\n  - userName', 'groups: [Enginering]\n  - userName']],
      'org.yaml:19:14: users[0].groups[0]: There is no group Enginering in this file: declare it under groups, or correct the name.',
    );
    mistake(
      'a membership listed twice',
      [['[engineering, Finance]', '[engineering, Engineering]']],
      'org.yaml:27:27: users[1].groups[1]: The group Engineering is listed twice.',
    );
    mistake(
      'an assignment of a user that nobody declared',
      [['users: [olga@example.com]', 'users: [bob@example.com]']],
      'org.yaml:34:48: applications[0].assignments.users[0]: There is no user bob@example.com in this file: declare it under users, or correct the name.',
    );
    mistake(
      'an unknown attribute of a user',
      [['{title: Engineer, enterprise.costCenter: blue}', '{costCenter: blue}']],
      'org.yaml:18:30: users[0].attributes.costCenter: There is no attribute costCenter. There are: honorificPrefix, middleName, honorificSuffix, nickName, profileUrl, title, userType, preferredLanguage, locale, timezone, phoneNumbers.work, addresses.work.formatted, addresses.work.streetAddress, addresses.work.locality, addresses.work.region, addresses.work.postalCode, addresses.work.country, enterprise.employeeNumber, enterprise.costCenter, enterprise.organization, enterprise.division, enterprise.department, enterprise.manager.value, office365ImmutableId.',
    );
    mistake(
      'an unknown variable in a mapping',
      [['value: "${user:email}"', 'value: "${user:mail}"']],
      'org.yaml:43:28: applications[1].attributes[0].value: “${user:mail}” is not known. Known are ${user:AD_GUID}, ${user:email}, ${user:familyName}, ${user:givenName}, ${user:groups}, ${user:middleName}, ${user:name}, ${user:preferredUsername}, ${user:subject}.',
    );
    mistake(
      'an address that isn’t one of the web',
      [['[https://ledger.example.com/acs]', '["javascript:alert(1)"]']],
      'org.yaml:39:17: applications[1].serviceProvider.acsUrls[0]: The AssertionConsumerService must begin with http:// or https://.',
    );
    mistake(
      'a service provider given twice over',
      [['{sample: notes}', '{sample: notes, metadata: ./wiki-metadata.xml}']],
      'org.yaml:47:22: applications[2].serviceProvider: Give the service provider’s metadata, or its values (entityId and acsUrls), or the name of a sample, and only one of these.',
    );
    mistake(
      'half of a service provider’s values',
      [['      acsUrls: [https://ledger.example.com/acs]\n', '']],
      'org.yaml:38:7: applications[1].serviceProvider.acsUrls: acsUrls is missing. Give the AssertionConsumerService (ACS) addresses.',
    );
    mistake(
      'metadata that isn’t there',
      [['./wiki-metadata.xml', './wiki.xml']],
      'org.yaml:33:17: applications[0].serviceProvider.metadata: The file ./wiki.xml does not exist.',
    );
    mistake(
      'metadata that is a folder',
      [['./wiki-metadata.xml', '../']],
      'org.yaml:33:17: applications[0].serviceProvider.metadata: The file ../ is a folder, not a file.',
    );
    mistake(
      'a list that isn’t one',
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

  it('tells all mistakes at once, in the order of the file', async () => {
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
      'org.yaml:33:17: applications[0].serviceProvider.metadata:',
      'org.yaml:35:10: applications[1].key:',
      'org.yaml:48:27: applications[2].assignments.groups[0]:',
    ]);
  });

  describe('refuses what isn’t an organization file', () => {
    const refused = (title: string, text: string, expected: string) =>
      it(title, async () => assert.equal(await faultsOf(text), expected));

    refused('an empty one', '# nothing\n', 'org.yaml: The file is empty.');
    refused(
      'another one, without telling what is in it',
      'root:x:0:0::/root:/bin/sh\n',
      'org.yaml: This is not an organization file. Expected: version, organization, instance, settings, groups, users, applications.',
    );
    refused(
      'a list',
      '- version: 1\n',
      'org.yaml: This is not an organization file. Expected: version, organization, instance, settings, groups, users, applications.',
    );
    refused(
      'broken YAML, one fault a line',
      'version: 1\ngroups:\n  - a\n - b\n',
      'org.yaml:4:1: Not valid YAML: A block sequence may not be used as an implicit map key.',
    );
    refused(
      'two documents',
      'version: 1\n---\nversion: 1\n',
      'org.yaml:2:1: A file holds one document: remove the line ---.',
    );
    refused(
      'a tag that nobody knows',
      'version: !new 1\n',
      'org.yaml:1:10: Not valid YAML: Unresolved tag: !new.',
    );
    refused(
      'an alias of nothing',
      'version: 1\ngroups: *all\n',
      'org.yaml:2:9: groups: There is no anchor &all before this alias.',
    );
  });

  describe('costs no more than its size (attacks)', () => {
    it('aliases that unfold to billions', async () => {
      const lines = ['version: 1', 'a0: &a0 [x,x,x,x,x,x,x,x,x]'];
      for (let i = 1; i < 20; i += 1)
        lines.push(
          `a${i}: &a${i} [${Array(9)
            .fill(`*a${i - 1}`)
            .join(',')}]`,
        );
      assert.equal(
        await faultsOf(lines.join('\n')),
        'org.yaml: The file has too many aliases (*name): at most 100 of an anchor. Write the values out.',
      );
    });
    it('an alias inside its own anchor', async () => {
      const text = edited(['groups: [Engineering]\n  - userName', 'groups: &loop [*loop]\n  - userName']);
      assert.equal(await faultsOf(text), 'org.yaml:19:13: users[0].groups[0]: The group name must be text.');
    });
    it('aliases of many anchors', async () => {
      const anchors = Array.from({ length: 1001 }, (_, i) => `  - {a: &x${i} 1, b: *x${i}}`);
      assert.match(await faultsOf(['version: 1', 'groups:', ...anchors].join('\n')), /too many aliases/);
    });
    it('lists inside lists', async () => {
      assert.equal(
        await faultsOf(`version: ${'['.repeat(20_000)}`),
        'org.yaml: The file is nested too deeply.',
      );
    });
    it('a mapping of many keys, which are not compared each with each', async () => {
      const keys = Array.from({ length: 30_000 }, (_, i) => `  k${i}: 1`);
      const startedAt = performance.now();
      await faultsOf(['version: 1', 'settings:', ...keys].join('\n'));
      // Comparing pairs takes ten times as long on any machine; this is only far below that.
      assert.ok(performance.now() - startedAt < 8000);
    });
    it('a key that would change what objects are', async () => {
      const text = edited(['{title: Engineer,', '{__proto__: {title: Engineer},']);
      assert.match(
        await faultsOf(text),
        /^org\.yaml:18:18: users\[0\]\.attributes\.__proto__: The key __proto__ can’t be used\.$/m,
      );
    });
    it('more than 10 MiB of text', async () => {
      const text = edited() + '#'.repeat(10 * 1024 * 1024);
      assert.equal(await faultsOf(text), 'org.yaml: The file has more than 10 MiB.');
    });
    it('many faults, of which the first hundred are told', async () => {
      const groups = Array.from({ length: 150 }, () => '  - {}');
      const lines = (
        await faultsOf(
          [
            'version: 1',
            'organization: {name: A, managementAccountId: "111122223333"}',
            'instance: {region: us-east-1}',
            'groups:',
            ...groups,
          ].join('\n'),
        )
      ).split('\n');
      assert.equal(lines.length, 101);
      assert.equal(lines.at(-1), '… and 50 more.');
    });
  });

  describe('opens regular files only', () => {
    let folder: string;
    before(async () => (folder = await mkdtemp(join(tmpdir(), 'organization-file-'))));
    after(() => rm(folder, { recursive: true }));

    const faultOf = async (path: string) => {
      const read = await readOrganizationFile(path);
      return read.ok ? '' : formatFaults(read.faults, 'f');
    };
    const withMetadata = async (name: string) => {
      const read = await readText(edited(['./wiki-metadata.xml', name]), folder);
      return read.ok
        ? ''
        : formatFaults(read.faults, 'f').replace('f:33:17: applications[0].serviceProvider.metadata: ', '');
    };

    it('not one that isn’t there, a folder or a device', async () => {
      assert.equal(await faultOf(join(folder, 'none.yaml')), 'f: The file does not exist.');
      assert.equal(await faultOf(folder), 'f: The file is a folder, not a file.');
      assert.equal(await faultOf('/dev/zero'), 'f: The file is not a regular file.');
    });
    it('not one in another encoding', async () => {
      await writeFile(join(folder, 'latin1.yaml'), Buffer.from('version: 1 # \xe9\n', 'latin1'));
      assert.equal(await faultOf(join(folder, 'latin1.yaml')), 'f: The file is not text in UTF-8.');
    });
    it('not a pipe as metadata, which would be waited for', async () => {
      execFileSync('mkfifo', [join(folder, 'pipe.xml')]);
      assert.equal(await withMetadata('pipe.xml'), 'The file pipe.xml is not a regular file.');
    });
    it('not a device behind a link', async () => {
      await symlink('/dev/zero', join(folder, 'link.xml'));
      assert.equal(await withMetadata('link.xml'), 'The file link.xml is not a regular file.');
    });
    it('not metadata above 2 MiB', async () => {
      await writeFile(join(folder, 'large.xml'), '');
      await truncate(join(folder, 'large.xml'), 2 * 1024 * 1024 + 1);
      assert.equal(await withMetadata('large.xml'), 'The file large.xml has more than 2 MiB.');
    });
    it('no file at all for a text that came without a folder', async () => {
      const read = await readText(
        edited(['./wiki-metadata.xml', join(FOLDER, 'wiki-metadata.xml')]),
        undefined,
      );
      assert.ok(!read.ok);
      assert.match(read.faults[0]?.message ?? '', /no folder/);
    });
  });
});
