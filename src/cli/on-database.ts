import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig, type Config } from '../config.ts';
import type { Sealer } from '../foundation/platform/crypto.ts';
import { AppError } from '../foundation/platform/errors.ts';
import { createLogger } from '../foundation/platform/logger.ts';
import type { Database } from '../foundation/storage/database.ts';
import { warn } from './announce.ts';
import { openDatabase } from '../server/open-database.ts';
import { checkSealer, openSealer } from '../server/secrets.ts';
import { describeFailure, StartError } from '../server/start-error.ts';

interface Opened {
  readonly config: Config;
  readonly db: Database;
  readonly sealer: Sealer;
}

interface Expectations {
  /** What to do if there is no database yet: create it, refuse, or use an empty one in memory (`pretend`). */
  readonly ifAbsent: 'make' | 'refuse' | 'pretend';
}

/**
 * Runs a command on the database of the settings, whether or not a server is running on it, and prints what
 * goes wrong. Returns the exit code: 2 for wrong settings, 1 for a failure.
 */
export async function onDatabase(
  flags: Record<string, unknown>,
  { ifAbsent }: Expectations,
  run: (opened: Opened) => Promise<number>,
): Promise<number> {
  const read = readConfig(flags);
  if (!read.ok) {
    warn(`The settings are wrong:\n${read.faults.map((fault) => `  ${fault}`).join('\n')}`);
    return 2;
  }
  const { config } = read;
  if (config.memory) {
    warn(
      'The settings are wrong:\n  VESTIBULE_MEMORY: a server’s memory can’t be reached from another process.',
    );
    return 2;
  }
  // All files hold secrets or personal data, so only their owner may read them.
  process.umask(0o077);
  try {
    if (ifAbsent === 'make' || exists(config)) return await open(config, run);
    if (ifAbsent === 'pretend') return await open({ ...config, memory: true }, run);
    throw new StartError(
      `There is no database in ${config.data}: name the server’s folder with --data, or its DATABASE_URL. A server with --memory has none.`,
    );
  } catch (error) {
    warn(error instanceof AppError ? error.publicMessage : describeFailure(error, config));
    return 1;
  }
}

const exists = ({ databaseUrl, data }: Config) =>
  databaseUrl !== undefined || existsSync(join(data, 'vestibule.db'));

async function open(config: Config, run: (opened: Opened) => Promise<number>): Promise<number> {
  const log = await createLogger({ level: 'silent', pretty: false });
  const db = await openDatabase(log, config);
  try {
    const sealer = await openSealer(config);
    await checkSealer(db, sealer);
    return await run({ config, db, sealer });
  } finally {
    await db.close();
  }
}
