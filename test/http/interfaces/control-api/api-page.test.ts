import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { OpenApiDocument } from '../../../../src/interfaces/control-api/contract/openapi.ts';
import { sampled } from '../../../support/basics/depth.ts';
import { skipAloud } from '../../../support/basics/skip.ts';
import { textOf } from '../../../support/servers/browserless.ts';
import { API_TOKEN, startServer, type TestServer } from '../../../support/servers/server.ts';

const run = promisify(execFile);

/** Unescapes HTML that contains no tags. */
const unescaped = (html: string) =>
  html
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

const LANGUAGES = {
  curl: { command: 'curl', file: 'sh', runs: 'sh' },
  JavaScript: { command: 'node', file: 'mjs', runs: 'node' },
  Python: { command: 'python3', file: 'py', runs: 'python3' },
} as const;

/** Changes that can be made again and again, beside everything that only reads. */
const RUN = ['updateSettings', 'applyFile'];
/** The organization of the test has no such record. */
const ABSENT =
  /IMPORT_ID|MAIL_ID|DEVICE_ID|SIGN_IN_ID|CLASSROOM_ID|CONNECTION|EXCHANGE|REHEARSAL|TEMPLATE|ENTRY|\/logo/;

describe('the pages of the control API', () => {
  let server: TestServer;
  let html: string;
  let operations: { readonly id: string; readonly method: string }[];
  before(async function () {
    this.timeout(30_000); // the first server generates keys
    server = await startServer();
    const answer = await server.browser().get('/api');
    assert.equal(answer.status, 200);
    html = answer.body;
    const { body } = await server.browser().get('/api/v1/openapi.json');
    const { paths } = JSON.parse(body) as OpenApiDocument; // what this server describes
    operations = Object.values(paths).flatMap((methods) =>
      Object.entries(methods).map(([method, { operationId }]) => ({ id: operationId, method })),
    );
  });
  after(() => server.stop());

  const pageOf = async (id: string, query = '') => (await server.browser().get(`/api/${id}${query}`)).body;
  const linesOf = (page: string, label: RegExp) =>
    [...page.matchAll(/<pre[^>]*aria-label="([^"]*)"[^>]*>([^<]*)<\/pre>/g)]
      .filter(([, name = '']) => label.test(name))
      .map(([, , text = '']) => unescaped(text));

  it('list every operation, each with a page of its own, and no token', async () => {
    assert.ok(operations.length > 70);
    for (const { id } of operations) {
      assert.ok(html.includes(`href="/api/${id}"`), id);
      const page = await pageOf(id);
      assert.ok(page.includes(`<h1>${id}</h1>`), id);
      assert.ok(!page.includes(API_TOKEN));
    }
    assert.ok(!html.includes(API_TOKEN));
    assert.equal((await server.browser().get('/api/toString')).status, 404);
    assert.equal((await server.browser().get('/api/nothing')).status, 404);
  });

  it('say what each part of a path stands for, as the description for tools does', async () => {
    const { body } = await server.browser().get('/api/v1/openapi.json');
    const { paths } = JSON.parse(body) as OpenApiDocument; // what this server describes
    const unexplained = Object.values(paths)
      .flatMap((path) => Object.values(path))
      .flatMap((operation) => operation.parameters)
      .filter((each) => each.in === 'path' && (each.description ?? '').length < 5);
    assert.deepEqual(unexplained, []);
  });

  it('are where the address of the operations leads', async () => {
    const answer = await server.browser().get('/api/v1');
    assert.deepEqual([answer.status, answer.location], [302, '/api']);
  });

  it('have a nonce of its own in each answer', async () => {
    const noncesIn = (text: string) => [...text.matchAll(/nonce="([^"]+)"/g)].map(([, nonce]) => nonce);
    const [nonces, others] = [noncesIn(html), noncesIn((await server.browser().get('/api')).body)];
    assert.ok(nonces.length > 0 && new Set(nonces).size === 1);
    assert.ok(others.length === nonces.length && !others.includes(nonces[0]));
  });

  it('find operations without scripts, by any of their words', async () => {
    const found = async (q: string) => {
      const { body, status } = await server.browser().get(`/api?q=${encodeURIComponent(q)}`);
      assert.equal(status, 200);
      const shown = body.match(/<li data-search-text="(\w+)/g) ?? [];
      return shown.map((each) => each.replace(/.*"/, ''));
    };
    assert.deepEqual(await found('creategroup'), ['createGroup']);
    assert.deepEqual(await found('  TAKE conversations '), ['takeExchanges']);
    assert.deepEqual(await found('<script>alert(1)</script>'), []);
    const refused = await server.browser().get(`/api?q=${'x'.repeat(201)}`);
    assert.deepEqual([refused.status, /at most 200 characters/.test(textOf(refused))], [400, true]);
  });

  it('fill in the values of an address, in which nothing runs', async () => {
    const page = await pageOf('getUser', '?organization=o-1&user=7c76-1&nonsense=1');
    assert.match(page, /data-place="path" data-name="organization"|value="o-1"/);
    assert.ok(page.includes('value="7c76-1"'));
    assert.ok(linesOf(page, /with curl$/)[0]?.includes('"$API/organizations/o-1/users/7c76-1"'));
    for (const attack of [
      ...['$(id)', '`id`', '";id;"', "';id;'", '!!', '${process.exit()}', '{os.abort()}', '\\', '../..', '~'],
      ...['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '\u202e', '\n id'],
    ]) {
      const attacked = await pageOf('getUser', `?user=${encodeURIComponent(attack)}`);
      const examples = linesOf(attacked, /with /);
      assert.equal(examples.length, 3);
      for (const text of examples) {
        const [, value = 'absent'] = /users\/([^"'`]*)/.exec(text) ?? [];
        assert.match(value, /^[\w%.-]+$/, `${attack}: ${text}`);
      }
      assert.doesNotMatch(attacked, /<script>alert|<img src=x/);
    }
    assert.equal((await server.browser().get('/api/getUser?user=a&user=b')).status, 400);
    // `..` would lead to another operation: the organization instead of its user.
    for (const query of [
      '?user=..',
      '?user=.',
      '?user=%20..%20',
      '?user[x]=1',
      `?user=${'x'.repeat(201)}`,
      '?__proto__=1&user=',
    ]) {
      const answer = await server.browser().get(`/api/getUser${query}`);
      assert.equal(answer.status, 200, query);
      assert.match(linesOf(answer.body, /with curl/)[0] ?? '', /users\/\$USER_ID/, query);
    }
  });

  it('begin with a call that works as it stands once the token is filled in', async function () {
    await run('curl', ['--version']).catch(() => skipAloud(this, 'curl is not installed'));
    const [first = ''] = linesOf(html, /^The first call with curl$/);
    assert.equal(first.split('\n').length, 1);
    const { stdout } = await run('sh', ['-c', `${first.replace(TOKEN_PLACE, API_TOKEN)} -sS`]);
    assert.match(stdout, /"name":"Example Corp"/);
  });

  for (const [language, { command, file, runs }] of Object.entries(LANGUAGES)) {
    it(
      sampled(language === 'curl', `have examples in ${language} that work as they stand`),
      async function () {
        this.timeout(120_000);
        await run(command, ['--version']).catch(() => skipAloud(this, `${command} is not installed`));
        const folder = await mkdtemp(join(tmpdir(), 'vestibule-examples-'));
        let setup = '';
        const steps: string[] = [];
        for (const { id, method } of operations) {
          if (method !== 'get' && !RUN.includes(id)) continue;
          const page = await pageOf(id);
          [setup = ''] = linesOf(page, /^Lines to run first$/);
          const [example = ''] = linesOf(page, new RegExp(`with ${language}$`));
          for (const [name] of example.matchAll(/\b[A-Z]+_ID\b|\bAPPLICATION\b/g))
            assert.ok(setup.includes(`export ${name}=`), `${id} needs ${name}`);
          if (ABSENT.test(example)) continue;
          const path = join(folder, `${id}.${file}`);
          await writeFile(path, language === 'curl' ? `${example} --fail-with-body` : example);
          const isGood = language === 'JavaScript' ? ` && grep -q '^2' ${path}.out` : '';
          steps.push(`${runs} ${path} > ${path}.out${isGood} || echo "failed: ${id}"`);
        }
        assert.ok(steps.length >= 25, String(steps.length));
        const script = [setup.replace(TOKEN_PLACE, API_TOKEN), ...steps].join('\n');
        const { stdout, stderr } = await run('sh', ['-c', `${script}\ntrue`]);
        await rm(folder, { recursive: true });
        assert.deepEqual([stdout, stderr], ['', '']);
      },
    );
  }
});

const TOKEN_PLACE = 'the-token-that-the-first-start-printed';
