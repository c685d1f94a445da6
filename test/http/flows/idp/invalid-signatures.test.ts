import assert from 'node:assert/strict';
import { createHmac, createPublicKey } from 'node:crypto';
import { encodePost } from '../../../../src/protocols/saml/bindings/post.ts';
import { Binding } from '../../../../src/protocols/saml/types.ts';
import { deliveryOf, responseOf } from '../../../support/saml/delivery.ts';
import { startSignedServer } from '../../../support/saml/signed-requests.ts';
import { assertRefused } from '../../../support/saml/refusals.ts';
import { CODE, signedIn } from '../../../support/saml/organization.ts';
import type { TestServer } from '../../../support/servers/server.ts';
import {
  idOf,
  postForm,
  postRequest,
  redirectRequest,
  targetOf,
  type Target,
} from '../../../support/saml/single-sign-on.ts';
import { keyPair, redirectQuery, RSA_SHA1, signEnveloped } from '../../../unit/protocols/saml/helpers.ts';

const SP = keyPair('sp');
const OTHER = keyPair('other');
const SIGNATURE = /<ds:Signature .*<\/ds:Signature>/s;

const sign = (xml: string, key = SP, xpath?: string) =>
  signEnveloped(xml, { privateKeyPem: key.privateKeyPem, ...(xpath !== undefined && { xpath }) });
const signatureOf = (xml: string) => SIGNATURE.exec(xml)?.[0] ?? assert.fail('it is not signed');
const afterIssuer = (xml: string, content: string) =>
  xml.replace('</saml:Issuer>', () => `</saml:Issuer>${content}`);
/** Puts content into a foreign element in Extensions, where the schema allows anything. */
const inExtensions = (content: string) =>
  `<samlp:Extensions><w xmlns="urn:example:wrapper">${content}</w></samlp:Extensions>`;

describe('invalid signatures on requests', () => {
  let server: TestServer;
  let strict: Target;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startSignedServer();
    strict = await targetOf(server, 'strict');
  });
  after(() => server.stop());

  const post = (xml: string, target = strict) =>
    postForm(server, target.path, { SAMLRequest: encodePost(xml) });
  const query = (text: string, target = strict) =>
    server.browser().get(`${target.path}?${text}`, { site: 'cross-site' });
  const refused = (says: RegExp, reason = 'signature') => ({ says, reason });
  /** The request that an attacker wants to have answered. */
  const evil = () => strict.request({ id: '_evil', attributes: 'ForceAuthn="false"' });
  const privateKeyPem = SP.privateKeyPem;

  for (const [key, unsigned] of [
    ['strict', false],
    ['lenient', true],
    ['unknowing', true],
  ] as const) {
    it(`${key}: genuine requests are answered, by both bindings: signed${unsigned ? ' and unsigned' : ''}`, async () => {
      const target = await targetOf(server, key);
      const browser = await signedIn(server);
      const pages = [
        await redirectRequest(browser, target, target.request(), { relayState: '/r?a=b c', privateKeyPem }),
        await redirectRequest(browser, target, target.request(), { privateKeyPem }),
        await postRequest(server, browser, target, sign(target.request())),
      ];
      if (unsigned) pages.push(await redirectRequest(browser, target, target.request()));
      if (unsigned) pages.push(await postRequest(server, browser, target, target.request()));
      for (const page of pages) assert.deepEqual((await responseOf(page)).status, [`${CODE}Success`]);
      assert.equal(deliveryOf(pages[0] ?? assert.fail()).relayState, '/r?a=b c');
    });
  }

  it('genuine: the parameters come in another order, and the signature keeps its own', async () => {
    const [request = '', ...others] = redirectQuery(strict.request(), {
      relayState: '/r',
      privateKeyPem,
    }).split('&');
    const browser = await signedIn(server);
    const page = await browser.get(`${strict.path}?${[...others.reverse(), request].join('&')}`, {
      followRedirects: true,
    });
    assert.equal(deliveryOf(page).relayState, '/r');
  });

  it('genuine: InResponseTo of the answer is the ID of the signed request', async () => {
    const xml = sign(strict.request());
    const { root } = await responseOf(await postRequest(server, await signedIn(server), strict, xml));
    assert.equal(root.attributes.get('InResponseTo'), idOf(xml));
  });

  /** XML for HTTP-POST without a valid signature of the whole. */
  const forged: [string, () => string, RegExp, string?][] = [
    ['no signature', () => strict.request(), /this one is not signed/],
    [
      'the signature of another key',
      () => sign(strict.request(), OTHER),
      /no certificate of the service provider made/,
    ],
    [
      'the signature of another key with its certificate in KeyInfo',
      () =>
        sign(strict.request(), OTHER).replace(
          '</ds:Signature>',
          `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${OTHER.certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>`,
        ),
      /no certificate of the service provider made/,
    ],
    [
      'the signature of another key with the genuine certificate in KeyInfo',
      () =>
        sign(strict.request(), OTHER).replace(
          '</ds:Signature>',
          `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${SP.certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>`,
        ),
      /no certificate of the service provider made/,
    ],
    [
      'HMAC with the public key as its secret',
      () => {
        const xml = sign(strict.request());
        const secret = createPublicKey(SP.certificatePem).export({ type: 'spki', format: 'pem' });
        const mac = createHmac('sha256', secret).update('x').digest('base64');
        return xml
          .replace(/http:[^"]*#rsa-sha256/, 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256')
          .replace(/(<ds:SignatureValue>)[^<]*/, `$1${mac}`);
      },
      /hmac-sha256 is not accepted/,
    ],
    [
      'SHA-1',
      () => signEnveloped(strict.request(), { privateKeyPem, signatureAlgorithm: RSA_SHA1 }),
      /rsa-sha1 is not accepted/,
    ],
    [
      'content changed after signing',
      () => sign(strict.request()).replace('Version=', 'ForceAuthn="true" Version='),
      /the message was changed, or the signature was moved/,
    ],
    [
      'a signature of another genuine request',
      () => afterIssuer(evil(), signatureOf(sign(strict.request()))),
      /refers to “.*”, and not to the message/,
    ],
    [
      'XSW: an unsigned request that carries a signed assertion of the service provider',
      () =>
        afterIssuer(
          evil(),
          `<samlp:Extensions>${sign(
            `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a" Version="2.0" IssueInstant="2026-01-15T12:00:00Z"><saml:Issuer>${strict.entityId}</saml:Issuer></saml:Assertion>`,
          )}</samlp:Extensions>`,
        ),
      /this one is not signed/,
    ],
    [
      'XSW: an unsigned request that carries the genuine signed one',
      () => afterIssuer(evil(), inExtensions(sign(strict.request()))),
      /this one is not signed/,
    ],
    [
      'XSW: the genuine signature on the forged root, what it signed further down',
      () => {
        const genuine = sign(strict.request());
        return afterIssuer(evil(), signatureOf(genuine) + inExtensions(genuine.replace(SIGNATURE, '')));
      },
      /refers to “.*”, and not to the message/,
    ],
    [
      'XSW: what was signed in an Object of the signature',
      () => {
        const genuine = sign(strict.request());
        const inside = `<ds:Object>${genuine.replace(SIGNATURE, '')}</ds:Object></ds:Signature>`;
        return afterIssuer(
          evil(),
          signatureOf(genuine).replace('</ds:Signature>', () => inside),
        );
      },
      /other parts/,
    ],
    [
      'XSW: the forged root under the ID of the signed one, the signed one further down',
      () => {
        const genuine = sign(strict.request());
        const forgery = strict.request({ id: idOf(genuine), attributes: 'IsPassive="true"' });
        return afterIssuer(forgery, signatureOf(genuine) + inExtensions(genuine.replace(SIGNATURE, '')));
      },
      /schema-invalid/,
      'unreadable',
    ],
    [
      'XSW: two signatures, the genuine one deeper',
      () => {
        const genuine = sign(strict.request());
        return afterIssuer(evil(), signatureOf(sign(evil(), OTHER)) + inExtensions(genuine));
      },
      /more than one signature/,
    ],
    [
      'two SignedInfo elements (CVE-2025-29774)',
      () => sign(strict.request()).replace(/(<ds:SignedInfo>.*<\/ds:SignedInfo>)/s, '$1$1'),
      /schema-invalid/,
      'unreadable',
    ],
    [
      'a comment in the digest (CVE-2025-29775)',
      () => sign(strict.request()).replace('<ds:DigestValue>', '<ds:DigestValue><!-- x -->'),
      /comments|schema-invalid/,
    ],
    [
      'the signature after all other elements, where the schema doesn’t allow it',
      () => {
        const xml = sign(strict.request({ content: '<samlp:NameIDPolicy/>' }));
        const signature = signatureOf(xml);
        return xml
          .replace(SIGNATURE, '')
          .replace('</samlp:AuthnRequest>', () => `${signature}</samlp:AuthnRequest>`);
      },
      /schema-invalid/,
      'unreadable',
    ],
  ];
  for (const [what, make, says, reason] of forged) {
    it(`${what} (POST)`, () => assertRefused(server, () => post(make()), refused(says, reason)));
  }

  it('requests that samlify 2.13 takes for signed, as we never ask it', async () => {
    const samlify = await import('samlify');
    samlify.setSchemaValidator({ validate: () => Promise.resolve('not looked at here') });
    const idp = samlify.IdentityProvider({
      metadata: (await server.browser().get(strict.metadataPath)).body,
    });
    const sp = samlify.ServiceProvider({
      entityID: strict.entityId,
      authnRequestsSigned: true,
      signingCert: SP.certificatePem,
      assertionConsumerService: [{ Binding: Binding.post, Location: strict.acsUrl }],
    });
    const taken: string[] = [];
    for (const [what, make] of forged.filter(([name]) => name.startsWith('XSW'))) {
      const message = { body: { SAMLRequest: encodePost(make()) } };
      await idp.parseLoginRequest(sp, 'post', message).then(
        () => taken.push(what),
        () => undefined, // samlify refuses it, too
      );
    }
    assert.deepEqual(taken, [
      'XSW: the genuine signature on the forged root, what it signed further down',
      'XSW: what was signed in an Object of the signature',
    ]);
  });

  it('a signature in the message instead of the query (Redirect)', () =>
    assertRefused(
      server,
      () => query(redirectQuery(sign(strict.request()))),
      refused(/this one is not signed/),
    ));

  it('a signed request without a Destination (POST)', () =>
    assertRefused(
      server,
      () => post(sign(strict.request({ destination: null }))),
      refused(/is signed but has no Destination/, 'destination'),
    ));

  it('a wrong signature where none is required: refused as well', async () => {
    const lenient = await targetOf(server, 'lenient');
    const byQuery = redirectQuery(lenient.request(), { privateKeyPem: OTHER.privateKeyPem });
    for (const send of [() => post(sign(lenient.request(), OTHER), lenient), () => query(byQuery, lenient)]) {
      await assertRefused(server, send, refused(/no certificate of the service provider made/));
    }
  });

  it('a genuine signature for another application, whose Destination and Issuer differ', async () => {
    const lenient = await targetOf(server, 'lenient');
    const xml = lenient.request();
    for (const send of [() => post(sign(xml)), () => query(redirectQuery(xml, { privateKeyPem }))]) {
      await assertRefused(server, send, refused(/Destination is/, 'destination'));
    }
  });

  it('unlike genuine requests, which are still answered afterwards', async () => {
    const browser = await signedIn(server);
    for (const page of [
      await postRequest(server, browser, strict, sign(strict.request())),
      await redirectRequest(browser, strict, strict.request(), { privateKeyPem }),
    ]) {
      assert.deepEqual((await responseOf(page)).status, [`${CODE}Success`]);
    }
  });
});
