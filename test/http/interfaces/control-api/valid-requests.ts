import { API_TOKEN } from '../../../support/servers/server.ts';
import { keyPair } from '../../../unit/protocols/saml/helpers.ts';

export const ORGANIZATION = '/api/v1/organizations/default';
export const AUTHORIZED = ['Authorization', `Bearer ${API_TOKEN}`] as const;
export const JSON_BODY = ['Content-Type', 'application/json'] as const;

export const METADATA = `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="https://sp.example.com" validUntil="2099-01-01T00:00:00Z">
<md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol" AuthnRequestsSigned="true" WantAssertionsSigned="1">
<md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${keyPair('sp').certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
<md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://sp.example.com/slo"/>
<md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</md:NameIDFormat>
<md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://sp.example.com/acs" index="0" isDefault="true"/>
</md:SPSSODescriptor>
</md:EntityDescriptor>`;

/** Valid bodies, with the address that takes them. Each is made anew, as a name can be used once. */
export const BODIES: readonly [
  method: string,
  path: string,
  status: number,
  body: (unique: string) => object,
][] = [
  [
    'POST',
    `${ORGANIZATION}/users`,
    201,
    (unique) => ({
      ...{ userName: `u${unique}@example.com`, email: `u${unique}@example.com` },
      ...{ givenName: 'U', familyName: 'Example', displayName: 'U Example', password: 'correct-Horse-1' },
      attributes: { title: 'Engineer' },
    }),
  ],
  ['POST', `${ORGANIZATION}/groups`, 201, (unique) => ({ displayName: `g${unique}`, description: 'x' })],
  [
    'POST',
    `${ORGANIZATION}/applications`,
    201,
    (unique) => ({
      ...{ displayName: `A ${unique}`, key: `a${unique}`, description: 'x' },
      serviceProvider: {
        entityId: `https://${unique}.example.com`,
        acsUrls: [`https://${unique}.example.com/acs`],
      },
      ...{ sessionDuration: 'PT1H', relayState: 'https://x.example.com', startUrl: 'https://x.example.com/' },
      attributes: [{ name: 'mail', value: '${user:email}', format: 'basic' }],
    }),
  ],
  [
    'PATCH',
    `${ORGANIZATION}/applications/wiki`,
    200,
    () => ({ displayName: 'Wiki', subject: { value: '${user:subject}', format: 'persistent' } }),
  ],
  [
    'PUT',
    `${ORGANIZATION}/applications/wiki/assignments`,
    200,
    () => ({ groups: ['Engineering'], users: ['ana@example.com'] }),
  ],
  [
    'POST',
    `${ORGANIZATION}/applications/wiki/responses`,
    200,
    () => ({ user: 'ana@example.com', inResponseTo: '_a', relayState: 'r' }),
  ],
  ['PATCH', ORGANIZATION, 200, () => ({ name: 'Example Corp' })],
];

/** Valid addresses of lists and single resources, with their queries. */
export const QUERIES: readonly [path: string, query: [string, string][]][] = [
  [
    `${ORGANIZATION}/users`,
    [
      ['limit', '10'],
      ['userName', 'ana@example.com'],
    ],
  ],
  [`${ORGANIZATION}/groups`, [['displayName', 'Engineering']]],
  [`${ORGANIZATION}/applications`, [['entityId', 'https://wiki.example.com/saml']]],
  [
    `${ORGANIZATION}/events`,
    [
      ['eventName', 'Federate'],
      ['username', 'ana@example.com'],
      ['limit', '5'],
    ],
  ],
  ['/api/v1/organizations', [['name', 'Example Corp']]],
];
