import closeWithGrace from 'close-with-grace';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createApp, type App } from '../app.tsx';
import { createKeyCache } from '../certificates/key-cache.ts';
import { generateKeyPair } from '../certificates/key-pair.ts';
import { createKeyPool } from '../certificates/key-pool.ts';
import { readConfig, type Config } from '../config.ts';
import { listen, type Listener } from '../http/listener.ts';
import { startMaintenance } from '../maintenance.ts';
import { formatFaults, readOrganizationFile } from '../organization-file/read.ts';
import type { OrganizationFile } from '../organization-file/schema.ts';
import { findInstanceOf, findOrganization } from '../organizations/store.ts';
import { systemClock } from '../platform/clock.ts';
import { randomIds } from '../platform/ids.ts';
import { createLogger, type Logger } from '../platform/logger.ts';
import { warmUpXml } from '../saml/xml/libxml.ts';
import type { Database } from '../storage/database.ts';
import { claimServerState, writeServerState } from '../storage/server-state.ts';
import { announce, warn } from './announce.ts';
import { openDatabase } from './open-database.ts';
import { checkSealer, openApiToken, openSealer, StartError } from './secrets.ts';

/** What in flight may take when the server stops; the process ends within five seconds. */
const GRACE_MS = 4000;
const POOLED_KEYS = 2;

/** `vestibule serve`: starts the server and runs until a signal. The answer is the exit code. */
export async function serve(flags: Record<string, unknown>): Promise<number> {
  const read = readConfig(flags);
  if (!read.ok) {
    warn(`The settings are wrong:\n${read.faults.map((fault) => `  ${fault}`).join('\n')}`);
    return 2;
  }
  try {
    await start(read.config);
    return 0;
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    warn(error.message);
    return 1;
  }
}

async function start(config: Config): Promise<void> {
  // Whatever is written holds secrets or people: nobody else on this machine reads it.
  process.umask(0o077);
  const log = await createLogger({ level: config.logLevel, pretty: process.stdout.isTTY });
  const db = await openDatabase(config, log);
  const sealer = await openSealer(config);
  await checkSealer(db, sealer);
  const token = await openApiToken(config, db);
  const file = await chooseOrganizationFile(config, db);

  // The port is known before anything needs the public URL; until the gate opens only health is answered.
  const listener = await bind(config);
  log.info(`listening on port ${listener.port}`);
  const publicUrl = config.publicUrl ?? new URL(`http://localhost:${listener.port}`);
  const keyPool = createKeyPool({ size: POOLED_KEYS, generate: () => generateKeyPair(2048) });
  const app = createApp({
    db,
    clock: systemClock,
    ids: randomIds,
    sealer,
    log,
    keyPool,
    keyCache: config.memory ? createKeyCache(config.certs) : undefined,
    publicUrl,
    trustProxy: config.trustProxy,
    verifyToken: token.verify,
  });
  listener.serve(app.handler);
  const maintenance = startMaintenance({ db, clock: systemClock, log });
  stopOnSignal({ app, listener, db, log, keyPool, maintenance });

  await warnAboutPublicUrl(db, publicUrl, log);
  if (file) await apply(app, file, log);
  app.open();
  if (config.host !== undefined && !isLoopback(config.host)) {
    log.warn(
      `Listening on ${config.host}: whoever reaches this machine reaches Vestibule, which is made for testing.`,
    );
  }
  const organization = await findOrganization(db.read, 'default');
  const instance = organization && (await findInstanceOf(db.read, organization.id));
  announce({ publicUrl, instance, file: file?.content, apiToken: token.made });
  keyPool.fill();
  // The first request that comes in should not wait for the XML library to be loaded.
  void warmUpXml();
}

async function bind(config: Config): Promise<Listener> {
  try {
    const hosts = config.host === undefined ? ['127.0.0.1', '::1'] : [config.host];
    return await listen(hosts, config.port);
  } catch (error) {
    const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    const advice = inUse ? 'something else listens there. Choose another one with --port' : String(error);
    throw new StartError(`Port ${config.port} can’t be listened on: ${advice}.`, { cause: error });
  }
}

interface ChosenFile {
  path: string;
  content: OrganizationFile;
}

/** The file of --org; the demo organization where nothing is kept or the database is empty. */
async function chooseOrganizationFile(config: Config, db: Database): Promise<ChosenFile | undefined> {
  const isEmpty = !(await findOrganization(db.read, 'default'));
  const path = config.org ?? (isEmpty ? demoFile() : undefined);
  if (path === undefined) return undefined;
  const read = await readOrganizationFile(path);
  if (!read.ok) throw new StartError(formatFaults(read.faults, path));
  return { path, content: read.file };
}

/** `examples/` lies beside `dist/` in the package and beside `src/` in the repository. */
function demoFile(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return join(folder, 'examples', 'demo', 'organization.yaml');
}

/** Another public URL is another EntityID for every application: service providers have to be told. */
async function warnAboutPublicUrl(db: Database, publicUrl: URL, log: Logger): Promise<void> {
  const last = await claimServerState(db, 'public-url', publicUrl.origin);
  if (last === publicUrl.origin) return;
  log.warn(`The public URL was ${last} and is ${publicUrl.origin} now: every EntityID changes with it.`);
  await db.transaction((tx) => writeServerState(tx, 'public-url', publicUrl.origin));
}

async function apply(app: App, { path, content }: ChosenFile, log: Logger): Promise<void> {
  const applied = await app.applyOrganizationFile(content);
  if (!applied.ok) throw new StartError(formatFaults(applied.faults, path));
  for (const warning of applied.warnings) log.warn(`${path}: ${warning.path}: ${warning.message}`);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

interface Running {
  app: App;
  listener: Listener;
  db: Database;
  log: Logger;
  keyPool: { close(): void | Promise<void> };
  maintenance: { stop(): Promise<void> };
}

/** On a signal: stop accepting, finish what is in flight, close the database, exit 0 (1 after an uncaught error). */
function stopOnSignal({ app, listener, db, log, keyPool, maintenance }: Running): void {
  closeWithGrace({ delay: GRACE_MS + 900, logger: false }, async ({ err, signal }) => {
    if (err) log.fatal({ err }, 'stopping after an error that nothing caught');
    else log.info(`${signal ?? 'asked to stop'}: stopping`);
    app.drain();
    await listener.close(GRACE_MS);
    await maintenance.stop();
    await keyPool.close();
    await db.close();
  });
}
