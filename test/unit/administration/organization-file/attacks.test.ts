import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import {
  formatFaults,
  readOrganizationFile,
} from '../../../../src/administration/organization-file/read/read.ts';
import { edited, faultsOf, FOLDER, readText } from '../../../support/organization-file/organization-files.ts';
import { sampled } from '../../../support/basics/depth.ts';

describe('attacks by an organization file', () => {
  describe('costs no more than its size (attacks)', () => {
    it('for aliases that expand to billions', async () => {
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
    it('for an alias inside its own anchor', async () => {
      const text = edited(['groups: [Engineering]\n  - userName', 'groups: &loop [*loop]\n  - userName']);
      assert.equal(await faultsOf(text), 'org.yaml:19:20: users[0].groups[0]: The group name must be text.');
    });
    it('for aliases of many anchors', async () => {
      const anchors = Array.from({ length: 1001 }, (_, i) => `  - {a: &x${i} 1, b: *x${i}}`);
      assert.match(await faultsOf(['version: 1', 'groups:', ...anchors].join('\n')), /too many aliases/);
    });
    for (const [title, text] of [
      ['lists inside lists', `version: ${'['.repeat(20_000)}`],
      ['lists closed before they are opened', `version: ${']'.repeat(20_000)}\n${'['.repeat(20_000)}`],
      ['mappings inside mappings', `version: ${'{a: '.repeat(20_000)}`],
      ['lists inside lists in a line', `version:\n${'- '.repeat(20_000)}`],
      ['lists with tags inside lists in a line', `version:\n${'- !a '.repeat(20_000)}`],
      ['a staircase', Array.from({ length: 3000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
    ] as const) {
      it(`for ${title}, which overflow the stack`, async () => {
        assert.equal(await faultsOf(text), 'org.yaml: The file is nested too deeply.');
      });
    }
    it('for a mapping of many keys, which are not compared in pairs', async () => {
      const keys = Array.from({ length: 30_000 }, (_, i) => `  k${i}: 1`);
      const before = process.cpuUsage();
      await faultsOf(['version: 1', 'settings:', ...keys].join('\n'));
      const { user } = process.cpuUsage(before);
      assert.ok(user < 5_000_000, `${user} µs`); // One second is enough; comparing pairs would take more than ten.
    });
    for (const [title, text] of [
      ['empty mappings', `users: [${'{},'.repeat(33_000)}]`],
      ['empty keys', `users: [${'? ,'.repeat(19_000)}]`],
      ['a line for each of many users', `users:\n${'- {}\n'.repeat(19_000)}`],
      ['wrong groups', `users: [{groups: [${'[],'.repeat(33_000)}]}]`],
      ['unknown keys', `organization: {${Array.from({ length: 14_000 }, (_, i) => `a${i}: 1`).join(',')}}`],
      ['empty lines', `version: 1${'\n'.repeat(99_000)}`],
    ] as const) {
      // These two are the slowest ways to repeat a word and a key; the other shapes cost as much again.
      const isInSample = title === 'empty mappings' || title === 'unknown keys';
      it(sampled(isInSample, `for as many faults as the size allows: ${title}`), async () => {
        const before = process.cpuUsage();
        const read = await readOrganizationFile({ text, name: 'f', folder: undefined, maxLexemes: 100_000 });
        const { user } = process.cpuUsage(before);
        assert.ok(user < 3_000_000, `${user} µs`);
        assert.ok(!read.ok);
        assert.ok(read.faults.length <= 100 && read.faults.every(({ line }) => line > 0));
      });
    }
    it('for more words and marks than can be read in time', async () => {
      const text = `users: [${'{},'.repeat(33_334)}]`;
      const read = await readOrganizationFile({ text, name: 'f', folder: undefined, maxLexemes: 100_000 });
      assert.ok(!read.ok);
      assert.equal(
        formatFaults(read.faults, 'f'),
        'f: The file is too long: at most 100,000 words and marks can be read here. Import users and groups, or apply the file with the vestibule command.',
      );
    });
    it('for a key that would change the prototype of an object', async () => {
      const text = edited(['{title: Engineer,', '{__proto__: {title: Engineer},']);
      assert.match(
        await faultsOf(text),
        /^org\.yaml:18:18: users\[0\]\.attributes\.__proto__: The key __proto__ can’t be used\.$/m,
      );
    });
    it('for more than 10 MiB of text', async () => {
      const text = edited() + '#'.repeat(10 * 1024 * 1024);
      assert.equal(await faultsOf(text), 'org.yaml: The file has more than 10 MiB.');
    });
    it('for many faults, of which the first hundred are reported', async () => {
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

  describe('opens only regular files', () => {
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
        : formatFaults(read.faults, 'f').replace('f:32:17: applications[0].serviceProvider.metadata: ', '');
    };

    it('and no missing file, folder or device', async () => {
      assert.equal(await faultOf(join(folder, 'none.yaml')), 'f: The file does not exist.');
      assert.equal(await faultOf(folder), 'f: The file is a folder, not a file.');
      assert.equal(await faultOf('/dev/zero'), 'f: The file is not a regular file.');
      await writeFile(join(folder, 'large.yaml'), '');
      await truncate(join(folder, 'large.yaml'), 64 * 1024 * 1024 + 1);
      assert.equal(await faultOf(join(folder, 'large.yaml')), 'f: The file has more than 64 MiB.');
    });
    it('and no file in another encoding', async () => {
      await writeFile(join(folder, 'latin1.yaml'), Buffer.from('version: 1 # \xe9\n', 'latin1'));
      assert.equal(await faultOf(join(folder, 'latin1.yaml')), 'f: The file is not text in UTF-8.');
    });
    it('and metadata in the encoding that its first octets show, or that it names', async () => {
      const xml = readFileSync(join(FOLDER, 'wiki-metadata.xml'), 'utf8');
      await writeFile(join(folder, 'utf16.xml'), Buffer.from(`\uFEFF${xml}`, 'utf16le'));
      assert.equal(await withMetadata('utf16.xml'), '');
      await writeFile(join(folder, 'bare.xml'), Buffer.from('<a>\xe9</a>', 'latin1'));
      const bare = 'The file bare.xml is not text in UTF-8, and names no other encoding.';
      assert.equal(await withMetadata('bare.xml'), bare);
    });
    it('and no pipe as metadata, for which it would wait', async () => {
      execFileSync('mkfifo', [join(folder, 'pipe.xml')]);
      assert.equal(await withMetadata('pipe.xml'), 'The file pipe.xml is not a regular file.');
    });
    it('and no device behind a link', async () => {
      await symlink('/dev/zero', join(folder, 'link.xml'));
      assert.equal(await withMetadata('link.xml'), 'The file link.xml is not a regular file.');
    });
    it('and no file without an end, whose size Linux reports as 0', async function () {
      if (process.platform !== 'linux') this.skip();
      assert.equal(await faultOf('/proc/self/pagemap'), 'f: The file has more than 64 MiB.');
      assert.equal(
        await withMetadata('/proc/self/pagemap'),
        'The file /proc/self/pagemap has more than 2 MiB.',
      );
    });
    it('but any that the user of the command may read, by a path that leads out of the folder or a link', async () => {
      const outside = join(FOLDER, 'wiki-metadata.xml');
      await symlink(FOLDER, join(folder, 'linked'));
      assert.equal(await withMetadata(outside), '');
      assert.equal(await withMetadata(relative(folder, outside)), '');
      assert.equal(await withMetadata('linked/wiki-metadata.xml'), '');
    });
    it('and repeats nothing of a file that is something else', async () => {
      await writeFile(join(folder, 'shadow'), 'root:$6$hash:20228:0:99999:7:::\n');
      assert.match(
        await faultOf(join(folder, 'shadow')),
        /^f: This is not an organization file\. Expected: [a-z, ]+\.$/,
      );
    });
    it('and no metadata above 2 MiB', async () => {
      await writeFile(join(folder, 'large.xml'), '');
      await truncate(join(folder, 'large.xml'), 2 * 1024 * 1024 + 1);
      await writeFile(join(folder, 'endless.xml'), '');
      await truncate(join(folder, 'endless.xml'), 2 ** 42); // A sparse file, which takes no space on the disk.
      assert.equal(await withMetadata('large.xml'), 'The file large.xml has more than 2 MiB.');
      assert.equal(await withMetadata('endless.xml'), 'The file endless.xml has more than 2 MiB.');
    });
    it('and no file for a text that was passed without a folder', async () => {
      const read = await readText(
        edited(['./wiki-metadata.xml', join(FOLDER, 'wiki-metadata.xml')]),
        undefined,
      );
      assert.ok(!read.ok);
      assert.match(read.faults[0]?.message ?? '', /no folder/);
    });
  });
});
