import * as samlify from 'samlify';
import { z } from 'zod';
import { samlFixture } from '../saml/keys.ts';
import {
  textsOf,
  trusting,
  type IdentityProviderToTrust,
  type ServiceProvider,
  type ServiceProviderSetup,
} from './service-provider.ts';
import { validateAgainstSchema } from '../saml/bounded.ts';

const extracted = z.object({
  nameID: z.string(),
  audience: z.string(),
  response: z.object({ destination: z.string(), inResponseTo: z.string().optional() }),
  sessionIndex: z.object({ sessionIndex: z.string() }),
  attributes: z.record(z.string(), z.unknown()).optional(),
});

/** The index of the only AssertionConsumerService in its metadata. */
const ACS_INDEX = 0;

/** `samlify` (Node). It compares neither Destination, Audience nor InResponseTo; the application does that here. */
export function samlifyServiceProvider(setup: ServiceProviderSetup): ServiceProvider {
  const { entityId, acsUrl, signing, signsRequests, nameIdFormat } = setup;
  samlify.setSchemaValidator({
    async validate(xml: string) {
      const verdict = await validateAgainstSchema(xml, 'protocol');
      if (!verdict.ok) throw new Error(verdict.detail);
      return 'valid';
    },
  });
  const sp = samlify.ServiceProvider({
    entityID: entityId,
    authnRequestsSigned: signsRequests,
    ...(nameIdFormat !== undefined && { nameIDFormat: [nameIdFormat], allowCreate: true }),
    wantMessageSigned: signing.response,
    wantAssertionsSigned: signing.assertion,
    privateKey: samlFixture('sp-key.pem'),
    signingCert: samlFixture('sp-cert.pem'),
    // The place of the signature in a request; by default samlify looks for a Response.
    signatureConfig: {
      prefix: 'ds',
      location: { reference: "/*[local-name(.)='AuthnRequest']/*[local-name(.)='Issuer']", action: 'after' },
    },
    requestSignatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    assertionConsumerService: [
      { Binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST', Location: acsUrl },
    ],
  });
  const { trust, trusted } = trusting(({ metadataXml }: IdentityProviderToTrust) =>
    samlify.IdentityProvider({ metadata: metadataXml }),
  );
  return {
    registration: () => Promise.resolve({ metadataXml: sp.getMetadata() }),
    trust,
    request(binding, relayState, wishes = {}) {
      const idp = trusted();
      const made = sp.createLoginRequest(idp, binding, {
        relayState,
        ...(wishes.forceAuthn && { forceAuthn: true }),
        ...(wishes.acsIndex && { assertionConsumerServiceIndex: ACS_INDEX }),
      });
      if (binding === 'redirect') return Promise.resolve({ id: made.id, binding, url: made.context });
      const action = 'entityEndpoint' in made ? made.entityEndpoint : '';
      const escaped = relayState.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('>', '&gt;');
      const html =
        `<form method="post" action="${action}"><input name="SAMLRequest" value="${made.context}">` +
        `<input name="RelayState" value="${escaped}"></form>`;
      return Promise.resolve({ id: made.id, binding, html });
    },
    async validate(samlResponse, requestId) {
      const { extract } = await sp.parseLoginResponse(trusted(), 'post', {
        body: { SAMLResponse: samlResponse },
      });
      const { nameID, audience, response, sessionIndex, attributes } = extracted.parse(extract);
      if (response.destination !== acsUrl) throw new Error(`The Destination is ${response.destination}.`);
      if (audience !== entityId) throw new Error(`The Audience is ${audience}.`);
      if (response.inResponseTo !== requestId)
        throw new Error(`The response is to ${response.inResponseTo}.`);
      return {
        nameId: nameID,
        nameIdFormat: undefined,
        sessionIndex: sessionIndex.sessionIndex,
        inResponseTo: response.inResponseTo,
        attributes: textsOf(attributes),
      };
    },
  };
}
