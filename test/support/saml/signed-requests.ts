import { manualClock } from '../basics/clock.ts';
import { samlFixture } from './keys.ts';
import { startServer, type TestServer } from '../servers/server.ts';

const certificate = JSON.stringify(samlFixture('sp-cert.pem'));
/** Service providers whose requests must be signed (and are judged strictly), may be signed, or can't be verified. */
const ORGANIZATION = `
version: 1
organization: {name: Example Corp, managementAccountId: "111122223333"}
instance: {alias: demo, region: us-east-1}
settings: {signIn: {passwordHashCost: 4}}
users:
  - {userName: ana@example.com, password: correct-Horse-7, email: ana@mail.example.com, givenName: Ana, familyName: Souza, displayName: Ana Souza}
applications:
  - key: strict
    displayName: Strict
    serviceProvider: {entityId: https://strict.example.com, acsUrls: [https://strict.example.com/acs], authnRequestsSigned: true, requestSigningCertificates: [${certificate}]}
    requests: {profile: as-aws, weakAlgorithms: refuse}
    assignments: {users: [ana@example.com]}
  - key: lenient
    displayName: Lenient
    serviceProvider: {entityId: https://lenient.example.com, acsUrls: [https://lenient.example.com/acs], requestSigningCertificates: [${certificate}]}
    assignments: {users: [ana@example.com]}
  - key: unknowing
    displayName: Unknowing
    serviceProvider: {entityId: https://unknowing.example.com, acsUrls: [https://unknowing.example.com/acs]}
    assignments: {users: [ana@example.com]}
`;

/** A server with the applications `strict`, `lenient` and `unknowing`, whose clock stands still. */
export const startSignedServer = (): Promise<TestServer> =>
  startServer({ organization: ORGANIZATION, clock: manualClock() });
