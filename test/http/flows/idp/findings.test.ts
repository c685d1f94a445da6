import assert from 'node:assert/strict';
import type { Finding } from '../../../../src/index.ts';
import { NameIdFormat } from '../../../../src/protocols/saml/types.ts';
import { responseOf } from '../../../support/saml/delivery.ts';
import { CODE, signedIn } from '../../../support/saml/organization.ts';
import { assertRefused } from '../../../support/saml/refusals.ts';
import { startSignedServer } from '../../../support/saml/signed-requests.ts';
import type { Browserless } from '../../../support/servers/browserless.ts';
import type { TestServer } from '../../../support/servers/server.ts';
import {
  api,
  postRequest,
  redirectRequest,
  targetOf,
  type Target,
} from '../../../support/saml/single-sign-on.ts';
import { keyPair, redirectQuery, RSA_SHA1, signEnveloped } from '../../../unit/protocols/saml/helpers.ts';

const { privateKeyPem } = keyPair('sp');
const SHA1 = {
  signatureAlgorithm: RSA_SHA1,
  digestAlgorithm: 'http://www.w3.org/2000/09/xmldsig#sha1',
};

describe('odd requests', () => {
  let server: TestServer;
  let browser: Browserless;
  let target: Target;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startSignedServer();
    browser = await signedIn(server);
    target = await targetOf(server, 'lenient');
  });
  after(() => server.stop());

  const wanting = (format: string) => `<samlp:NameIDPolicy Format="${format}"/>`;
  /** The codes of the newest exchange's findings. */
  const noted = async () => {
    const { items } = (await api(server, 'GET', 'applications/lenient/exchanges?limit=1')) as {
      items: { findings: Finding[] }[];
    };
    return items[0]?.findings.map(({ code }) => code);
  };

  it('signed with SHA-1 are answered by both bindings, and the exchange says so', async () => {
    const options = { privateKeyPem, hash: 'sha1', algorithm: RSA_SHA1 };
    const answered = await redirectRequest(browser, target, target.request(), options);
    assert.deepEqual((await responseOf(answered)).status, [`${CODE}Success`]);
    assert.deepEqual(await noted(), ['weak-algorithm']);
    const xml = signEnveloped(target.request(), { privateKeyPem, ...SHA1 });
    const posted = await postRequest(server, browser, target, xml);
    assert.deepEqual((await responseOf(posted)).status, [`${CODE}Success`]);
    assert.deepEqual(await noted(), ['weak-algorithm']);
  });

  it('have one finding for each oddity, and ordinary ones have none', async () => {
    await redirectRequest(browser, target, target.request());
    assert.deepEqual(await noted(), []);
    const query = redirectQuery(target.request({ content: wanting(NameIdFormat.transient) }));
    // Not within an escape such as `%2B`.
    const spaced = query.replace(/^SAMLRequest=(?:%..|.){50}/, '$&%0A');
    const page = await browser.get(`${target.path}?${spaced}`, { followRedirects: true });
    assert.deepEqual((await responseOf(page)).status, [`${CODE}Success`]);
    assert.deepEqual(await noted(), ['base64-white-space', 'name-id-format-not-asked']);
  });

  it('keep their findings when the service provider gets a status', async () => {
    const content = `${wanting(NameIdFormat.transient)}<samlp:RequestedAuthnContext><saml:AuthnContextClassRef>urn:x</saml:AuthnContextClassRef></samlp:RequestedAuthnContext>`;
    const page = await redirectRequest(browser, target, target.request({ content }));
    assert.deepEqual((await responseOf(page)).status, [`${CODE}Responder`, `${CODE}NoAuthnContext`]);
    assert.deepEqual(await noted(), ['name-id-format-not-asked']);
  });

  it('are refused with “No access” where the profile is as-aws, unless the application is lenient', async () => {
    await api(server, 'PATCH', 'settings', { requests: { profile: 'as-aws' } });
    const transient = () => target.redirect(target.request({ content: wanting(NameIdFormat.transient) }));
    const refusal = { status: 403, says: /No access.*receives.*emailAddress/, reason: 'name-id-policy' };
    await assertRefused(server, () => browser.get(transient(), { site: 'cross-site' }), refusal);
    await api(server, 'PATCH', 'applications/lenient', { requests: { profile: 'lenient' } });
    const page = await browser.get(transient(), { site: 'cross-site', followRedirects: true });
    assert.deepEqual((await responseOf(page)).status, [`${CODE}Success`]);
  });
});
