import { generateServiceProviderMetadata, SAML, ValidateInResponseTo } from '@node-saml/node-saml';
import { samlFixture } from '../keys.ts';
import {
  textsOf,
  trusting,
  type IdentityProviderToTrust,
  type ServiceProvider,
  type ServiceProviderSetup,
} from './service-provider.ts';

const KEYS = {
  privateKey: samlFixture('sp-key.pem'),
  publicCerts: samlFixture('sp-cert.pem'),
  signatureAlgorithm: 'sha256',
  digestAlgorithm: 'sha256',
} as const;

/** `@node-saml/node-saml` (Node), strict wherever it has a switch. */
export function nodeSaml(setup: ServiceProviderSetup): ServiceProvider {
  const { entityId, acsUrl, signing, signsRequests } = setup;
  const { trust, trusted } = trusting<IdentityProviderToTrust>();
  /** `requestId`: the one that is out. */
  const saml = (requestId: string | undefined, skipRequestCompression = false) => {
    const idp = trusted();
    return new SAML({
      ...{ issuer: entityId, callbackUrl: acsUrl, audience: entityId },
      ...{ entryPoint: idp.ssoUrl, idpCert: idp.certificatePem, idpIssuer: idp.entityId },
      wantAuthnResponseSigned: signing.response,
      wantAssertionsSigned: signing.assertion,
      acceptedClockSkewMs: 0,
      validateInResponseTo:
        requestId === undefined ? ValidateInResponseTo.ifPresent : ValidateInResponseTo.always,
      cacheProvider: {
        saveAsync: () => Promise.resolve(null),
        getAsync: (id) => Promise.resolve(id === requestId ? new Date().toISOString() : null),
        removeAsync: () => Promise.resolve(null),
      },
      ...(requestId !== undefined && { generateUniqueId: () => requestId }),
      skipRequestCompression,
      ...(signsRequests && KEYS),
    });
  };
  let requests = 0;
  return {
    registration: () =>
      Promise.resolve({
        metadataXml: generateServiceProviderMetadata({
          ...{ issuer: entityId, callbackUrl: acsUrl, wantAssertionsSigned: signing.assertion },
          ...(signsRequests && KEYS),
        }),
      }),
    trust,
    async request(binding, relayState) {
      const id = `_node-saml-${(requests += 1)}`;
      // node-saml deflates what goes into a form, too, unless it is told not to.
      const sp = saml(id, binding === 'post');
      return binding === 'redirect'
        ? { id, binding, url: await sp.getAuthorizeUrlAsync(relayState, undefined, {}) }
        : { id, binding, html: await sp.getAuthorizeFormAsync(relayState) };
    },
    async validate(samlResponse, requestId) {
      const { profile } = await saml(requestId).validatePostResponseAsync({ SAMLResponse: samlResponse });
      if (!profile) throw new Error('node-saml found nobody in the response.');
      return {
        nameId: profile.nameID,
        nameIdFormat: profile.nameIDFormat,
        sessionIndex: profile.sessionIndex,
        attributes: textsOf(profile['attributes']),
      };
    },
  };
}
