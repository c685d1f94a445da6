import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inConformance, sampled } from '../../../support/basics/depth.ts';
import { ANA } from '../../../support/servers/library.ts';

const DIST = join(import.meta.dirname, '../../../../dist');
const INDEX = pathToFileURL(join(DIST, 'index.js')).href;
const START = `await startVestibule({ certs: false, organization: { users: [${JSON.stringify(ANA)}] } })`;

/** What Node prints when this program fails. */
const printedBy = (file: string) =>
  new Promise<string>((resolve) => {
    execFile(process.execPath, [file], (_, _stdout, stderr) => resolve(stderr));
  });

/** Lines of programs that fail, each with what Node then prints as the error. */
const PROGRAMS: Readonly<Record<string, readonly [line: string, said: RegExp]>> = {
  'a wrong password': [
    `await (${START}).organization.signIn('${ANA.userName}', { password: 'wrong' });`,
    /^VestibuleError: ana@example\.com could not sign in\. The page says: “.*”$/m,
  ],
  'a service provider that isn’t running': [
    `await (${START}).organization.browser().visit('http://127.0.0.1:1/login');`,
    /^VestibuleError: http:\/\/127\.0\.0\.1:1\/login refuses the connection \(ECONNREFUSED\): .*$/m,
  ],
  'wrong input': [
    `await (${START}).organization.users.create({ ...${JSON.stringify(ANA)}, email: 'x' });`,
    /^VestibuleError: email: .*$/m,
  ],
  'an unknown option': [
    'await startVestibule({ prot: 1 });',
    /^VestibuleError: An option is wrong: prot: .*$/m,
  ],
  'a port in use': [
    `await startVestibule({ certs: false, port: (${START}).port });`,
    /^VestibuleError: Port \d+ is in use .*$/m,
  ],
  'a database that isn’t running': [
    `await startVestibule({ databaseUrl: 'postgres://a:b@127.0.0.1:1/x', secret: '${'s'.repeat(16)}' });`,
    /^VestibuleError: The database \(PostgreSQL at 127\.0\.0\.1:1\) could not be used: .*ECONNREFUSED.*$/m,
  ],
};

describe('an error of the library that a program doesn’t catch', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'vestibule-uncaught-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it(inConformance('is printed like this also by a program that requires the library'), async function () {
    this.timeout(20_000);
    const file = join(folder, 'program.cjs');
    const line = 'startVestibule({ prot: 1 });';
    writeFileSync(file, `const { startVestibule } = require('${join(DIST, 'library.cjs')}');\n${line}\n`);
    const [place = '', shown = '', ...others] = (await printedBy(file)).split('\n');
    assert.deepEqual([place, shown], [`${file}:2`, line]);
    assert.ok(
      others.includes('VestibuleError: An option is wrong: prot: There is no such option.'),
      others.join('\n'),
    );
  });

  for (const [what, [line, said]] of Object.entries(PROGRAMS)) {
    it(
      sampled(what === 'a wrong password', `is printed below the program’s own line: ${what}`),
      async function () {
        this.timeout(20_000);
        const file = join(folder, 'program.mjs');
        writeFileSync(file, `import { startVestibule } from '${INDEX}';\n${line}\n`);
        const printed = await printedBy(file);
        const [place = '', shown = ''] = printed.split('\n');
        assert.deepEqual([place, shown], [`${pathToFileURL(file).href}:2`, line]);
        assert.match(printed, said);
        assert.ok(!printed.includes(INDEX), printed);
        assert.ok(printed.length < 1500, printed);
      },
    );
  }
});
