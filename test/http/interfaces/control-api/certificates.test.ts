import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { DAY_MS } from '../../../../src/foundation/platform/clock.ts';
import { verifyEnvelopedSignature } from '../../../../src/protocols/saml/signature/verify-enveloped.ts';
import { base64Of, carriedIn, certificatesOf } from '../../../support/applications/certificates.ts';
import { deliveryOf, responseOf } from '../../../support/saml/delivery.ts';
import { samlFixture } from '../../../support/saml/keys.ts';
import { signedIn, startSamlServer } from '../../../support/saml/organization.ts';
import { API_TOKEN, type TestServer } from '../../../support/servers/server.ts';
import { api, targetOf, type Target } from '../../../support/saml/single-sign-on.ts';
import { bounded } from '../../../support/saml/bounded.ts';

describe('certificates of an application in the control API', () => {
  let server: TestServer;
  let wiki: Target;
  let certificates: ReturnType<typeof certificatesOf>;
  beforeEach(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startSamlServer();
    wiki = await targetOf(server, 'wiki');
    certificates = certificatesOf(server, 'wiki');
  });
  afterEach(() => server.stop());

  const refused = async (method: string, path: string, json?: object) => {
    const answer = await server.browser().send(method, `/api/v1/organizations/default/${path}`, {
      ...(json && { json }),
      headers: { authorization: `Bearer ${API_TOKEN}` },
    });
    assert.ok(answer.status >= 400, answer.body);
    const { detail, errors = [] } = JSON.parse(answer.body) as {
      detail: string;
      errors?: { pointer: string; detail: string }[];
    };
    return { status: answer.status, detail, errors };
  };
  const read = async (path: string) => (await server.browser().get(path)).body;
  const inMetadata = async () =>
    [...(await read(wiki.metadataPath)).matchAll(/<ds:X509Certificate>([^<]+)</g)].map(([, each = '']) =>
      each.replace(/\s+/g, ''),
    );
  const respond = async () =>
    (await server.organization.applications.get('wiki'))?.respond({ user: 'ana@example.com' });

  it('are rotated: generated, downloaded, set as active with the warning acknowledged, the old one deleted', async () => {
    const [first] = await certificates.list();
    assert.ok(first);
    assert.deepEqual([first.status, first.keySize, first.algorithm], ['ACTIVE', 2048, 'SHA-256']);
    const second = await certificates.add({ validityMonths: 3, keySize: 1024, algorithm: 'SHA-1' });
    assert.deepEqual([second.status, second.keySize, second.algorithm], ['INACTIVE', 1024, 'SHA-1']);
    assert.equal((await refused('POST', certificates.base, {})).status, 409);
    const pem = await server
      .browser()
      .get(`/api/v1/organizations/default/${certificates.base}/${second.id}/pem`, {
        headers: { authorization: `Bearer ${API_TOKEN}` },
      });
    assert.equal(pem.headers.get('content-type'), 'application/x-pem-file');
    assert.equal(new X509Certificate(pem.body).publicKey.asymmetricKeyDetails?.modulusLength, 1024);

    const unconfirmed = await refused('POST', `${certificates.base}/${second.id}/activate`, {});
    assert.equal(unconfirmed.status, 400);
    assert.equal(unconfirmed.errors[0]?.pointer, '/acknowledged');
    assert.match(unconfirmed.errors[0].detail, /may require you to re-establish the trust/);
    const falsely = { acknowledged: false };
    assert.equal((await refused('POST', `${certificates.base}/${second.id}/activate`, falsely)).status, 400);
    assert.equal(carriedIn((await respond())?.xml ?? ''), base64Of(first.certificatePem));

    assert.equal((await certificates.activate(second.id)).status, 'ACTIVE');
    const after = (await respond())?.xml ?? '';
    assert.equal(carriedIn(after), base64Of(second.certificatePem));
    assert.match(after, /rsa-sha1"/);
    assert.equal(await read(wiki.certificatePath), second.certificatePem);
    assert.equal((await refused('DELETE', `${certificates.base}/${second.id}`)).status, 409);
    await certificates.delete(first.id);
    assert.deepEqual(
      (await certificates.list()).map(({ id }) => id),
      [second.id],
    );
  });

  it('are in metadata: the active one alone or, by setting, both with the active one first', async () => {
    const [first] = await certificates.list();
    const second = await certificates.add();
    assert.ok(first);
    const [one, other] = [base64Of(first.certificatePem), base64Of(second.certificatePem)];
    assert.deepEqual(await inMetadata(), [one]);
    await api(server, 'PATCH', 'applications/wiki', { metadataCertificates: 'all' });
    assert.deepEqual(await inMetadata(), [one, other]);
    await certificates.activate(second.id);
    assert.deepEqual(await inMetadata(), [other, one]);
    const library = await server.organization.applications.get('wiki');
    assert.equal(await library?.metadataXml(), await read(wiki.metadataPath));
    await api(server, 'PATCH', 'applications/wiki', { metadataCertificates: 'active' });
    assert.deepEqual(await inMetadata(), [other]);
  });

  it('are red, yellow and green by the organization’s clock, and an expired one still signs, with a warning', async () => {
    // The certificates begin after the instant at which the tests' clock starts, but before now.
    const set = (at: number) => api(server, 'POST', 'clock/set', { now: new Date(at).toISOString() });
    await set(Date.now());
    const [made] = await certificates.list();
    assert.deepEqual([made?.expiry, made?.indicator, made?.warnings], ['valid', 'green', []]);
    const end = Date.parse(made?.notAfter ?? '');
    const shown = async () => {
      const [certificate] = await certificates.list();
      const { certificate: beside } = (await api(server, 'GET', 'applications/wiki')) as {
        certificate: { expiry: string; indicator: string; warnings: { code: string }[] };
      };
      const { items } = (await api(server, 'GET', 'applications?key=wiki')) as {
        items: { certificate: unknown }[];
      };
      assert.deepEqual(items[0]?.certificate, beside);
      assert.equal(certificate?.indicator, beside.indicator);
      const library = await server.organization.applications.get('wiki');
      assert.equal(library?.certificateExpiry, beside.expiry);
      assert.equal((await library.instructions()).warnings.length, beside.warnings.length);
      return [beside.indicator, ...beside.warnings.map(({ code }) => code)];
    };
    for (const [at, expected] of [
      [end - 90 * DAY_MS - 1, ['green']],
      [end - 90 * DAY_MS, ['yellow', 'expiring']],
      [end - 1, ['yellow', 'expiring']],
      [end, ['red', 'expired']],
    ] as const) {
      await set(at);
      assert.deepEqual(await shown(), expected);
    }
    const [expired] = await certificates.list();
    assert.equal(expired?.status, 'ACTIVE');
    assert.equal(carriedIn((await respond())?.xml ?? ''), base64Of(made?.certificatePem ?? ''));
    await api(server, 'POST', 'clock/reset');
  });

  it('are imported with their key, which then signs, and with a warning when expired', async () => {
    const [certificatePem, privateKeyPem] = [samlFixture('idp-cert.pem'), samlFixture('idp-key.pem')];
    const imported = await certificates.add({ certificatePem, privateKeyPem, algorithm: 'SHA-256' });
    assert.equal(imported.status, 'INACTIVE');
    assert.equal(base64Of(imported.certificatePem), base64Of(certificatePem));
    await certificates.activate(imported.id);
    assert.equal(carriedIn((await respond())?.xml ?? ''), base64Of(certificatePem));
    // The key is sealed in the database, and no answer contains it.
    const rows = JSON.stringify(await server.db.read.selectFrom('certificates').selectAll().execute());
    assert.ok(!rows.includes('PRIVATE KEY') && !rows.includes(keyBody(privateKeyPem)));
    const told = JSON.stringify([await certificates.list(), await server.events()]);
    assert.ok(!told.includes('PRIVATE') && !told.includes(keyBody(privateKeyPem)));

    const end = new Date(Date.parse(imported.notAfter) + 1000).toISOString();
    await api(server, 'POST', 'clock/set', { now: end });
    const [, other] = await certificates.list();
    await certificates.delete(other?.id ?? '');
    const again = await certificates.add({ certificatePem, privateKeyPem });
    assert.deepEqual([again.indicator, again.warnings[0]?.code], ['red', 'expired']);
  });

  it('without a subject sign, and their responses are explained like all others', async () => {
    const { default: forge } = await import('node-forge');
    const [privateKeyPem, made] = [samlFixture('idp-key.pem'), forge.pki.createCertificate()];
    const privateKey = forge.pki.privateKeyFromPem(privateKeyPem);
    made.publicKey = forge.pki.rsa.setPublicKey(privateKey.n, privateKey.e);
    made.serialNumber = '01';
    made.sign(privateKey, forge.md.sha256.create());
    const certificatePem = forge.pki.certificateToPem(made);
    await certificates.activate((await certificates.add({ certificatePem, privateKeyPem })).id);
    assert.equal(carriedIn((await respond())?.xml ?? ''), base64Of(certificatePem));
    const page = await (await signedIn(server)).get(`${wiki.path}?administrator`);
    assert.equal(page.status, 200);
  });

  it('that can’t be used are refused with the field and the reason, and nothing changes', async () => {
    const before = await certificates.list();
    const pair = { certificatePem: samlFixture('idp-cert.pem'), privateKeyPem: samlFixture('idp-key.pem') };
    const encrypted = createPrivateKey(pair.privateKeyPem)
      .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
      .toString();
    const wrong: [object, string, RegExp][] = [
      [{ ...pair, certificatePem: 'nonsense' }, '/certificatePem', /not an X\.509 certificate/],
      [
        { ...pair, certificatePem: samlFixture('other-cert.pem') + samlFixture('sp-cert.pem') },
        '/privateKeyPem',
        /not the key of any of the 2 certificates/,
      ],
      [{ ...pair, privateKeyPem: samlFixture('sp-key.pem') }, '/privateKeyPem', /not the certificate’s key/],
      [{ ...pair, privateKeyPem: encrypted }, '/privateKeyPem', /protected by a password/],
      [{ ...pair, privateKeyPem: 'x'.repeat(40_000) }, '/privateKeyPem', /more than/],
      [{ certificatePem: pair.certificatePem }, '/privateKeyPem', /missing/],
      [{ privateKeyPem: pair.privateKeyPem }, '/certificatePem', /missing/],
      [{ ...pair, keySize: 2048 }, '/keySize', /size of an imported key/],
      [{ ...pair, validityMonths: 6 }, '/validityMonths', /can’t be chosen/],
      [{ keySize: 512 }, '/keySize', /1024 or 2048/],
      [{ validityMonths: 0 }, '/validityMonths', /at least one month/],
      [{ validityMonths: 121 }, '/validityMonths', /at most 120/],
      [{ validityMonths: 1.5 }, '/validityMonths', /whole number/],
      [{ algorithm: 'MD5' }, '/algorithm', /SHA-256 or SHA-1/],
      [{ active: true }, '/active', /./],
    ];
    for (const [body, pointer, message] of wrong) {
      const { status, detail, errors } = await refused('POST', certificates.base, body);
      assert.equal(status, 400, JSON.stringify(body));
      assert.ok(detail.startsWith(`${pointer}: `), detail); // names the field for those who read only this
      assert.equal(errors[0]?.pointer, pointer);
      assert.match(errors[0].detail, message);
      assert.ok(!JSON.stringify(errors).includes(keyBody(pair.privateKeyPem)));
    }
    const missing = '00000000-0000-4000-8000-000000000000';
    for (const [method, path, json] of [
      ['POST', `${missing}/activate`, { acknowledged: true }],
      ['DELETE', missing, undefined],
      ['GET', missing, undefined],
      ['GET', `${missing}/pem`, undefined],
    ] as const)
      assert.equal((await refused(method, `${certificates.base}/${path}`, json)).status, 404, path);
    assert.deepEqual(await certificates.list(), before);
  });

  it('of two applications never mix: no certificate of one verifies what the other signs', async () => {
    const browser = await signedIn(server);
    const mapped = await targetOf(server, 'mapped');
    const own = new Map<string, string[]>();
    for (const key of ['wiki', 'mapped']) {
      await certificatesOf(server, key).add();
      await api(server, 'PATCH', `applications/${key}`, { signing: { response: true, assertion: false } });
      own.set(
        key,
        (await certificatesOf(server, key).list()).map(({ certificatePem }) => base64Of(certificatePem)),
      );
    }
    assert.equal(new Set([...own.values()].flat()).size, 4);
    for (const [key, target] of [
      ['wiki', wiki],
      ['mapped', mapped],
    ] as const) {
      const { xml } = await responseOf(await browser.get(target.path));
      for (const [owner, all] of own) {
        for (const [index, certificate] of all.entries()) {
          const good = (await verifyEnvelopedSignature(bounded(xml), [certificate])).ok;
          assert.equal(good, owner === key && index === 0, `${key} by ${owner} ${index}`);
        }
      }
    }
    const other = `${certificatesOf(server, 'mapped').base}/${(await certificates.list())[1]?.id}`;
    assert.equal((await refused('POST', `${other}/activate`, { acknowledged: true })).status, 404);
    assert.equal((await refused('DELETE', other)).status, 404);
  });

  it('are rotated by the library, too', async () => {
    const application = await server.organization.applications.get('wiki');
    assert.ok(application);
    const next = await application.certificates.generate({ validityMonths: 2 });
    assert.deepEqual([next.active, next.expiry, next.warnings.length], [false, 'expiring', 1]);
    await assert.rejects(
      application.certificates.activate(next, { acknowledged: false } as never), // the types don't allow it
      /acknowledged: .*re-establish the trust/,
    );
    await assert.rejects(
      (application.certificates.activate as (id: string) => Promise<unknown>)(next.id), // possible in plain JavaScript
      /acknowledged: .*re-establish the trust/,
    );
    assert.equal((await application.certificates.activate(next, { acknowledged: true })).active, true);
    const [, old] = await application.certificates.list();
    await application.certificates.delete(old ?? '');
    const own = { certificatePem: samlFixture('idp-cert.pem'), privateKeyPem: samlFixture('idp-key.pem') };
    const imported = await application.certificates.import(own);
    assert.equal(imported.keySize, 2048);
    await assert.rejects(application.certificates.import(own), /at most 2 certificates/);
    assert.equal((await application.certificates.list()).length, 2);
    assert.equal(deliveryOf(await (await signedIn(server)).get(wiki.path)).action, wiki.acsUrl);
  });
});

/** The middle of a key, which would show in any text that leaks it. */
const keyBody = (pem: string) => pem.split('\n')[5] ?? '';
