import { issueSelfSigned } from '../../../src/domain/certificates/self-signed.ts';
import { randomIds } from '../../../src/foundation/platform/ids.ts';
import { START_AT } from '../basics/clock.ts';

/* Parts of service providers for the tests of their metadata and values. */

/** A service provider with no requirements. */
export const provider = { entityId: 'https://new.example', acsUrls: ['https://new.example/acs'] };
const POST_BINDING = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST';

interface Metadata {
  attributes?: string;
  binding?: string;
  url?: string;
  content?: string;
  entityId?: string;
}

/** The metadata of one service provider. */
export const entity = ({
  attributes = '',
  binding = POST_BINDING,
  url = 'https://new.example/acs',
  content = '',
  entityId = 'https://new.example',
}: Metadata = {}) =>
  `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="${entityId}"${attributes}>` +
  `<md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${content}` +
  `<md:AssertionConsumerService Binding="${binding}" Location="${url}" index="0"/></md:SPSSODescriptor></md:EntityDescriptor>`;

/** A signing key for the `content` of metadata. */
export const keyOf = (certificate: string) =>
  `<md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate.replace(/-----.*-----|\s/g, '')}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`;

/** A certificate that is valid for half a year. */
export const certificateOf = async (
  keyPair: { privateKeyPem: string; publicKeyPem: string },
  organizationalUnit = 'tests',
) =>
  (
    await issueSelfSigned({
      keyPair,
      commonName: 'sp',
      organizationalUnit,
      validFromAt: START_AT,
      validityMonths: 6,
      ids: randomIds,
    })
  ).certificatePem;
