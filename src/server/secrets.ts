import { randomBytes } from 'node:crypto';
import type { Config } from '../config.ts';
import type { VerifyToken } from '../foundation/http/bearer-token.ts';
import { createSealer, equalSecrets, hashToken, type Sealer } from '../foundation/platform/crypto.ts';
import { randomIds } from '../foundation/platform/ids.ts';
import type { Database } from '../foundation/storage/database.ts';
import { claimServerState, readServerState, writeServerState } from '../foundation/storage/server-state.ts';
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
  verify: VerifyToken;
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
  // Read for each request, because `vestibule token` replaces it while servers run.
  const verify = async (token: string) => {
    const current = await readServerState(db.read, 'api-token-hash');
    return current !== undefined && equalSecrets(hashToken(token), current);
  };
  return hash === hashToken(made) ? { verify, made } : { verify };
}

/**
 * Replaces the generated token of the control API: from the commit on, every server of the database takes the new one
 * and refuses the one before. Servers with VESTIBULE_API_TOKEN are not affected.
 */
export async function replaceApiToken(db: Database): Promise<{ token: string; endedAnother: boolean }> {
  const token = randomIds.token();
  const known = await db.transaction(async (tx) => {
    const before = await readServerState(tx, 'api-token-hash');
    await writeServerState(tx, 'api-token-hash', hashToken(token));
    return before;
  });
  return { token, endedAnother: known !== undefined };
}
