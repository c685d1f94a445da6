import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { DAY_MS } from '../../../../src/foundation/platform/clock.ts';
import { formOf, textOf, type Answer, type Browserless } from '../../../support/servers/browserless.ts';
import { API_TOKEN, signIn, startServer, type TestServer } from '../../../support/servers/server.ts';

const WIKI = '/demo/console/applications/wiki/certificates';

describe('the console’s certificates', () => {
  let server: TestServer;
  let ana: Browserless;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer();
    await server.organization.users.setConsoleAccess('ana@example.com', 'full');
    ana = server.browser();
    await signIn(ana, 'ana@example.com', 'correct-Horse-7');
  });
  after(() => server.stop());

  const held = async () => (await server.organization.applications.get('wiki'))?.certificates.list() ?? [];
  const send = (page: Answer, action: string, values: Record<string, string> = {}) => {
    const form = formOf(page, action);
    return ana.post(form.action, { ...form.fields, ...values }, { site: 'same-origin' });
  };
  const generate = async (values: Record<string, string> = {}) =>
    send(await ana.get(`${WIKI}/generate`), '/generate', values);

  it('that can’t be imported are refused, and the key isn’t shown again', async () => {
    const privateKeyPem = '-----BEGIN PRIVATE KEY-----\nsecret\n-----END PRIVATE KEY-----';
    const refused = await send(await ana.get(`${WIKI}/import`), '/import', {
      certificatePem: 'x',
      privateKeyPem,
    });
    assert.equal(refused.status, 400);
    assert.doesNotMatch(refused.body, /secret/);
    assert.equal((await held()).length, 1);
  });

  it('are rotated: generated, downloaded, set as active once that is understood, and the old one deleted', async () => {
    const [first] = await held();
    assert.ok(first);
    const made = await generate({ validityMonths: '3', keySize: '1024', algorithm: 'SHA-1' });
    assert.match(made.location ?? '', /certificates\?done=generated$/);
    const list = await ana.get(made.location ?? '');
    assert.match(textOf(list), /The certificate was generated.*Inactive.*1024-bit RSA SHA-1/);
    assert.doesNotMatch(list.body, /PRIVATE KEY|Generate new certificate<\/a>/);
    const second = (await held()).find(({ active }) => !active);
    assert.ok(second);
    const again = await generate();
    assert.equal(again.status, 409);
    assert.match(textOf(again), /at most 2 certificates/);

    const pem = await ana.get(`${WIKI}/${second.id}/pem`);
    assert.equal(pem.headers.get('content-disposition'), 'attachment; filename="wiki.pem"');
    assert.equal(new X509Certificate(pem.body).publicKey.asymmetricKeyDetails?.modulusLength, 1024);
    assert.match(
      textOf(await ana.get(`${WIKI}/${second.id}`)),
      /Serial number [0-9A-F]+ .*SHA-256 fingerprint/,
    );

    const asked = await ana.get(`${WIKI}/${second.id}/activate`);
    for (const acknowledged of ['', 'no']) {
      const refused = await send(asked, '/activate', { acknowledged });
      assert.equal(refused.status, 400);
      assert.match(textOf(refused), /Check the box/);
    }
    assert.equal((await held()).find(({ active }) => active)?.id, first.id);
    assert.equal((await send(asked, '/activate', { acknowledged: 'yes' })).status, 303);
    assert.equal((await held()).find(({ active }) => active)?.id, second.id);

    const active = await ana.get(`${WIKI}/${second.id}/delete`);
    const refused = await send(active, '/delete');
    assert.equal(refused.status, 409);
    assert.match(textOf(refused), /The active certificate can’t be deleted/);
    assert.equal((await send(await ana.get(`${WIKI}/${first.id}/delete`), '/delete')).status, 303);
    assert.deepEqual(
      (await held()).map(({ id }) => id),
      [second.id],
    );
    assert.equal((await ana.get(`${WIKI}/${first.id}`)).status, 404);
  });

  it('are rehearsed in one browser by a link that is shown once, until that is ended', async () => {
    await generate();
    const next = (await held()).find(({ active }) => !active);
    const started = await send(await ana.get(WIKI), `/${next?.id}/rehearse`);
    assert.match(textOf(started), /http:\/\/localhost:\d+\/[\w-]+\/saml\/rehearsal\/[\w-]{43}/);
    const listed = await ana.get(WIKI);
    assert.match(textOf(listed), /its link waits for a browser/);
    assert.doesNotMatch(listed.body, /saml\/rehearsal/);
    const ended = await send(listed, '/rehearsals/end');
    assert.match(ended.location ?? '', /done=rehearsals-ended$/);
    assert.doesNotMatch(textOf(await ana.get(WIKI)), /its link waits/);
  });

  it('say by words and colour how close their end is, by the organization’s clock', async () => {
    assert.match(textOf(await ana.get(WIKI)), /, ends in 90 days or less.*, valid/);
    const headers = { authorization: `Bearer ${API_TOKEN}` };
    const json = { now: new Date(Date.now() + 5 * 366 * DAY_MS).toISOString() };
    await ana.send('POST', '/api/v1/organizations/default/clock/set', { json, headers });
    await signIn(ana, 'ana@example.com', 'correct-Horse-7');
    assert.match(textOf(await ana.get(WIKI)), /, expired.*, expired/);
  });

  it('are only shown to those with read-only access', async () => {
    await server.organization.users.setConsoleAccess('bo@example.com', 'read-only');
    const bo = server.browser();
    await signIn(bo, 'bo@example.com', 'correct-Horse-8');
    const page = await bo.get(WIKI);
    assert.match(textOf(page), /Download/);
    assert.doesNotMatch(page.body, /Generate new certificate<|Set as active|\/rehearse"|\/delete"/);
    const [first] = await held();
    assert.equal(
      (await bo.post(`${WIKI}/${first?.id}/rehearse`, { csrf: 'x' }, { site: 'same-origin' })).status,
      403,
    );
  });
});
