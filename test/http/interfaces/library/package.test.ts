import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inConformance } from '../../../support/basics/depth.ts';
import { installPackage } from '../../../support/package/installed-package.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../../../..');
const TSC = join(ROOT, 'node_modules/typescript/bin/tsc');

/** A program that uses the library: all types that a reader sees are plain. */
const PROGRAM = `
import { startVestibule, VestibuleError, type Application, type User, type Vestibule } from 'vestibule-idp';

await using vestibule: Vestibule = await startVestibule({ certs: false, clock: { now: () => 1_768_478_400_000 } });
const { users, applications } = vestibule.organization;
const ana: User = await users.create({
  userName: 'ana@example.com',
  password: 'correct-Horse-7',
  email: 'ana@example.com',
  givenName: 'Ana',
  familyName: 'Souza',
  displayName: 'Ana Souza',
});
const wiki: Application = await applications.create({
  displayName: 'Wiki',
  serviceProvider: { entityId: 'wiki', acsUrls: ['http://localhost:3000/acs'] },
});
const chat = await applications.create({
  displayName: 'Chat',
  template: { name: 'Slack', variables: { workspace: 'orchard' } },
});
await wiki.assign({ users: [ana] });
const browser = await vestibule.organization.signIn(ana);
const { response } = await browser.visit(wiki.ssoUrl);
const refused: unknown = await users.create({ ...ana, email: 'x' }).catch((error: unknown) => error);
// @ts-expect-error: a user name is needed, and there is no such property
const wrong = () => users.create({ name: 'ana' });
// @ts-expect-error: what is returned can't be changed
const change = () => { ana.displayName = 'x'; };
export { wrong, change };
const told = refused instanceof VestibuleError ? refused.code : 'not refused';
(globalThis as unknown as { console: { log(...all: unknown[]): void } }).console.log(response?.acsUrl, chat.serviceProvider.entityId, told, response?.xml.includes('2026-01-15T12:00:00'));
`;

/** The same library in a CommonJS program. TypeScript lets it be required only with types for CommonJS. */
const COMMON_PROGRAM = `
import { startVestibule, VestibuleError, type Vestibule } from 'vestibule-idp';
declare const console: { log(...all: unknown[]): void };
async function main(): Promise<void> {
  const vestibule: Vestibule = await startVestibule({ certs: false });
  const refused: unknown = await vestibule.organization.users.unblock('nobody').catch((error: unknown) => error);
  await vestibule.stop();
  const imported = await import('vestibule-idp');
  console.log(refused instanceof VestibuleError, imported.VestibuleError === VestibuleError);
}
void main();
`;

/**
 * Loads the package as Jest does: in a context whose `require` and `process` are copies, which can't load ES modules.
 */
const LIKE_JEST = `
const { readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const vm = require('node:vm');
const { versions, execPath } = process;
const context = vm.createContext({ process: { versions, execPath } });
function load(file) {
  const text = readFileSync(file, 'utf8');
  if (file.endsWith('.json')) return JSON.parse(text);
  if (!file.endsWith('.cjs')) throw new Error('Must use import to load ES Module: ' + file);
  const module = { exports: {} };
  const parameters = ['module', 'exports', 'require', '__filename'];
  const requireOfTest = (name) => (name.startsWith('.') ? load(join(dirname(file), name)) : require(name));
  vm.compileFunction(text, parameters, { parsingContext: context, filename: file })(module, module.exports, requireOfTest, file);
  return module.exports;
}
const { startVestibule, VestibuleError } = load(require.resolve('vestibule-idp'));
startVestibule({ certs: false }).then(async (vestibule) => {
  const refused = await vestibule.organization.users.unblock('nobody').catch((error) => error);
  await vestibule.stop();
  console.log(refused instanceof VestibuleError, VestibuleError === require('vestibule-idp').VestibuleError);
});
`;

/** A program that reads a page and what the page loads. */
const PAGE = `
import { startVestibule } from 'vestibule-idp';
const vestibule = await startVestibule({ certs: false });
const page = await vestibule.organization.browser().visit(vestibule.organization.portalUrl);
const addresses = new Set(page.body.match(/\\/assets\\/[a-z-]+\\.[0-9a-f]{12}\\.[a-z]+/g));
for (const address of addresses) {
  const { ok, headers } = await fetch(new URL(address, page.url), { headers: { 'accept-encoding': 'identity', connection: 'close' } });
  console.log(address.replace(/[0-9a-f]{12}\\./, ''), ok && Number(headers.get('content-length')) > 100);
}
await vestibule.stop();
`;

/** The bytes of a folder's files, and the links in the folder, which aren't followed. */
function sizesIn(folder: string): { files: number; linked: string[] } {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const pathsOf = (kind: 'isFile' | 'isSymbolicLink') =>
    entries.filter((entry) => entry[kind]()).map(({ parentPath, name }) => join(parentPath, name));
  const files = pathsOf('isFile').reduce((sum, path) => sum + statSync(path).size, 0);
  return { files, linked: pathsOf('isSymbolicLink').map((path) => realpathSync(path)) };
}

describe('the package', function () {
  this.timeout(60_000);
  let folder: string;
  let installed: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vestibule-package-'));
    installed = await installPackage(folder);
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
    writeFileSync(join(folder, 'program.ts'), PROGRAM);
    writeFileSync(join(folder, 'common.cts'), COMMON_PROGRAM);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('has types that compile under the strictest settings, and programs that import or require it run', async () => {
    const compilerOptions = {
      ...{ strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, types: [], lib: ['ES2022'] },
      // Stricter than nodenext: CommonJS may not require an ES module.
      ...{ module: 'node16', moduleResolution: 'node16', target: 'ES2022' },
    };
    const files = ['program.ts', 'common.cts'];
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
    await run(process.execPath, [TSC, '-p', folder]).catch((error: unknown) => {
      assert.fail((error as { stdout: string }).stdout); // errors of execFile have stdout
    });
    const { stdout, stderr } = await run(process.execPath, ['program.js'], { cwd: folder });
    assert.equal(stdout, 'http://localhost:3000/acs https://slack.com ValidationException true\n');
    assert.equal(stderr, '');
    const common = await run(process.execPath, ['common.cjs'], { cwd: folder });
    assert.deepEqual([common.stdout, common.stderr], ['true true\n', '']);
  });

  it('is loaded once, also by a test runner that gives each file its own `require`', async () => {
    writeFileSync(join(folder, 'like-jest.cjs'), LIKE_JEST);
    const { stdout, stderr } = await run(process.execPath, ['like-jest.cjs'], { cwd: folder });
    assert.deepEqual([stdout, stderr], ['true true\n', '']);
  });

  it(inConformance('can be required when tsx turns what is required into CommonJS'), async () => {
    mkdirSync(join(folder, 'common'));
    writeFileSync(join(folder, 'common/package.json'), '{}');
    writeFileSync(join(folder, 'common/required.ts'), COMMON_PROGRAM);
    const hook = createRequire(import.meta.url).resolve('tsx/cjs');
    const { stdout, stderr } = await run(process.execPath, ['-r', hook, 'common/required.ts'], {
      cwd: folder,
    });
    assert.deepEqual([stdout, stderr], ['true true\n', '']);
  });

  it(inConformance('is enough to run the example’s tests of a service provider'), async () => {
    symlinkSync(join(ROOT, 'node_modules/@node-saml'), join(folder, 'node_modules/@node-saml'));
    const name = 'single-sign-on.test.mjs';
    copyFileSync(join(ROOT, 'examples/library', name), join(folder, name));
    const { stdout } = await run(process.execPath, ['--test', '--test-reporter=tap', name], {
      cwd: folder,
    }).catch(
      (error: unknown) => assert.fail((error as { stdout: string }).stdout), // errors of execFile have stdout
    );
    assert.match(stdout, /^# pass 3$/m);
  });

  it('contains the assets that its pages load', async () => {
    writeFileSync(join(folder, 'page.mjs'), PAGE);
    const { stdout } = await run(process.execPath, ['page.mjs'], { cwd: folder });
    for (const name of ['tabler.css', 'theme.css', 'icons.svg', 'page.js'])
      assert.ok(stdout.includes(`/assets/${name} true\n`), stdout);
    assert.doesNotMatch(stdout, /false/);
  });

  it('contains no source maps and no pictures', () => {
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' }).filter(
      (name) => !name.startsWith('node_modules'),
    );
    assert.ok(files.length > 50, `${files.length} files`);
    const unwanted = files.filter((name) => /\.(map|png|jpe?g|gif|webp|tsx?|stamp)$/.test(name));
    assert.deepEqual(
      unwanted.filter((name) => !name.endsWith('.d.ts')),
      // The icon that phones show for the portal, of a kilobyte.
      [join('dist', 'assets', 'apple-touch-icon.png')],
    );
  });

  it('has a command that runs', async () => {
    const { bin } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
      bin: { vestibule: string }; // package.json is ours
    };
    const { stdout } = await run(process.execPath, [join(installed, bin.vestibule), '--version']);
    assert.match(stdout, /^\d+\.\d+\.\d+\n$/);
  });

  it('takes at most 100 MB with all packages that it installs', () => {
    const { linked, files } = sizesIn(installed);
    const bytes = linked.reduce((sum, path) => sum + sizesIn(path).files, files);
    assert.ok(bytes > 10e6 && bytes < 100e6, `${Math.round(bytes / 1e6)} MB`);
  });

  it('shows nothing of its internals in its types', () => {
    const types = join(installed, 'dist/types');
    const files = readdirSync(types, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.c?ts$/.test(name),
    );
    assert.ok(files.length >= 8, files.join());
    for (const file of files) {
      const text = readFileSync(join(types, file), 'utf8');
      assert.match(file, /^(index|interfaces\/library\/(types\/)?[a-z-]+)\.d\.c?ts$/);
      assert.doesNotMatch(text, /\bfrom '(?!\.{1,2}\/[\w/-]+\.c?js')/);
      assert.doesNotMatch(
        text.replace(/\/\*[^]*?\*\//g, ''),
        /: any\b|<any\b|Kysely|Koa|\bz\.|\bimport\(['"]/,
        file,
      );
    }
  });
});
