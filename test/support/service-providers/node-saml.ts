import { generateServiceProviderMetadata, SAML, ValidateInResponseTo } from '@node-saml/node-saml';
import { samlFixture } from '../keys.ts';
import { textsOf, type ServiceProvider, type ServiceProviderSetup } from './service-provider.ts';

/** Names in a profile of node-saml that are no attributes. */
const OWN = new Set(['issuer', 'inResponseTo', 'sessionIndex', 'nameID', 'nameIDFormat', 'nameQualifier', 'spNameQualifier']);

/** `@node-saml/node-saml` (Node), strict wherever it has a switch. */
export function nodeSaml(setup: ServiceProviderSetup): ServiceProvider {
  const { entityId, acsUrl, signing, signsRequests } = setup;
  const keys = signsRequests
    ? {
        privateKey: samlFixture('sp-key.pem'),
        publicCert: samlFixture('sp-cert.pem'),
        signatureAlgorithm: 'sha256',
        digestAlgorithm: 'sha256',
      }
    : {};
  let saml: SAML | undefined;
  const trusted = () => saml ?? assertNever('it trusts nobody yet');
  const issued = new Set<string>();
  return {
    metadata: () =>
      Promise.resolve(
        generateServiceProviderMetadata({
          issuer: entityId,
          callbackUrl: acsUrl,
          wantAssertionsSigned: signing.assertion,
          ...(signsRequests && { publicCerts: samlFixture('sp-cert.pem') }),
        }),
      ),
    trust({ ssoUrl, certificatePem, entityId: idpIssuer }) {
      saml = new SAML({
        ...{ issuer: entityId, callbackUrl: acsUrl, audience: entityId },
        ...{ entryPoint: ssoUrl, idpCert: certificatePem, idpIssuer },
        wantAuthnResponseSigned: signing.response,
        wantAssertionsSigned: signing.assertion,
        acceptedClockSkewMs: 0,
        validateInResponseTo: ValidateInResponseTo.ifPresent,
        skipRequestCompression: true,
        // Only which requests are out is asked; the test says so for each response.
        cacheProvider: {
          saveAsync: (id, value) => Promise.resolve({ createdAt: Date.now(), value: (issued.add(id), value) }),
          getAsync: (id) => Promise.resolve(issued.has(id) ? new Date().toISOString() : null),
          removeAsync: () => Promise.resolve(null),
        },
        ...keys,
      });
      return Promise.resolve();
    },
    async request(binding, relayState) {
      const before = new Set(issued);
      // node-saml deflates what goes into a form, too, unless it is told not to; then it deflates nothing.
      const sp = trusted();
      sp.options.skipRequestCompression = binding === 'post';
      const made =
        binding === 'redirect'
          ? { binding, url: await sp.getAuthorizeUrlAsync(relayState, undefined, {}) }
          : { binding, html: await sp.getAuthorizeFormAsync(relayState) };
      const [id = ''] = [...issued].filter((each) => !before.has(each));
      return { id, ...made };
    },
    async validate(samlResponse, requestId) {
      issued.clear();
      if (requestId !== undefined) issued.add(requestId);
      const { profile } = await trusted().validatePostResponseAsync({ SAMLResponse: samlResponse });
      if (!profile) throw new Error('node-saml found nobody in the response.');
      const attributes = Object.entries((profile['attributes'] ?? {}) as Record<string, unknown>).filter(
        ([name]) => !OWN.has(name),
      );
      return {
        nameId: profile.nameID,
        nameIdFormat: profile.nameIDFormat,
        sessionIndex: profile.sessionIndex,
        attributes: textsOf(Object.fromEntries(attributes)),
      };
    },
  };
}

function assertNever(message: string): never {
  throw new Error(message);
}
