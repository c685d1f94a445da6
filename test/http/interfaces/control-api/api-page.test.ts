import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { OpenApiDocument } from '../../../../src/interfaces/control-api/contract/openapi.ts';
import { createControlApi } from '../../../../src/interfaces/control-api/contract/routes.ts';
import { skipAloud } from '../../../support/basics/skip.ts';
import { API_TOKEN, startServer, type TestServer } from '../../../support/servers/server.ts';

const run = promisify(execFile);

/** Unescapes HTML that contains no tags. */
const textOf = (html: string) =>
  html.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

describe('the page of the control API', () => {
  let server: TestServer;
  let html: string;
  before(async function () {
    this.timeout(30_000); // the first server generates keys
    server = await startServer();
    const answer = await server.browser().get('/api');
    assert.equal(answer.status, 200);
    html = answer.body;
  });
  after(() => server.stop());

  const linesOf = (label: RegExp) =>
    [...html.matchAll(/<pre[^>]*aria-label="([^"]*)"[^>]*>([^<]*)<\/pre>/g)]
      .filter(([, name = '']) => label.test(name))
      .map(([, , text = '']) => textOf(text));

  it('shows every operation, but no token', () => {
    const needs = {
      ...server.app.operationNeeds,
      verifyToken: () => false,
      applyOrganizationFile: undefined as never,
    };
    for (const { id } of createControlApi(needs).operations) assert.ok(html.includes(`id="${id}"`), id);
    assert.ok(!html.includes(API_TOKEN));
  });

  it('says what each part of a path stands for, as the description for tools does', async () => {
    const { body } = await server.browser().get('/api/v1/openapi.json');
    const { paths } = JSON.parse(body) as OpenApiDocument; // what this server describes
    const parameters = Object.values(paths).flatMap((path) => Object.values(path));
    const unexplained = parameters
      .flatMap((operation) => operation.parameters)
      .filter((each) => each.in === 'path' && (each.description ?? '').length < 5);
    assert.ok(parameters.length > 50);
    assert.deepEqual(unexplained, []);
  });

  it('is where the address of the operations leads', async () => {
    const answer = await server.browser().get('/api/v1');
    assert.deepEqual([answer.status, answer.location], [302, '/api']);
  });

  it('has a nonce of its own in each answer', async () => {
    const noncesIn = (text: string) => [...text.matchAll(/nonce="([^"]+)"/g)].map(([, nonce]) => nonce);
    const [nonces, others] = [noncesIn(html), noncesIn((await server.browser().get('/api')).body)];
    assert.ok(nonces.length > 0 && new Set(nonces).size === 1);
    assert.ok(others.length === nonces.length && !others.includes(nonces[0]));
  });

  it('has commands that work as they stand once the token is filled in', async function () {
    this.timeout(30_000);
    await run('curl', ['--version']).catch(() => skipAloud(this, 'curl is not installed'));
    const [setup = ''] = linesOf(/^Lines to run first$/);
    // This organization has no import, no mail and no logo.
    const gets = linesOf(/^GET /).filter((line) => !/IMPORT_ID|MAIL_ID|\/logo/.test(line));
    assert.ok(gets.length >= 15);
    const lines = [...gets, ...linesOf(/^PATCH .*\/settings/), ...linesOf(/^PUT .*\/file/)];
    const script = [
      setup.replace('the-token-that-the-first-start-printed', API_TOKEN),
      ...lines.map((line) => `${line} --fail-with-body -o /dev/null || echo "failed: ${line.split('"')[1]}"`),
    ].join('\n');
    const { stdout, stderr } = await run('sh', ['-c', script]);
    assert.deepEqual([stdout, stderr], ['', '']);
  });
});
