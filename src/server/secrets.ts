import { randomBytes } from 'node:crypto';
import type { Config } from '../config.ts';
import { createSealer, equalSecrets, hashToken, type Sealer } from '../foundation/platform/crypto.ts';
import { randomIds } from '../foundation/platform/ids.ts';
import type { Database } from '../foundation/storage/database.ts';
import { claimServerState, readServerState } from '../foundation/storage/server-state.ts';
import { openSecretFile } from './secret-file.ts';
import { StartError } from './start-error.ts';

/**
 * The sealer of a server. Its secret is VESTIBULE_SECRET, or is generated at the first start, in a file that
 * only its owner can read.
 */
export async function openSealer(config: Config): Promise<Sealer> {
  if (config.secret !== undefined) return createSealer(Buffer.from(config.secret));
  if (config.memory) return createSealer(randomBytes(32));
  return createSealer(Buffer.from(await openSecretFile(config.data)));
}

const CHECK = 'vestibule';

/**
 * Throws a StartError when the database was encrypted with another secret: its private keys could no longer
 * be used.
 */
export async function checkSealer(db: Database, sealer: Sealer): Promise<void> {
  const check = await claimServerState(db, 'sealing-check', sealer.mac('sealing-check', CHECK));
  if (!equalSecrets(check, sealer.mac('sealing-check', CHECK))) {
    throw new StartError(
      'This database was encrypted with another secret. Start with the VESTIBULE_SECRET, or the data folder’s file `secret`, with which it was created.',
    );
  }
}

export interface ApiToken {
  verify(token: string): boolean;
  /** The token, to be printed, if it was just generated. Only its hash is stored. */
  made?: string;
}

/**
 * The control API's token: VESTIBULE_API_TOKEN, or one generated at the first start. Call it last
 * before printing the token: if something failed in between, the token would be stored, but never shown.
 */
export async function openApiToken(db: Database, config: Config): Promise<ApiToken> {
  const given = config.apiToken;
  if (given !== undefined) return { verify: (token) => equalSecrets(token, given) };
  const made = randomIds.token();
  const known = await readServerState(db.read, 'api-token-hash');
  const hash = known ?? (await claimServerState(db, 'api-token-hash', hashToken(made)));
  const verify = (token: string) => equalSecrets(hashToken(token), hash);
  return hash === hashToken(made) ? { verify, made } : { verify };
}
