import closeWithGrace from 'close-with-grace';
import { resolve } from 'node:path';
import type { App } from '../server/app.ts';
import { createKeyCache, type KeyCache } from '../domain/certificates/key-cache.ts';
import { optionalKeyCache } from '../domain/certificates/optional-key-cache.ts';
import { readConfig, type Config } from '../config.ts';
import { formatFaults, readOrganizationFile } from '../administration/organization-file/read/read.ts';
import type { OrganizationFile } from '../administration/organization-file/read/schema.ts';
import { consoleLinkPath, makeFirstConsoleLink } from '../domain/operators/console-link.ts';
import { findOrganization } from '../domain/organizations/organization-store.ts';
import { systemClock } from '../foundation/platform/clock.ts';
import { AppError } from '../foundation/platform/errors.ts';
import { randomIds } from '../foundation/platform/ids.ts';
import { createLogger, type Logger } from '../foundation/platform/logger.ts';
import { LOOPBACK, startServer, type Server, type ServerNeeds } from '../server/start-server.ts';
import type { Database } from '../foundation/storage/database.ts';
import { StorageError } from '../foundation/storage/storage-error.ts';
import { claimServerState, writeServerState } from '../foundation/storage/server-state.ts';
import { announcement, warn, type Announcement } from './announce.ts';
import { commandName } from './command-name.ts';
import { DEMO_FILE, describeContents } from './describe-contents.ts';
import { openBrowser } from './open-browser.ts';
import { createClosing, type Closing } from '../server/closing.ts';
import { databaseFailure, openDatabase } from '../server/open-database.ts';
import { checkSealer, openApiToken, openSealer, type ApiToken } from '../server/secrets.ts';
import { describeFailure, StartError } from '../server/start-error.ts';

/** How long requests in flight may take when the server stops. The process ends within five seconds. */
const GRACE_MS = 4000;

export interface ServeFlags extends Record<string, unknown> {
  /** Open the portal in a browser. */
  open?: boolean;
}

/** What `npm run dev` adds to the server: features that the built one doesn't have. */
type Extra = Pick<ServerNeeds, 'extraModules'>;

/** `vestibule serve`: starts the server and runs until a signal. Returns the exit code. */
export async function serve({ open = false, ...flags }: ServeFlags, extra: Extra = {}): Promise<number> {
  const read = readConfig(flags);
  if (!read.ok) {
    warn(`The settings are wrong:\n${read.faults.map((fault) => `  ${fault}`).join('\n')}`);
    return 2;
  }
  try {
    await start(read.config, open, extra);
    return 0;
  } catch (error) {
    warn(describeFailure(error, read.config));
    return 1;
  }
}

async function start(config: Config, open: boolean, extra: Extra): Promise<void> {
  // All files hold secrets or personal data, so only their owner may read them.
  process.umask(0o077);
  const log = await createLogger({ level: config.logLevel, pretty: process.stdout.isTTY });
  const closing = createClosing();
  const signals = closeOnSignal(closing, log);
  try {
    const { publicUrl, port, said } = await run(config, log, closing, extra);
    process.stdout.write(announcement(said));
    // On a terminal, people read the announcement; elsewhere, programs read the log.
    if (!process.stdout.isTTY) log.info(`listening on port ${port}`);
    if (open) openBrowser(new URL(said.portalUrl ?? publicUrl), { warn });
  } catch (error) {
    // A signal has already closed the database, so this error isn't reported.
    if (closing.isUnderWay) return;
    signals.uninstall();
    await closing.run(0);
    throw error instanceof StorageError ? await databaseFailure(config, error) : error;
  }
}

async function run(config: Config, log: Logger, closing: Closing, extra: Extra): Promise<Running> {
  const db = await openDatabase(log, config);
  closing.add(() => db.close());
  const sealer = await openSealer(config);
  await checkSealer(db, sealer);
  let apiToken: ApiToken | undefined = undefined;
  const server = await listening(config, closing, {
    ...{ db, sealer, log, clock: systemClock },
    keyCache: config.memory ? keyCacheIn(config.certs, log) : undefined,
    smtp: config.smtpUrl && { url: config.smtpUrl, from: config.mailFrom },
    verifyToken: (token) => apiToken?.verify(token) ?? false,
    ...extra,
  });
  const { app, port, publicUrl } = server;

  // Read after listening: loading YAML and reading the file take a third of the time to the first response.
  const file = await chooseOrganizationFile(db, config);
  if (file) await apply(app, log, file);
  await warnAboutPublicUrl(db, log, publicUrl);
  warnAboutHost(log, config);
  apiToken = await openApiToken(db, config);
  server.open({ warm: true });
  const contents = await describeContents({ db, sealer }, publicUrl, file?.content);
  const token = { made: apiToken.made, given: config.apiToken !== undefined };
  // Last, as the token: a link that was made but never shown would leave the first start without one.
  const link = await makeFirstConsoleLink(db, randomIds, systemClock.now());
  const consoleLink = link === undefined ? undefined : `${publicUrl.origin}${consoleLinkPath(link)}`;
  const said = {
    ...{ publicUrl, command: commandName(), ...contents, consoleLink },
    ...{ apiToken: token, smtpUrl: config.smtpUrl },
  };
  return { publicUrl, port, said };
}

interface Running {
  readonly publicUrl: URL;
  readonly port: number;
  readonly said: Announcement;
}

function keyCacheIn(folder: string, log: Logger): KeyCache {
  const warn = (sentence: string) => log.warn(`${sentence} Choose another folder with --certs.`);
  return optionalKeyCache(createKeyCache(folder), { folder: resolve(folder), warn });
}

type ListenOptions = 'hosts' | 'port' | 'publicUrl' | 'trustProxy' | 'hsts';

async function listening(
  { host, port, publicUrl, trustProxy, hsts }: Config,
  closing: Closing,
  needs: Omit<ServerNeeds, ListenOptions>,
): Promise<Server> {
  try {
    const hosts = host === undefined ? LOOPBACK : [host];
    return await startServer({ ...needs, hosts, port, publicUrl, trustProxy, hsts }, closing);
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new StartError(listenFailure(error, { host, port }), { cause: error });
  }
}

function listenFailure(
  error: Error & { code?: unknown },
  { host, port }: Pick<Config, 'host' | 'port'>,
): string {
  const where = `Port ${port}${host === undefined ? '' : ` of ${host}`} can’t be listened on`;
  switch (error.code) {
    case 'EADDRINUSE':
      return `${where}: something else listens there. Choose another one with --port.`;
    case 'EACCES':
      return `${where}: this user may not use it. Choose another one with --port, such as 8080.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${where}: this machine has no such address. Choose another one with --host.`;
    default:
      return `${where}: ${error.message}.`;
  }
}

interface ChosenFile {
  path: string;
  content: OrganizationFile;
}

/** The file of --org. Without it, an empty database gets the demo organization. */
async function chooseOrganizationFile(db: Database, config: Config): Promise<ChosenFile | undefined> {
  const isEmpty = !(await findOrganization(db.read, 'default'));
  const path = config.org ?? (isEmpty ? DEMO_FILE : undefined);
  if (path === undefined) return undefined;
  const read = await readOrganizationFile(path);
  if (!read.ok) throw new StartError(formatFaults(read.faults, path, read.more));
  return { path, content: read.file };
}

/** A new public URL changes the EntityID of every application, so all service providers must be reconfigured. */
async function warnAboutPublicUrl(db: Database, log: Logger, publicUrl: URL): Promise<void> {
  const last = await claimServerState(db, 'public-url', publicUrl.origin);
  if (last === publicUrl.origin) return;
  log.warn(`The public URL was ${last} and is ${publicUrl.origin} now: every EntityID changes with it.`);
  await db.transaction((tx) => writeServerState(tx, 'public-url', publicUrl.origin));
}

async function apply(app: App, log: Logger, { path, content }: ChosenFile): Promise<void> {
  const applied = await app.applyOrganizationFile(content).catch((error: unknown) => {
    // Faults that only show in the database, such as an email address that another user has.
    if (error instanceof AppError && !(error instanceof StorageError))
      throw new StartError(`${path}: ${error.publicMessage}`, { cause: error });
    throw error;
  });
  if (!applied.ok) throw new StartError(formatFaults(applied.faults, path));
  for (const warning of applied.warnings) log.warn(`${path}: ${warning.path}: ${warning.message}`);
}

function warnAboutHost(log: Logger, { host }: Config): void {
  if (host === undefined || host === 'localhost' || host === '::1' || host.startsWith('127.')) return;
  log.warn(
    `Listening on ${host}: anyone who can reach this machine can reach Vestibule, which is made for testing.`,
  );
}

/**
 * On a signal: stops accepting connections, finishes requests in flight, closes the database, and exits with
 * 0 (1 after an uncaught error).
 */
function closeOnSignal(closing: Closing, log: Logger): { uninstall(): void } {
  return closeWithGrace({ delay: GRACE_MS + 900, logger: false }, async ({ err, signal }) => {
    if (err) log.fatal({ err }, 'stopping after an uncaught error');
    else log.info(`${signal ?? 'asked to stop'}: stopping`);
    await closing.run(GRACE_MS);
  });
}
