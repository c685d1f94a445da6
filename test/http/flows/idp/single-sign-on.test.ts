import assert from 'node:assert/strict';
import { HOUR_MS, MINUTE_MS } from '../../../../src/foundation/platform/clock.ts';
import { normaliseCertificate } from '../../../../src/protocols/saml/signature/certificate.ts';
import { textOf } from '../../../support/servers/browserless.ts';
import {
  descendant,
  attributesOf,
  deliveryOf,
  instantOf,
  responseOf,
} from '../../../support/saml/delivery.ts';
import { ANA, BO, CODE, signedIn, startSamlServer } from '../../../support/saml/organization.ts';
import type { TestServer } from '../../../support/servers/server.ts';
import {
  api,
  authenticate,
  idOf,
  postForm,
  postRequest,
  redirectRequest,
  targetOf,
  type Target,
} from '../../../support/saml/single-sign-on.ts';
import { validateAgainstSchema } from '../../../support/saml/bounded.ts';

const PPT = 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport';

describe('single sign-on', () => {
  let server: TestServer;
  let wiki: Target;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startSamlServer();
    wiki = await targetOf(server, 'wiki');
  });
  after(() => server.stop());

  describe('asked for by the service provider', () => {
    for (const binding of ['Redirect', 'POST'] as const) {
      it(`by HTTP-${binding}: signs the user in, then answers with everything that the profile requires`, async () => {
        const browser = server.browser();
        const xml = wiki.request();
        const identify =
          binding === 'Redirect'
            ? await redirectRequest(browser, wiki, xml, { relayState: '/deep' })
            : await postRequest(server, browser, wiki, xml, '/deep');
        assert.match(textOf(identify), /Wiki/, 'the page says what one signs in to');
        const page = await authenticate(browser, identify, ...ANA);
        const now = server.clock.now();
        const { action, relayState } = deliveryOf(page);
        assert.deepEqual([action, relayState], ['https://wiki.example.com/saml/acs', '/deep']);
        const { root, status, assertion } = await responseOf(page);
        assert.deepEqual(status, [`${CODE}Success`]);
        assert.equal(root.attributes.get('Destination'), action);
        assert.equal(root.attributes.get('InResponseTo'), idOf(xml));
        assert.equal(descendant(root, 'Issuer').text, wiki.ssoUrl);
        assert.equal(descendant(assertion, 'Issuer').text, wiki.ssoUrl);
        assert.equal(instantOf(root, 'IssueInstant'), now);
        const nameId = descendant(assertion, 'Subject', 'NameID');
        assert.equal(nameId.text, 'ana@mail.example.com');
        assert.equal(
          nameId.attributes.get('Format'),
          'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
        );
        const confirmation = descendant(
          assertion,
          'Subject',
          'SubjectConfirmation',
          'SubjectConfirmationData',
        );
        assert.equal(confirmation.attributes.get('InResponseTo'), idOf(xml));
        assert.equal(confirmation.attributes.get('Recipient'), action);
        assert.equal(instantOf(confirmation, 'NotOnOrAfter'), now + HOUR_MS);
        assert.equal(confirmation.attributes.get('NotBefore'), undefined);
        const conditions = descendant(assertion, 'Conditions');
        assert.equal(instantOf(conditions, 'NotBefore'), now - MINUTE_MS);
        assert.equal(instantOf(conditions, 'NotOnOrAfter'), now + HOUR_MS);
        assert.equal(descendant(conditions, 'AudienceRestriction', 'Audience').text, wiki.entityId);
        const statement = descendant(assertion, 'AuthnStatement');
        assert.match(statement.attributes.get('SessionIndex') ?? '', /^_/);
        assert.equal(descendant(statement, 'AuthnContext', 'AuthnContextClassRef').text, PPT);
        assert.deepEqual(attributesOf(assertion), {
          email: ['ana@mail.example.com'],
          givenName: ['Ana'],
          familyName: ['Souza'],
          displayName: ['Ana Souza'],
        });
      });
    }

    it('doesn’t ask a user again who has a session', async () => {
      const browser = await signedIn(server);
      assert.equal(
        (await responseOf(await redirectRequest(browser, wiki, wiki.request()))).status[0],
        `${CODE}Success`,
      );
      assert.equal(
        (await responseOf(await postRequest(server, browser, wiki, wiki.request()))).status[0],
        `${CODE}Success`,
      );
    });

    it('needs no cookie with a POST from another site, sets none, and redirects to a page of ours by 303', async () => {
      const browser = await signedIn(server);
      const sent = await postForm(server, wiki.path, {
        SAMLRequest: Buffer.from(wiki.request()).toString('base64'),
      });
      assert.equal(sent.status, 303);
      assert.deepEqual(sent.setCookies, []);
      assert.match(
        sent.location ?? '',
        new RegExp(`^/${server.instance.directoryId}/saml/continue/[\\w-]{43}$`),
      );
      assert.equal(deliveryOf(await browser.get(sent.location ?? '')).action, wiki.acsUrl);
    });

    it('accepts a POST with any Sec-Fetch-Site, also from a browser with many cookies', async () => {
      const browser = await signedIn(server);
      const form = () => ({ SAMLRequest: Buffer.from(wiki.request()).toString('base64') });
      assert.equal((await browser.post(wiki.path, form(), { site: 'cross-site' })).status, 303);
      assert.equal((await browser.post(wiki.path, form(), { site: 'same-origin' })).status, 303);
    });
  });

  describe('RelayState', () => {
    const texts: [string, string][] = [
      ['empty', ''],
      ['a token', 'ss:mem:8f2a'],
      ['more than 80 bytes', 'x'.repeat(81)],
      ['8 KiB exactly', 'a'.repeat(8192)],
      ['Unicode', '/zoë/日本/😀?q=ünï'],
      ['quotes and markup', `"><script>alert('x')</script>&amp;&lt;&#39;`],
      ['an encoded address', 'https://wiki.example.com/a?b=c%20d&e=%2B+f#g%'],
      ['white space at its ends', '  two words\t '],
    ];
    for (const [what, relayState] of texts) {
      it(`comes back unchanged by both bindings: ${what}`, async () => {
        const browser = await signedIn(server);
        const byRedirect = await redirectRequest(browser, wiki, wiki.request(), { relayState });
        assert.equal(deliveryOf(byRedirect).relayState, relayState);
        const byPost = await postRequest(server, browser, wiki, wiki.request(), relayState);
        assert.equal(deliveryOf(byPost).relayState, relayState);
      });
    }

    it('may be 8 KiB of characters that take several bytes', async () => {
      const relayState = '日'.repeat(2730) + 'ab';
      assert.equal(Buffer.byteLength(relayState), 8192);
      const page = await postRequest(server, await signedIn(server), wiki, wiki.request(), relayState);
      assert.equal(deliveryOf(page).relayState, relayState);
    });

    it('is decoded as a form’s value by HTTP-Redirect: a plus sign is a space', async () => {
      const encode = (text: string) => encodeURIComponent(text).replaceAll('%20', '+');
      const page = await redirectRequest(await signedIn(server), wiki, wiki.request(), {
        relayState: 'a b+c',
        encode,
      });
      assert.equal(deliveryOf(page).relayState, 'a b+c');
    });

    it('isn’t added to the answer to a request without one, although the application has its own', async () => {
      const browser = await signedIn(server);
      assert.equal(deliveryOf(await redirectRequest(browser, wiki, wiki.request())).relayState, undefined);
      assert.equal(
        deliveryOf(await postRequest(server, browser, wiki, wiki.request())).relayState,
        undefined,
      );
    });

    it('survives the sign-in', async () => {
      const browser = server.browser();
      const identify = await redirectRequest(browser, wiki, wiki.request(), { relayState: '/zoë & "co"' });
      assert.equal(deliveryOf(await authenticate(browser, identify, ...ANA)).relayState, '/zoë & "co"');
    });
  });

  describe('begun here', () => {
    it('has no InResponseTo, goes to the default address, and carries the application’s RelayState', async () => {
      const page = await (await signedIn(server)).get(wiki.path, { site: 'same-origin' });
      assert.equal(deliveryOf(page).relayState, 'https://wiki.example.com/home');
      assert.equal(deliveryOf(page).action, wiki.acsUrl);
      const { root, xml } = await responseOf(page);
      assert.equal(root.attributes.get('Destination'), wiki.acsUrl);
      assert.doesNotMatch(xml, /InResponseTo/);
    });

    it('asks for a sign-in first, then goes on', async () => {
      const browser = server.browser();
      const identify = await browser.get(wiki.path, { followRedirects: true });
      assert.match(textOf(identify), /Wiki/);
      assert.equal(deliveryOf(await authenticate(browser, identify, ...ANA)).action, wiki.acsUrl);
    });

    it('is what the portal’s tile starts', async () => {
      assert.ok((await (await signedIn(server)).get('/demo/start')).body.includes(`href="${wiki.path}"`));
    });
  });

  describe('the assertion', () => {
    let mapped: Target;
    before(async () => (mapped = await targetOf(server, 'mapped')));

    it('holds what the application maps: groups by id, mixed text, constants, and nothing for a missing value', async () => {
      const { items } = (await api(server, 'GET', 'groups')) as {
        items: { id: string; displayName: string }[];
      };
      const groups = items.filter(({ displayName }) => displayName !== 'Nobody').map(({ id }) => id);
      const { assertion } = await responseOf(await (await signedIn(server)).get(mapped.path));
      const { groups: told, ...others } = attributesOf(assertion);
      assert.deepEqual([...(told ?? [])].sort(), groups.sort());
      assert.deepEqual(others, {
        mail: ['ana@mail.example.com'],
        label: ['Ana of Souza <&>'],
        constant: ['always'],
      });
      const nameId = descendant(assertion, 'Subject', 'NameID');
      assert.equal(nameId.text, 'ana@example.com');
      assert.equal(nameId.attributes.get('Format'), 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent');
    });

    it('is valid as long as the setting says', async () => {
      const { assertion } = await responseOf(await (await signedIn(server)).get(mapped.path));
      const until = server.clock.now() + 15 * MINUTE_MS;
      assert.equal(instantOf(descendant(assertion, 'Conditions'), 'NotOnOrAfter'), until);
      const data = descendant(assertion, 'Subject', 'SubjectConfirmation', 'SubjectConfirmationData');
      assert.equal(instantOf(data, 'NotOnOrAfter'), until);
    });

    it('has ids that begin with a letter and are never used twice', async () => {
      const browser = await signedIn(server);
      const ids: string[] = [];
      for (let round = 0; round < 3; round += 1) {
        const { root, assertion } = await responseOf(await browser.get(mapped.path));
        ids.push(root.attributes.get('ID') ?? '', assertion?.attributes.get('ID') ?? '');
      }
      assert.equal(new Set(ids).size, 6);
      for (const id of ids) assert.match(id, /^_[\w-]+$/);
    });
  });

  describe('addresses', () => {
    it('carry the directory id, never the alias', async () => {
      const browser = await signedIn(server);
      const underAlias = (path: string) => path.replace(server.instance.directoryId, 'demo');
      for (const path of [wiki.path, wiki.metadataPath, wiki.certificatePath]) {
        assert.equal((await browser.get(underAlias(path))).status, 404, path);
      }
      const form = { SAMLRequest: Buffer.from(wiki.request()).toString('base64') };
      assert.equal((await postForm(server, underAlias(wiki.path), form)).status, 404);
    });

    it('give 404 when they name an unknown application or directory', async () => {
      for (const path of [
        wiki.path.replace(wiki.id, 'ins-0000000000000000'),
        wiki.path.replace(wiki.id, 'wiki'),
        wiki.path.replace(server.instance.directoryId, 'd-0000000000'),
        wiki.metadataPath.replace(wiki.id, 'ins-0000000000000000'),
      ]) {
        assert.equal((await server.browser().get(path)).status, 404, path);
      }
    });

    it('serve metadata that is valid and correct', async () => {
      const { status, body, headers } = await server.browser().get(wiki.metadataPath);
      assert.equal(status, 200);
      assert.match(headers.get('content-type') ?? '', /^application\/samlmetadata\+xml/);
      assert.deepEqual(await validateAgainstSchema(body, 'metadata'), { ok: true });
      assert.ok(body.includes(`entityID="${wiki.ssoUrl}"`));
      for (const binding of ['HTTP-POST', 'HTTP-Redirect']) {
        assert.ok(body.includes(`bindings:${binding}" Location="${wiki.ssoUrl}"/>`), binding);
      }
      const pem = (await server.browser().get(wiki.certificatePath)).body;
      const [, certificate] = /<ds:X509Certificate>([^<]+)</.exec(body) ?? [];
      assert.equal(certificate, normaliseCertificate(pem));
      const { xml } = await responseOf(await (await signedIn(server)).get(wiki.path));
      const sent = [...xml.matchAll(/<ds:X509Certificate>([^<]+)</g)].map(([, each]) => each);
      assert.deepEqual(sent, [certificate, certificate]);
    });
  });

  describe('the delivery page', () => {
    it('may post to any site, and can’t be cached or framed', async () => {
      const page = await (await signedIn(server)).get(wiki.path);
      const policy = page.headers.get('content-security-policy') ?? '';
      assert.doesNotMatch(policy, /form-action/);
      assert.match(policy, /default-src 'none'/);
      assert.match(policy, /frame-ancestors 'none'/);
      assert.equal(page.headers.get('cache-control'), 'no-store');
      assert.notEqual(page.headers.get('referrer-policy'), 'no-referrer', 'Origin: null is refused by some');
    });

    it('is the only such page: the page of a refusal posts only to our own site', async () => {
      const page = await (await signedIn(server, BO)).get(wiki.path);
      assert.equal(page.status, 403);
      assert.match(page.headers.get('content-security-policy') ?? '', /form-action 'self'/);
    });
  });
});
