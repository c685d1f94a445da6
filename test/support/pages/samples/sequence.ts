import { signOnSteps, type SignOnRecords } from '../../../../src/flows/idp/sequence/sign-on-steps.ts';
import { sampleXml } from './parts.ts';

const at = (time: string) => Date.parse(`2026-05-05T${time}Z`);
const idp = 'http://localhost:8080/d-906700aaaa/saml/assertion/a-1';
const wiki = 'http://localhost:8080/samples/wiki/d-906700aaaa';

const request = `<?xml version="1.0"?><samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_b42d" Version="2.0" IssueInstant="2026-05-05T13:58:12.114Z" Destination="${idp}" AssertionConsumerServiceURL="${wiki}/acs"><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${wiki}/metadata</saml:Issuer></samlp:AuthnRequest>`;

/** A user comes from the service provider and signs in with a second factor. */
export const fromServiceProvider: SignOnRecords = {
  start: {
    at: 'service-provider',
    begun: { at: at('13:58:12.114'), address: `${wiki}/signin` },
    request: {
      ...{ binding: 'redirect', ssoUrl: idp, relayState: '/pages/1' },
      message: { is: 'here', xml: request },
    },
  },
  signIn: {
    ...{ is: 'recorded', at: at('13:58:31.902'), userName: 'ana@example.com' },
    factors: [
      { name: 'Password', at: at('13:58:20.377') },
      { name: 'Code of an authenticator app', at: at('13:58:31.902') },
    ],
  },
  response: {
    ...{ issuedAt: at('13:58:31.940'), acsUrl: `${wiki}/acs`, relayState: '/pages/1' },
    message: { is: 'here', xml: sampleXml },
  },
  end: {
    ...{ is: 'accepted', at: at('13:58:32.018'), octets: 7412 },
    checks: [
      { label: 'Signature of the Response', detail: 'RSA with SHA-256, certificate 3A:91:0C:77:…' },
      { label: 'Audience', detail: `${wiki}/metadata is this service provider` },
      { label: 'InResponseTo', detail: 'Answers the request of this browser' },
    ],
  },
};

/** A user with a session chooses a tile in the portal. */
export const fromPortal: SignOnRecords = {
  ...fromServiceProvider,
  start: { at: 'identity-provider', address: idp },
  response: { ...fromServiceProvider.response, relayState: null },
};

export const stepsFromServiceProvider = signOnSteps(fromServiceProvider);
export const stepsFromPortal = signOnSteps(fromPortal);
