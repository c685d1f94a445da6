import assert from 'node:assert/strict';
import { encodePost } from '../../../../src/protocols/saml/bindings/post.ts';
import type { Answer } from '../../../support/servers/browserless.ts';
import { manualClock } from '../../../support/basics/clock.ts';
import { responseOf } from '../../../support/saml/delivery.ts';
import { assertRefused } from '../../../support/saml/refusals.ts';
import { CODE, signedIn } from '../../../support/saml/organization.ts';
import { EXAMPLE, startServer, type TestServer } from '../../../support/servers/server.ts';
import {
  api,
  postForm,
  postRequest,
  redirectRequest,
  targetOf,
  type Target,
} from '../../../support/saml/single-sign-on.ts';
import { keyPair, signEnveloped } from '../../../unit/protocols/saml/helpers.ts';

const [SP, OTHER, STRANGER] = [keyPair('sp'), keyPair('other'), keyPair('idp')];
type KeyPair = typeof SP;

describe('signed requests', () => {
  let server: TestServer;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer({ organization: EXAMPLE, clock: manualClock() });
  });
  after(() => server.stop());

  const certificates = [SP.certificatePem, OTHER.certificatePem];
  const entity = (name: string) => ({
    entityId: `https://${name}.example`,
    acsUrls: [`https://${name}.example/acs`],
  });
  const metadata = (name: string, signed: boolean) =>
    `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="https://${name}.example">
    <md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"${signed ? ' AuthnRequestsSigned="true"' : ''}>
    ${[SP, OTHER]
      .map(
        ({ certificate }) =>
          `<md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`,
      )
      .join('')}
    <md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://${name}.example/acs" index="0"/>
    </md:SPSSODescriptor></md:EntityDescriptor>`;

  /** How an application comes to require signed requests. */
  const ways: [string, object][] = [
    [
      'by-setting',
      {
        serviceProvider: { ...entity('by-setting'), requestSigningCertificates: certificates },
        signedRequests: 'required',
      },
    ],
    [
      'by-values',
      {
        serviceProvider: {
          ...entity('by-values'),
          requestSigningCertificates: certificates,
          authnRequestsSigned: true,
        },
      },
    ],
    ['by-metadata', { serviceProvider: { metadataXml: metadata('by-metadata', true) } }],
    [
      'by-setting-over-metadata',
      {
        serviceProvider: { metadataXml: metadata('by-setting-over-metadata', false) },
        signedRequests: 'required',
      },
    ],
  ];

  const add = async (key: string, given: object): Promise<Target> => {
    await api(server, 'POST', 'applications', { key, displayName: key, ...given });
    await api(server, 'PUT', `applications/${key}/assignments`, { everyone: true });
    return targetOf(server, key);
  };
  const signedBy = (xml: string, { privateKeyPem }: KeyPair) => signEnveloped(xml, { privateKeyPem });
  const sending = (target: Target, signer: KeyPair | undefined): [string, () => Promise<Answer>][] => {
    const xml = target.request();
    const posted = signer ? signedBy(xml, signer) : xml;
    return [
      [
        'Redirect',
        () =>
          server.browser().get(target.redirect(xml, signer ? { privateKeyPem: signer.privateKeyPem } : {}), {
            site: 'cross-site',
          }),
      ],
      ['POST', () => postForm(server, target.path, { SAMLRequest: encodePost(posted) })],
    ];
  };

  for (const [key, given] of ways) {
    describe(`are required ${key.replaceAll('-', ' ')}`, () => {
      let target: Target;
      before(async () => {
        target = await add(key, given);
      });

      it('as our metadata says', async () => {
        const { body } = await server.browser().get(target.metadataPath);
        assert.match(body, /WantAuthnRequestsSigned="true"/);
      });

      for (const [name, signer] of [
        ['first', SP],
        ['second', OTHER],
      ] as const) {
        it(`and verified with the ${name} certificate of the service provider, by both bindings`, async () => {
          const browser = await signedIn(server, ['ana@example.com', 'correct-Horse-7']);
          const { privateKeyPem } = signer;
          const byRedirect = await redirectRequest(browser, target, target.request(), {
            privateKeyPem,
            relayState: '/r ?&',
          });
          assert.deepEqual((await responseOf(byRedirect)).status, [`${CODE}Success`]);
          const byPost = await postRequest(server, browser, target, signedBy(target.request(), signer));
          assert.deepEqual((await responseOf(byPost)).status, [`${CODE}Success`]);
        });
      }

      it('so that unsigned requests and those of a stranger are refused', async () => {
        for (const [, send] of sending(target, undefined))
          await assertRefused(server, send, {
            says: /must be signed, and this one is not/,
            reason: 'signature',
          });
        for (const [, send] of sending(target, STRANGER))
          await assertRefused(server, send, { says: /signature was refused/, reason: 'signature' });
      });
    });
  }

  it('aren’t required otherwise, as our metadata says', async () => {
    const target = await add('free', {
      serviceProvider: { ...entity('free'), requestSigningCertificates: certificates },
    });
    assert.doesNotMatch(
      (await server.browser().get(target.metadataPath)).body,
      /WantAuthnRequestsSigned="true"/,
    );
    const browser = await signedIn(server, ['ana@example.com', 'correct-Horse-7']);
    assert.deepEqual((await responseOf(await redirectRequest(browser, target, target.request()))).status, [
      `${CODE}Success`,
    ]);
    for (const [, send] of sending(target, STRANGER))
      await assertRefused(server, send, { says: /signature was refused/, reason: 'signature' });
    await api(server, 'PATCH', 'applications/free', { signedRequests: 'required' });
    for (const [, send] of sending(target, undefined))
      await assertRefused(server, send, { says: /must be signed/, reason: 'signature' });
  });
});
