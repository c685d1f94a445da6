import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { randomIds, type Ids } from '../../foundation/platform/ids.ts';
import { readRegularFile } from '../../foundation/platform/regular-file.ts';

/** A private key and its certificate, both in PEM. */
export interface CachedKey {
  readonly privateKeyPem: string;
  readonly certificatePem: string;
}

/**
 * Keeps the keys of servers with in-memory databases, by natural key, so that service providers still trust a
 * server after a restart.
 */
export interface KeyCache {
  /** The cached key, or undefined when there is none that can be used. */
  get(naturalKey: string): Promise<CachedKey | undefined>;
  put(naturalKey: string, key: CachedKey): Promise<void>;
}

const fileSchema = z.strictObject({
  version: z.literal(1),
  /** File names are hashes, so this records what the file is for, and shows if it was copied over another one. */
  naturalKey: z.string(),
  privateKeyPem: z.string(),
  certificatePem: z.string(),
});

/** Our own pairs have less than eight kilobytes. */
const MAX_BYTES = 64 * 1024;
const OWNER_ONLY_FILE = 0o600;
const OWNER_ONLY_FOLDER = 0o700;

/**
 * Keeps keys as files in `folder` that only their owner can read. A file is written under a temporary name
 * and then renamed, so that two servers that start at once never read half of it. A file that can't be used
 * counts as missing, also one that is a device or a pipe, or too large: reading it might never end.
 */
export function createKeyCache(folder: string, ids: Ids = randomIds): KeyCache {
  const pathOf = (naturalKey: string) =>
    join(folder, `${createHash('sha256').update(naturalKey).digest('hex')}.json`);

  return {
    async get(naturalKey) {
      const path = pathOf(naturalKey);
      try {
        const content = await readRegularFile(path, MAX_BYTES);
        if (!content.ok) return undefined;
        // A copy or a backup may have widened the file's mode. After the reading, since a link may lead to a device.
        await keepToOwner(path);
        const file = fileSchema.parse(JSON.parse(content.text));
        return file.naturalKey === naturalKey && belongTogether(file) ? keyOf(file) : undefined;
      } catch {
        return undefined;
      }
    },
    async put(naturalKey, key) {
      await mkdir(folder, { recursive: true, mode: OWNER_ONLY_FOLDER });
      await chmod(folder, OWNER_ONLY_FOLDER);
      const path = pathOf(naturalKey);
      const temporary = `${path}.${ids.hex(16)}.tmp`;
      const file: z.input<typeof fileSchema> = { version: 1, naturalKey, ...keyOf(key) };
      try {
        // wx fails if the path exists, so that nobody can have put a file or a link there beforehand.
        await writeFile(temporary, JSON.stringify(file), { flag: 'wx', mode: OWNER_ONLY_FILE });
        await rename(temporary, path);
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    },
  };
}

/**
 * A copy or a backup may have widened the file's mode. Changing it fails if the file belongs to another user, who may
 * have planted it. On a read-only disk, where containers mount secrets, nobody can have planted it.
 */
async function keepToOwner(path: string): Promise<void> {
  await chmod(path, OWNER_ONLY_FILE).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EROFS')) throw error;
  });
}

const keyOf = ({ privateKeyPem, certificatePem }: CachedKey): CachedKey => ({
  privateKeyPem,
  certificatePem,
});

function belongTogether({ privateKeyPem, certificatePem }: CachedKey): boolean {
  return new X509Certificate(certificatePem).checkPrivateKey(createPrivateKey(privateKeyPem));
}
