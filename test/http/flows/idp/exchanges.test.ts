import assert from 'node:assert/strict';
import { z } from 'zod';
import type { Application } from '../../../../src/index.ts';
import { ANA, signedIn, startSamlServer } from '../../../support/saml/organization.ts';
import type { TestServer } from '../../../support/servers/server.ts';
import { api, redirectRequest, targetOf } from '../../../support/saml/single-sign-on.ts';
import { validateAgainstSchema } from '../../../support/saml/bounded.ts';

/** Everything that identifies Ana: her names, her address, her RelayState. */
const PERSONAL = /ana|souza|engineering|sales|secret-state/i;
const emailAddress = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress';
const listed = z.object({ items: z.array(z.looseObject({ id: z.string() })) });

describe('exchanges of an application', () => {
  let server: TestServer;
  let wiki: Application;
  beforeEach(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startSamlServer();
    wiki = (await server.organization.applications.get('wiki')) ?? assert.fail();
  });
  afterEach(() => server.stop());

  const [ana] = ANA;
  const respond = (inResponseTo: string) =>
    wiki.respond({ user: ana, inResponseTo, relayState: 'secret-state' });
  const ask = async (method: string, path = '') =>
    listed.parse(await api(server, method, `applications/wiki/exchanges${path}`)).items;
  /** A sign-on with a request that names its subject. */
  const signOn = async () => {
    const target = await targetOf(server, 'wiki');
    const content = '<saml:Subject><saml:NameID>ana@mail.example.com</saml:NameID></saml:Subject>';
    const relayState = 'secret-state';
    const page = await redirectRequest(await signedIn(server), target, target.request({ content }), {
      relayState,
    });
    assert.equal(page.status, 200);
  };

  it('contain what tests need, so that tests don’t parse XML', async () => {
    const { xml } = await respond('_1');
    const [exchange] = await wiki.exchanges.list();
    assert.ok(exchange?.assertion);
    const { assertion, ...rest } = exchange;
    assert.deepEqual(rest, {
      id: / ID="([^"]*)"/.exec(xml)?.[1],
      ...{ userName: ana, initiatedBy: 'service-provider', requestXml: null, responseXml: xml },
      ...{ acsUrl: 'https://wiki.example.com/saml/acs', relayState: 'secret-state' },
      ...{
        status: 'urn:oasis:names:tc:SAML:2.0:status:Success',
        at: new Date(server.clock.now()).toISOString(),
      },
      ...{ inResponseTo: '_1', signed: ['response', 'assertion'], findings: [] },
    });
    const { sessionIndex, ...said } = assertion;
    assert.match(sessionIndex ?? '', /^_/);
    assert.deepEqual(said, {
      ...{ nameId: 'ana@mail.example.com', nameIdFormat: emailAddress },
      attributes: {
        ...{ email: ['ana@mail.example.com'], givenName: ['Ana'], familyName: ['Souza'] },
        displayName: ['Ana Souza'],
      },
      ...{ audiences: ['https://wiki.example.com/saml'], recipient: 'https://wiki.example.com/saml/acs' },
      notBefore: new Date(server.clock.now() - 60_000).toISOString(),
      notOnOrAfter: new Date(server.clock.now() + 3_600_000).toISOString(),
      authnContextClassRef: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
    });
    const [byApi] = await ask('GET');
    assert.deepEqual(byApi?.['assertion'], assertion);
    await wiki.update({ signing: { response: false, assertion: true } });
    await respond('_2');
    assert.deepEqual((await wiki.exchanges.list())[0]?.signed, ['assertion']);
  });

  it('are taken once, the oldest first, by library and API', async () => {
    for (const id of ['_1', '_2', '_3', '_4']) await respond(id);
    const first = await wiki.exchanges.take({ limit: 1 });
    assert.deepEqual(
      first.map(({ inResponseTo }) => inResponseTo),
      ['_1'],
    );
    const second = await ask('POST', '/take?limit=2');
    assert.deepEqual(
      second.map(({ inResponseTo }) => inResponseTo),
      ['_2', '_3'],
    );
    const rest = await Promise.all([wiki.exchanges.take(), wiki.exchanges.take()]);
    assert.deepEqual(
      rest.flat().map(({ inResponseTo }) => inResponseTo),
      ['_4'],
    );
    assert.deepEqual(await wiki.exchanges.list(), []);
    await respond('_5');
    await wiki.exchanges.clear();
    assert.deepEqual(await wiki.exchanges.take(), []);
  });

  it('are redacted on demand, by library and API', async () => {
    await signOn();
    for (const shown of [
      await wiki.exchanges.list({ redact: true }),
      await ask('GET', '?redact=true'),
      await ask('POST', '/take?redact=true'),
    ]) {
      assert.equal(shown.length, 1);
      const text = JSON.stringify(shown);
      assert.doesNotMatch(text, PERSONAL);
      assert.match(text, /"relayState":"redacted"/);
    }
  });

  it('are kept redacted where the setting says so, and then can’t be replayed or identify a user', async () => {
    await server.organization.settings.update({ exchanges: { content: 'redacted' } });
    await signOn();
    const [exchange] = await wiki.exchanges.list();
    assert.ok(exchange);
    assert.doesNotMatch(JSON.stringify(exchange), PERSONAL);
    assert.deepEqual(await validateAgainstSchema(exchange.responseXml, 'protocol'), { ok: true });
    assert.match(exchange.requestXml ?? '', /<saml:NameID>redacted<\/saml:NameID>/);
    const row = await server.db.read.selectFrom('exchanges').selectAll().executeTakeFirstOrThrow();
    assert.ok(row.user_id);
    assert.equal(exchange.userName, 'redacted');
    assert.deepEqual(exchange.signed, ['response', 'assertion']);
    assert.deepEqual(exchange.assertion?.attributes['email'], ['redacted']);
  });

  it('aren’t kept where the setting says none, while the sign-on and its event go on', async () => {
    await server.organization.settings.update({ exchanges: { content: 'none' } });
    await signOn();
    assert.deepEqual(await wiki.exchanges.list(), []);
    assert.equal((await server.events()).at(-1)?.eventName, 'Federate');
  });

  it('come with warnings when they are made without a browser', async () => {
    const unasked = await wiki.respond({ user: ana, relayState: 'x'.repeat(81) });
    // The test's clock may stand before the certificates of keys that an earlier run made.
    const codes = unasked.warnings.map(({ code }) => code).filter((code) => !code.startsWith('certificate'));
    assert.deepEqual(codes, ['relay-state-long', 'unsolicited']);
    const answer = await api(server, 'POST', 'applications/mapped/responses', {
      user: ana,
      inResponseTo: '_1',
    });
    const warnings = z.object({ warnings: z.array(z.looseObject({ code: z.string(), what: z.string() })) });
    const leftOut = warnings.parse(answer).warnings.find(({ code }) => code === 'attribute-left-out');
    assert.match(leftOut?.what ?? '', /“nothing”/);
  });

  it('refuse a limit that is too large for a transaction, and a word that isn’t true or false', async () => {
    for (const query of ['limit=101', 'limit=0', 'redact=maybe', 'cursor=x'])
      await assert.rejects(ask('POST', `/take?${query}`), /400/, query);
    await assert.rejects(wiki.exchanges.take({ limit: 1001 }), /limit/);
  });
});
