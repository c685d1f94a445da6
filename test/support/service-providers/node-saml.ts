import { generateServiceProviderMetadata, SAML, ValidateInResponseTo } from '@node-saml/node-saml';
import { z } from 'zod';
import { samlFixture } from '../saml/keys.ts';
import {
  REQUESTER,
  textsOf,
  trusting,
  type IdentityProviderToTrust,
  type ServiceProvider,
  type ServiceProviderSetup,
  type Wishes,
} from './service-provider.ts';

const KEYS = {
  privateKey: samlFixture('sp-key.pem'),
  publicCerts: samlFixture('sp-cert.pem'),
  signatureAlgorithm: 'sha256',
  digestAlgorithm: 'sha256',
} as const;

const EXTENSIONS = {
  'tests:Note': { '@xmlns:tests': 'urn:vestibule:tests', '#text': 'nothing that we know' },
};

/** `@node-saml/node-saml` (Node) with all strict options. */
export function nodeSaml(setup: ServiceProviderSetup): ServiceProvider {
  const { entityId, acsUrl, signing, signsRequests, nameIdFormat } = setup;
  const { trust, trusted } = trusting<IdentityProviderToTrust>();
  /** `requestId` is the ID of the request in progress. */
  const saml = (requestId: string | undefined, skipRequestCompression = false, wishes: Wishes = {}) => {
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
      ...(nameIdFormat !== undefined && { identifierFormat: nameIdFormat }),
      // By default it requests exactly PasswordProtectedTransport.
      ...(wishes.forceAuthn && { forceAuthn: true }),
      ...(wishes.isPassive && { passive: true }),
      ...(wishes.requesterId && { scoping: { requesterId: [REQUESTER] } }),
      ...(wishes.extensions && { samlAuthnRequestExtensions: EXTENSIONS }),
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
    async request(binding, relayState, wishes) {
      const id = `_node-saml-${(requests += 1)}`;
      // node-saml also deflates requests in forms, unless an option turns this off.
      const sp = saml(id, binding === 'post', wishes);
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
        inResponseTo: z.string().nullish().parse(profile['inResponseTo']) ?? undefined,
        attributes: textsOf(profile['attributes']),
      };
    },
  };
}
