import { verifyResponse, type Verdict } from '../../../../src/lab/samples/verify-response.ts';
import { issueResponse } from '../../../../src/protocols/saml/issue-response.ts';
import { keyPair, NOW, sampleResponse } from '../../protocols/saml/helpers.ts';

const idp = keyPair('idp');
const ACS = 'https://sp.example/saml/acs?x=1&y=2';

/** The verdict of a sample that wants signed assertions, about the octets of a message. */
export function judge(message: string | Buffer): Promise<Verdict> {
  return verifyResponse(Buffer.from(message).toString('base64'), {
    addresses: {
      homePath: '/',
      receivedPath: '/received',
      happenedPath: '/happened',
      entityId: 'https://sp.example/saml',
      acsUrl: ACS,
    },
    trust: {
      applicationName: 'Notes',
      entityId: 'https://idp.example/d-1234567890/saml/assertion/abc',
      ssoUrl: 'https://idp.example/sso',
      certificatePem: idp.certificatePem,
      signing: { response: false, assertion: true },
    },
    acsUrl: ACS,
    requestIds: new Set(['_request-1']),
    at: NOW,
  });
}

/** A response that the sample accepts, signed as a whole and in its assertion, unless with another key. */
export function respond(groups: readonly string[] = [], { signingKey } = idp): Promise<string> {
  const response = sampleResponse({ attributes: [{ name: 'groups', values: groups }] });
  return issueResponse(response, {
    ...{ signResponse: true, signAssertion: true, key: signingKey, includeCertificate: true },
  });
}
