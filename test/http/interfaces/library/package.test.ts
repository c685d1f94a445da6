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
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { inConformance } from '../../../support/basics/depth.ts';

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

/** The top-level packages that npm installs without development dependencies, by the lock file. */
function installedPackages(): string[] {
  const lock = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');
  const { packages } = JSON.parse(lock) as { packages: Record<string, { dev?: boolean }> }; // npm's own file
  return Object.entries(packages).flatMap(([path, { dev }]) => {
    const [, name] = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path) ?? [];
    return name === undefined || dev === true ? [] : [name];
  });
}

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

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vestibule-package-'));
    // --ignore-scripts: the existing build is packed as it is.
    const packed = await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], {
      cwd: ROOT,
    });
    const installed = join(folder, 'node_modules', 'vestibule-idp');
    mkdirSync(installed, { recursive: true });
    const archive = join(folder, packed.stdout.trim().split('\n').at(-1) ?? '');
    await run('tar', ['-xzf', archive, '-C', installed, '--strip-components=1']);
    // The packages that npm would install with it; a test downloads nothing.
    for (const name of installedPackages()) {
      const link = join(installed, 'node_modules', name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(ROOT, 'node_modules', name), link);
    }
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
    writeFileSync(join(folder, 'program.ts'), PROGRAM);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('has types that compile under the strictest settings, and a program that compiles with them runs', async () => {
    const compilerOptions = {
      ...{ strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, types: [], lib: ['ES2022'] },
      ...{ module: 'nodenext', moduleResolution: 'nodenext', target: 'ES2022' },
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['program.ts'] }));
    await run(process.execPath, [TSC, '-p', folder]).catch((error: unknown) => {
      assert.fail((error as { stdout: string }).stdout); // errors of execFile have stdout
    });
    const { stdout, stderr } = await run(process.execPath, ['program.js'], { cwd: folder });
    assert.equal(stdout, 'http://localhost:3000/acs https://slack.com ValidationException true\n');
    assert.equal(stderr, '');
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

  it('takes at most 100 MB with all packages that it installs', () => {
    const installed = join(folder, 'node_modules/vestibule-idp');
    const { linked, files } = sizesIn(installed);
    const bytes = linked.reduce((sum, path) => sum + sizesIn(path).files, files);
    assert.ok(bytes > 10e6 && bytes < 100e6, `${Math.round(bytes / 1e6)} MB`);
  });

  it('shows nothing of its internals in its types', () => {
    const types = join(folder, 'node_modules/vestibule-idp/dist/types');
    const files = readdirSync(types, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    assert.ok(files.length >= 4, files.join());
    for (const file of files) {
      const text = readFileSync(join(types, file), 'utf8');
      assert.match(file, /^(index|interfaces\/library\/(types\/)?[a-z]+)\.d\.ts$/);
      assert.doesNotMatch(text, /\bfrom '(?!\.{1,2}\/[\w/-]+\.js')/);
      assert.doesNotMatch(
        text.replace(/\/\*[^]*?\*\//g, ''),
        /: any\b|<any\b|Kysely|Koa|\bz\.|\bimport\(['"]/,
        file,
      );
    }
  });
});

/** Runs in an environment full of other programs' settings; prints whether the process changed. */
const QUIET = `
import { startVestibule } from 'INDEX';
const state = () => JSON.stringify({
  umask: process.umask(), signals: process.eventNames().map(String).sort(), env: process.env, cwd: process.cwd(), exitCode: process.exitCode,
});
const before = state();
const servers = await Promise.all([startVestibule(), startVestibule()]);
if (servers[0].organization.portalUrl.includes('wrong')) process.stdout.write('the environment was read');
const during = state();
for (const each of servers) await each.stop();
process.stdout.write(before === during && before === state() ? 'as before' : before + during + state());
`;

describe('the library in a process', () => {
  it('prints nothing, reads no environment variables, leaves the process as it was, and lets it end', async function () {
    this.timeout(30_000);
    const folder = mkdtempSync(join(tmpdir(), 'vestibule-quiet-'));
    try {
      writeFileSync(join(folder, 'quiet.mjs'), QUIET.replace('INDEX', join(ROOT, 'dist/index.js')));
      const env = {
        ...{ PATH: process.env['PATH'] ?? '', VESTIBULE_PORT: '1', VESTIBULE_PUBLIC_URL: 'http://wrong' },
        ...{
          VESTIBULE_LOG_LEVEL: 'trace',
          VESTIBULE_DATA: '/dev/null/data',
          DATABASE_URL: 'postgres://nobody@127.0.0.1:1/x',
        },
        ...{ VESTIBULE_ORG: 'missing.yaml', VESTIBULE_API_TOKEN: 'x' },
      };
      const { stdout, stderr } = await run(process.execPath, ['quiet.mjs'], {
        cwd: folder,
        env,
        timeout: 20_000,
      });
      assert.deepEqual([stdout, stderr], ['as before', '']);
      assert.deepEqual(readdirSync(folder), ['quiet.mjs']);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
