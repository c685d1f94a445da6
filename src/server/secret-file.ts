import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, link, lstat, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readRegularFile } from '../foundation/platform/regular-file.ts';
import { StartError } from './start-error.ts';

const MIN_CHARACTERS = 16;
const MAX_BYTES = 4096;

/**
 * The secret of a data folder. It is generated at the first start, in a file that only its owner can read.
 * Throws a StartError when the file can't be written or read, or holds no valid secret.
 */
export async function openSecretFile(folder: string): Promise<string> {
  const path = join(folder, 'secret');
  const secret = await readOrMake(folder, path).catch((error: unknown) => {
    if (error instanceof StartError) throw error;
    throw new StartError(`The secret could not be kept in ${path}: ${String(error)}`, { cause: error });
  });
  if (secret.length >= MIN_CHARACTERS) return secret;
  throw new StartError(
    `${path} holds no valid secret: it is shorter than ${MIN_CHARACTERS} characters. Restore the secret with which the database was ` +
      'created or, if the database is new, delete the file: the next start generates another one.',
  );
}

async function readOrMake(folder: string, path: string): Promise<string> {
  return (await read(path)) ?? (await make(folder, path));
}

async function make(folder: string, path: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // Written under a temporary name and linked once it is complete, so that the file never holds half a
  // secret, however a start ends.
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    await write(draft, randomBytes(32).toString('base64url'));
    await link(draft, path).catch((error: unknown) => {
      // Another server, started at the same time, was first: its secret counts.
      if (!hasCode(error, 'EEXIST')) throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
  const secret = await read(path);
  if (secret === undefined)
    throw new StartError(`${path} is a link to a file that does not exist, or was deleted at once.`);
  return secret;
}

async function write(path: string, secret: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(secret);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The secret; undefined when there is no file yet. A device or a pipe is refused, since reading it might never end. */
async function read(path: string): Promise<string | undefined> {
  const file = await readRegularFile(path, MAX_BYTES);
  if (!file.ok) {
    if (file.isMissing) return undefined;
    throw new StartError(`The secret can’t be read: ${path} ${file.message}.`);
  }
  await keepToOwner(path);
  return file.text.trim();
}

/**
 * A copy or a backup may have widened the file's mode. A link's target keeps its own, and so does a file of another
 * user or on a read-only disk: containers mount secrets so.
 */
async function keepToOwner(path: string): Promise<void> {
  const found = await lstat(path);
  if (found.isFile() && (found.mode & 0o077) !== 0) await chmod(path, 0o600).catch(() => undefined);
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
