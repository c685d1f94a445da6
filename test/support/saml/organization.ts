import { manualClock } from '../basics/clock.ts';
import type { Browserless } from '../servers/browserless.ts';
import { signIn, startServer, type TestServer } from '../servers/server.ts';

/** Three AssertionConsumerServices with an index each; the default is not the first. */
const METADATA = `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://indexed.example.com">
  <md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
  ${[
    [3, 'first', ''],
    [7, 'default', ' isDefault="true"'],
    [9, 'last', ''],
  ]
    .map(
      ([index, name, isDefault]) =>
        `<md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://indexed.example.com/${name}" index="${index}"${isDefault}/>`,
    )
    .join('\n  ')}
  </md:SPSSODescriptor></md:EntityDescriptor>`;

/**
 * The users and applications of the single sign-on tests; `settings` are inserted as they are. Responses are sent like
 * any other though their hosts have reserved names: the page that shows them takes twice as long.
 */
export const organization = (settings = '') => `
version: 1
organization: {name: Example Corp, managementAccountId: "111122223333"}
instance: {alias: demo, region: us-east-1}
settings: {reservedNames: send, signIn: {passwordHashCost: 4}${settings && `, ${settings}`}}
groups:
  - {displayName: Engineering}
  - {displayName: Sales}
  - {displayName: Nobody}
users:
  - {userName: ana@example.com, password: correct-Horse-7, email: ana@mail.example.com, givenName: Ana, familyName: Souza, displayName: Ana Souza, groups: [Engineering, Sales]}
  - {userName: bo@example.com, password: correct-Horse-8, email: bo@example.com, givenName: Bo, familyName: Berg, displayName: Bo Berg}
applications:
  - key: wiki
    displayName: Wiki
    serviceProvider: {entityId: https://wiki.example.com/saml, acsUrls: [https://wiki.example.com/saml/acs, "https://wiki.example.com/saml/acs2?a=1&b=2"]}
    relayState: https://wiki.example.com/home
    assignments: {groups: [Engineering]}
  - key: mapped
    displayName: Mapped
    serviceProvider: {entityId: https://mapped.example.com, acsUrls: [https://mapped.example.com/acs]}
    sessionDuration: PT15M
    subject: {value: "\${user:subject}", format: persistent}
    attributes:
      - {name: mail, value: "\${user:email}", format: basic}
      - {name: groups, value: "\${user:groups}"}
      - {name: label, value: "\${user:givenName} of \${user:familyName} <&>"}
      - {name: constant, value: always}
      - {name: nothing, value: "\${user:AD_GUID}"}
    assignments: {users: [ana@example.com]}
  - key: indexed
    displayName: Indexed
    serviceProvider: {metadataXml: ${JSON.stringify(METADATA)}}
    assignments: {users: [ana@example.com]}
`;

/** The prefix of each status code (saml-core-2.0 §3.2.2.2). */
export const CODE = 'urn:oasis:names:tc:SAML:2.0:status:';

export const ANA = ['ana@example.com', 'correct-Horse-7'] as const;
export const BO = ['bo@example.com', 'correct-Horse-8'] as const;

/** A server with that organization, whose clock stands still. */
export const startSamlServer = (settings = ''): Promise<TestServer> =>
  startServer({ organization: organization(settings), clock: manualClock() });

/** A browser with a signed-in user. */
export async function signedIn(
  server: TestServer,
  who: readonly [userName: string, password: string] = ANA,
): Promise<Browserless> {
  const browser = server.browser();
  const { status } = await signIn(browser, ...who);
  if (status !== 200) throw new Error(`${who[0]} can’t sign in: ${status}`);
  return browser;
}
