import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { createKeyCache } from './domain/certificates/key-cache.ts';
import { optionalKeyCache } from './domain/certificates/optional-key-cache.ts';
import { createClosing, type Closing } from './server/closing.ts';
import { openDatabase } from './server/open-database.ts';
import { checkSealer, openSealer } from './server/secrets.ts';
import { StartError } from './server/start-error.ts';
import type { Config } from './config.ts';
import { VestibuleError } from './interfaces/library/error.ts';
import { failureOf, systemCause } from './interfaces/library/failure.ts';
import { createGuard } from './interfaces/library/guard.ts';
import { findKeyFolder, ownPlaces } from './interfaces/library/key-folder.ts';
import { createClassrooms } from './interfaces/library/handles/classrooms.ts';
import { createOrganizations } from './interfaces/library/handles/organizations.ts';
import { readOptions } from './interfaces/library/options.ts';
import type { Vestibule, VestibuleOptions } from './interfaces/library/types/vestibule.ts';
import { systemClock } from './foundation/platform/clock.ts';
import { equalSecrets } from './foundation/platform/crypto.ts';
import { randomIds } from './foundation/platform/ids.ts';
import { createLogger, type Logger } from './foundation/platform/logger.ts';
import { LOOPBACK, startServer } from './server/start-server.ts';

export type * from './interfaces/library/types/applications.ts';
export type * from './interfaces/library/types/browser.ts';
export type * from './interfaces/library/types/certificates.ts';
export type * from './interfaces/library/types/classrooms.ts';
export type * from './interfaces/library/types/content.ts';
export type * from './interfaces/library/types/declared-applications.ts';
export type * from './interfaces/library/types/declared-directory.ts';
export type * from './interfaces/library/types/directory.ts';
export type * from './interfaces/library/types/security.ts';
export { VestibuleError } from './interfaces/library/error.ts';
export type { WrongField } from './interfaces/library/error.ts';
export type * from './interfaces/library/types/diagnosis.ts';
export type * from './interfaces/library/types/exchanges.ts';
export type * from './interfaces/library/types/handles.ts';
export type * from './interfaces/library/types/history.ts';
export type * from './interfaces/library/types/icons.ts';
export type * from './interfaces/library/types/imports.ts';
export type * from './interfaces/library/types/mailbox.ts';
export type * from './interfaces/library/types/settings.ts';
export type * from './interfaces/library/types/sign-ins.ts';
export type * from './interfaces/library/types/vestibule.ts';

/** How long requests in flight may take when a server stops. */
const GRACE_MS = 1000;

/**
 * Starts a server: in memory and on a free port of both loopback addresses, unless the options say otherwise.
 * A process can run several. A server prints nothing, reads no environment variables and handles no signals;
 * it keeps the process running until it is stopped. Rejects with a {@link VestibuleError} that says what is
 * wrong.
 *
 * @example
 * const vestibule = await startVestibule();
 * const { users, applications } = vestibule.organization;
 * // …
 * await vestibule.stop();
 */
export async function startVestibule(options: VestibuleOptions = {}): Promise<Vestibule> {
  const failed = failureOf(startVestibule);
  const closing = createClosing();
  try {
    return await start(options, closing);
  } catch (error) {
    await closing.run(0);
    throw failed(
      error instanceof StartError
        ? new VestibuleError('StartFailed', error.message, { cause: systemCause(error) })
        : error,
    );
  }
}

async function start(options: VestibuleOptions, closing: Closing): Promise<Vestibule> {
  const config = readOptions(options);
  const apiToken = config.apiToken ?? randomIds.token();
  const log = await createLogger({
    level: options.log ? config.logLevel : 'silent',
    pretty: false,
    write: options.log ?? (() => undefined),
  });
  if (!config.memory && config.databaseUrl === undefined) await keepToOwner(config.data);
  const db = await openDatabase(log, config);
  closing.add(() => db.close());
  const sealer = await openSealer(config);
  await checkSealer(db, sealer);
  const server = await startServer(
    {
      ...{ db, sealer, log, clock: options.clock ?? systemClock },
      keyCache: keyCacheOf(options, config, log),
      ...{ hosts: LOOPBACK, port: config.port, publicUrl: config.publicUrl, trustProxy: false },
      smtp: config.smtpUrl && { url: config.smtpUrl, from: config.mailFrom },
      verifyToken: (token) => equalSecrets(token, apiToken),
    },
    closing,
  ).catch((error: unknown) => {
    throw new StartError(listenFailure(error, config), { cause: error });
  });
  const { app, port, publicUrl } = server;
  const guard = createGuard(() => closing.isUnderWay);
  log.info(`listening on port ${port}`);
  const context = {
    needs: app.operationNeeds,
    apply: app.applyOrganizationFile,
    ...{ publicUrl, port, log, inMemory: config.memory },
    guard,
  };
  const organizations = createOrganizations(context);
  const organization = await organizations.openDefault(options.organization);
  server.open({ warm: false });
  const stop = () => closing.run(GRACE_MS);
  return {
    ...{ url: publicUrl.origin, port, apiToken, organization, stop },
    classrooms: createClassrooms(context),
    ...guard({ createOrganization: organizations.create }),
    [Symbol.asyncDispose]: stop,
  };
}

function listenFailure(error: unknown, { port }: Config): string {
  const said = error instanceof Error ? error.message : String(error);
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    ? `Port ${port} is in use (EADDRINUSE). Choose another port, or none for a free one.`
    : `Port ${port} can’t be listened on: ${said}.`;
}

/**
 * Creates the database so that only its owner can read it. `serve` sets the process's umask instead, which a
 * library must not.
 */
async function keepToOwner(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // SQLite gives its journals the same mode.
    const file = await open(join(folder, 'vestibule.db'), 'a', 0o600);
    await file.close();
  } catch (error) {
    throw new StartError(
      `The database can’t be kept in ${folder}: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}

function keyCacheOf({ certs }: VestibuleOptions, { memory }: Config, log: Logger) {
  if (!memory || certs === false) return undefined;
  const folder = certs ?? findKeyFolder(ownPlaces(process.cwd()));
  if (folder === undefined) return undefined;
  return optionalKeyCache(createKeyCache(folder), { folder, warn: (sentence) => log.warn(sentence) });
}
