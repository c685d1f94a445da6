import { inflateRawSync } from 'node:zlib';
import { IdentityProvider, ServiceProvider as Saml2 } from 'saml2-js';
import { samlFixture } from '../saml/keys.ts';
import {
  trusting,
  type IdentityProviderToTrust,
  type ServiceProvider,
  type ServiceProviderSetup,
  type Wishes,
} from './service-provider.ts';

const PASSWORD = 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport';

/**
 * `saml2-js` (Node). It accepts either signature and compares neither Destination nor InResponseTo; the application
 * does that here, as its documentation requires.
 */
export function saml2js(setup: ServiceProviderSetup): ServiceProvider {
  const { entityId, acsUrl, signsRequests, nameIdFormat } = setup;
  const sp = new Saml2({
    ...{ entity_id: entityId, assert_endpoint: acsUrl, audience: entityId, notbefore_skew: 0 },
    private_key: samlFixture('sp-key.pem'),
    certificate: samlFixture('sp-cert.pem'),
  });
  const { trust, trusted } = trusting(
    ({ ssoUrl, certificatePem }: IdentityProviderToTrust) =>
      new IdentityProvider({
        ...{ sso_login_url: ssoUrl, certificates: [certificatePem] },
        ...{ sign_get_request: signsRequests, allow_unencrypted_assertion: true },
      }),
  );
  const redirect = (relayState: string, wishes: Wishes = {}) =>
    new Promise<{ id: string; url: string }>((resolve, reject) => {
      const options = {
        relay_state: relayState,
        ...(nameIdFormat !== undefined && { nameid_format: nameIdFormat }),
        ...(wishes.forceAuthn && { force_authn: true }),
        ...(wishes.authnContext && { auth_context: { comparison: 'exact', class_refs: [PASSWORD] } }),
      };
      sp.create_login_request_url(trusted(), options, (error, url, id) => {
        if (error) reject(error);
        else resolve({ id, url });
      });
    });
  return {
    registration: () =>
      // Its metadata never declares that it signs requests.
      Promise.resolve(
        signsRequests
          ? {
              ...{ entityId, acsUrls: [acsUrl], authnRequestsSigned: true },
              requestSigningCertificates: [samlFixture('sp-cert.pem')],
            }
          : { metadataXml: sp.create_metadata() },
      ),
    trust,
    async request(binding, relayState, wishes) {
      const { id, url } = await redirect(relayState, wishes);
      if (binding === 'redirect') return { id, binding, url };
      // It makes no form for HTTP-POST: applications write one around its request.
      const deflated = new URL(url).searchParams.get('SAMLRequest') ?? '';
      const samlRequest = inflateRawSync(Buffer.from(deflated, 'base64')).toString('base64');
      const field = (name: string, value: string) =>
        `<input name="${name}" value="${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('>', '&gt;')}">`;
      const action = new URL(url);
      action.search = '';
      const fields = field('SAMLRequest', samlRequest) + field('RelayState', relayState);
      return { id, binding, html: `<form method="post" action="${action.href}">${fields}</form>` };
    },
    async validate(samlResponse, requestId) {
      const result = await new Promise<Parameters<Parameters<Saml2['post_assert']>[2]>[1]>(
        (resolve, reject) =>
          sp.post_assert(trusted(), { request_body: { SAMLResponse: samlResponse } }, (error, answer) => {
            if (error) reject(error);
            else resolve(answer);
          }),
      );
      const { destination, in_response_to: inResponseTo } = result.response_header;
      if (destination !== acsUrl) throw new Error(`The Destination is ${destination}.`);
      if (inResponseTo !== requestId)
        throw new Error(`The response is to ${inResponseTo}, not ${requestId}.`);
      return {
        nameId: result.user.name_id,
        nameIdFormat: undefined,
        sessionIndex: result.user.session_index,
        inResponseTo,
        attributes: result.user.attributes ?? {},
      };
    },
  };
}
