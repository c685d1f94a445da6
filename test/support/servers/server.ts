import { join } from 'node:path';
import type { App } from '../../../src/server/app.ts';
import { createKeyCache } from '../../../src/domain/certificates/key-cache.ts';
import { createClosing } from '../../../src/server/closing.ts';
import { createGuard } from '../../../src/interfaces/library/guard.ts';
import type { Organization } from '../../../src/interfaces/library/types/handles.ts';
import type { EventRecord } from '../../../src/interfaces/library/types/history.ts';
import { createOrganizations } from '../../../src/interfaces/library/handles/organizations.ts';
import type { Instance } from '../../../src/domain/organizations/organization.ts';
import { findOrganization } from '../../../src/domain/organizations/organization-store.ts';
import { findInstanceOf } from '../../../src/domain/organizations/instance-store.ts';
import { createSealer, type Sealer } from '../../../src/foundation/platform/crypto.ts';
import type { SmtpSettings } from '../../../src/domain/mail/smtp.ts';
import { createLogger } from '../../../src/foundation/platform/logger.ts';
import type { StrictTransport } from '../../../src/foundation/http/strict-transport.ts';
import { startServer as startListening } from '../../../src/server/start-server.ts';
import type { Database } from '../../../src/foundation/storage/database.ts';
import { openSqlite } from '../../../src/foundation/storage/sqlite.ts';
import { Browserless } from './browserless.ts';
import { manualClock, type ManualClock } from '../basics/clock.ts';

export const API_TOKEN = 'a-token-of-the-tests';

/** A complete server on a port of its own, with an organization. */
export interface TestServer {
  app: App;
  db: Database;
  clock: ManualClock;
  /** Seals the secrets of the server. */
  sealer: Sealer;
  publicUrl: URL;
  /** Where it listens, behind the public URL. */
  port: number;
  instance: Instance;
  /** The handle that the library gives to operators. */
  organization: Organization;
  /** Creates a browser without cookies. */
  browser(): Browserless;
  /** The events, oldest first. */
  events(): Promise<EventRecord[]>;
  stop(): Promise<void>;
}

export interface TestServerOptions {
  /** YAML. Absent: `EXAMPLE`. */
  organization?: string;
  /** An empty database that is up to date. Absent: SQLite in memory. */
  db?: Database;
  /** Absent: real time, which foreign service providers need because they use their own clock. */
  clock?: ManualClock;
  trustProxy?: boolean;
  hsts?: StrictTransport;
  /** The address that browsers use, for instance of a proxy. Absent: `http://localhost` with the port. */
  publicUrl?: URL;
  host?: string;
  /** The mail server. */
  smtp?: SmtpSettings;
  /** A folder for key pairs, whose certificates begin on the clock. Absent: that of all tests. */
  keys?: string;
}

/**
 * Users and applications that most tests need. Password hashes are as cheap as possible, and responses are sent to
 * hosts with reserved names as to others.
 */
export const EXAMPLE = `
version: 1
organization: {name: Example Corp, managementAccountId: "111122223333"}
instance: {alias: demo, region: us-east-1}
settings:
  reservedNames: send
  signIn: {passwordHashCost: 4}
groups:
  - {displayName: Engineering}
users:
  - {userName: ana@example.com, password: correct-Horse-7, email: ana@example.com, givenName: Ana, familyName: Souza, displayName: Ana Souza, groups: [Engineering]}
  - {userName: bo@example.com, password: correct-Horse-8, email: bo@example.com, givenName: Bo, familyName: Berg, displayName: Bo Berg}
  - {userName: dora@example.com, password: correct-Horse-9, email: dora@example.com, givenName: Dora, familyName: Diaz, displayName: Dora Diaz, enabled: false}
applications:
  - key: wiki
    displayName: Wiki
    serviceProvider: {entityId: https://wiki.example.com/saml, acsUrls: [https://wiki.example.com/saml/acs, https://wiki.example.com/saml/acs2]}
    relayState: https://wiki.example.com/home
    assignments: {groups: [Engineering]}
  - key: notes
    displayName: Notes
    serviceProvider: {sample: notes}
    attributes:
      - {name: mail, value: "\${user:email}", format: basic}
      - {name: groups, value: "\${user:groups}"}
    assignments: {users: [ana@example.com]}
`;

/** Keys are generated once for all test runs and cached here. */
const KEY_CACHE = join(import.meta.dirname, '../../../node_modules/.cache/vestibule-test-keys');
/** Seals the secrets of the tests’ servers. */
export const SECRET = Buffer.from('the sealing secret of the tests!');

/** Starts a server. The caller stops it in `after`. */
export async function startServer(options: TestServerOptions = {}): Promise<TestServer> {
  const clock = options.clock ?? manualClock(Date.now());
  const db = options.db ?? openSqlite({ location: ':memory:', durability: 'process' });
  await db.migrate();
  const sealer = createSealer(SECRET);
  const closing = createClosing();
  closing.add(() => db.close());
  const log = await createLogger({ level: 'silent', pretty: false });
  const { app, port, publicUrl, open } = await startListening(
    {
      ...{ db, clock, publicUrl: options.publicUrl, trustProxy: options.trustProxy ?? false },
      hsts: options.hsts,
      sealer,
      smtp: options.smtp,
      log,
      keyCache: createKeyCache(options.keys ?? KEY_CACHE),
      hosts: [options.host ?? '127.0.0.1'],
      port: 0,
      verifyToken: (token) => token === API_TOKEN,
    },
    closing,
  );
  // Tests use the same means that the library gives to everyone, as `startVestibule` does.
  const { openDefault } = createOrganizations({
    ...{ needs: app.operationNeeds, apply: app.applyOrganizationFile, publicUrl, port },
    inMemory: options.db === undefined,
    guard: createGuard(() => closing.isUnderWay),
    log,
  });
  const source = { yaml: options.organization ?? EXAMPLE, folder: import.meta.dirname };
  const handle = await openDefault(source);
  open({ warm: false });
  const organization = await findOrganization(db.read, 'default');
  const instance = organization && (await findInstanceOf(db.read, organization.id));
  if (!instance) throw new Error('The organization file made no instance.');
  return {
    app,
    db,
    clock,
    sealer,
    publicUrl,
    port,
    instance,
    organization: handle,
    browser: () => new Browserless(publicUrl, port),
    events: async () => [...(await handle.events())].reverse(),
    stop: () => closing.run(0),
  };
}

/** Signs in at the portal as a person would, and returns the portal's page. */
export async function signIn(
  browser: Browserless,
  userName: string,
  password: string,
  startPath = '/demo/start',
) {
  const identify = await browser.get(startPath, { followRedirects: true });
  const asked = await browser.submit(identify, { username: userName }, { followRedirects: true });
  return browser.submit(asked, { password }, { followRedirects: true });
}
