import assert from 'node:assert/strict';
import { derivedIds, newDirectoryId } from '../../../../src/foundation/platform/ids.ts';
import { resolveSample } from '../../../../src/lab/samples/samples.ts';
import { parsePage, requestOf } from './reading.ts';
import { startSamples, type Harness } from './harness.ts';
import { readServiceProviderMetadata } from '../../../../src/protocols/saml/metadata/service-provider.ts';

describe('the samples', () => {
  it('have addresses of their own in each directory', () => {
    const [one, two] = ['one', 'two'].map((name) => ({
      publicOrigin: 'https://idp.example',
      directoryId: newDirectoryId(derivedIds(name)),
    }));
    assert.ok(one && two);
    assert.deepEqual(resolveSample('notes', one), {
      entityId: `https://idp.example/samples/notes/${one.directoryId}/metadata`,
      acsUrls: [`https://idp.example/samples/notes/${one.directoryId}/acs`],
    });
    assert.notDeepEqual(resolveSample('expenses', one), resolveSample('expenses', two));
    for (const name of ['nothing', 'constructor', '__proto__', '']) {
      assert.equal(resolveSample(name, one), undefined);
    }
  });
});

describe('a connected sample', () => {
  let harness: Harness;
  before(async () => (harness = await startSamples()));
  after(() => harness.stop());

  it('welcomes people with three ways in', async () => {
    const page = await harness.browser().get(harness.home);
    assert.equal(page.status, 200);
    assert.match(page.body, /signin\?binding=redirect/);
    assert.match(page.body, /signin\?binding=post/);
    assert.match(page.body, new RegExp(`/${harness.tenant.instance.directoryId}/start`));
    assert.match(page.headers.get('content-security-policy') ?? '', /form-action 'self'/);
  });

  it('is found only under its name and the directory id', async () => {
    const { directoryId } = harness.tenant.instance;
    for (const path of ['/samples/nothing/', '/samples/__proto__/']) {
      assert.equal((await harness.browser().get(path + directoryId)).status, 404);
    }
    // The alias opens the portal, but a service provider has only one address.
    for (const place of ['demo', 'd-0000000000']) {
      assert.equal((await harness.browser().get(`/samples/notes/${place}`)).status, 404);
    }
  });

  it('publishes metadata that equals the result of resolveSample', async () => {
    const first = await harness.browser().get(`${harness.home}/metadata`);
    assert.match(first.headers.get('content-type') ?? '', /^application\/samlmetadata\+xml/);
    const read = await readServiceProviderMetadata(first.body, { now: harness.clock.now() });
    assert.ok(read.ok);
    assert.equal(read.relyingParty.entityId, harness.addresses.entityId);
    assert.equal(read.relyingParty.assertionConsumerServices[0]?.url, harness.addresses.acsUrl);
    assert.equal(read.relyingParty.wantAssertionsSigned, true);
    const second = await harness.browser().get(`${harness.home}/metadata`);
    assert.equal(second.body, first.body);
  });

  it('sends a request by HTTP-Redirect, at the time of its organization', async () => {
    const browser = harness.browser();
    const answer = await browser.get(`${harness.home}/signin?binding=redirect`);
    assert.equal(answer.status, 302);
    const location = new URL(answer.location ?? '', harness.idp.ssoUrl);
    assert.equal(location.origin + location.pathname, harness.idp.ssoUrl);
    assert.equal(location.searchParams.get('RelayState'), '/notebooks/today');
    const request = await requestOf({ redirect: location.searchParams.get('SAMLRequest') ?? '' });
    assert.equal(request.attributes.get('IssueInstant'), new Date(harness.clock.now()).toISOString());
    assert.equal(request.attributes.get('Destination'), harness.idp.ssoUrl);
    assert.equal(request.attributes.get('AssertionConsumerServiceURL'), harness.addresses.acsUrl);
  });

  it('sends a request by HTTP-POST in a form that is not deflated', async () => {
    const browser = harness.browser();
    const answer = await browser.get(`${harness.home}/signin?binding=post`);
    const { action, fields } = parsePage(answer);
    assert.equal(action, harness.idp.ssoUrl);
    assert.equal(fields['RelayState'], '/notebooks/today');
    const request = await requestOf({ post: fields['SAMLRequest'] ?? '' });
    assert.equal(request.attributes.get('AssertionConsumerServiceURL'), harness.addresses.acsUrl);
    assert.match(answer.body, /<script src="[^"]*deliver[^"]*" nonce="/);
  });

  it('refuses a binding that it does not know', async () => {
    const answer = await harness.browser().get(`${harness.home}/signin?binding=artifact`);
    assert.equal(answer.status, 400);
  });

  it('hides its cookies from scripts and other sites, and names them by directory', async () => {
    const browser = harness.browser();
    const asked = await browser.get(`${harness.home}/signin`);
    const signedIn = await harness.deliver(browser, await harness.respond());
    const cookies = [...asked.setCookies, ...signedIn.setCookies];
    assert.equal(cookies.length, 2);
    for (const cookie of cookies) {
      assert.ok(cookie.startsWith(`vestibule-sample-notes-${harness.tenant.instance.directoryId}`));
      assert.match(cookie, /path=\/; .*httponly/i);
      assert.match(cookie, /samesite=lax/i);
    }
  });
});

describe('a sample without an application', () => {
  let harness: Harness;
  before(async () => (harness = await startSamples({ connected: false })));
  after(() => harness.stop());

  it('explains how to add one', async () => {
    const page = await harness.browser().get(harness.home);
    assert.equal(page.status, 200);
    assert.match(page.body, /serviceProvider: \{sample: notes\}/);
  });

  it('sends no requests and accepts no responses', async () => {
    const browser = harness.browser();
    const login = await browser.get(`${harness.home}/signin`);
    assert.deepEqual([login.status, login.location], [302, harness.home]);
    const refused = await harness.deliver(browser, await harness.respond());
    assert.equal(refused.status, 400);
    assert.match(refused.body, /trusts no identity provider/);
  });

  it('publishes its metadata, so that it can be added', async () => {
    assert.equal((await harness.browser().get(`${harness.home}/metadata`)).status, 200);
  });
});
