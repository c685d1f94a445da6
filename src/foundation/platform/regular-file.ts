import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';

const MIB = 1024 * 1024;
const CHUNK_BYTES = 64 * 1024;

export type FileText = { readonly ok: true; readonly text: string } | FileRefusal;
export type FileOctets = { readonly ok: true; readonly octets: Buffer } | FileRefusal;

interface FileRefusal {
  readonly ok: false;
  /** Continues a sentence whose subject is the file. */
  readonly message: string;
  readonly isMissing: boolean;
}

const REASONS: Readonly<Partial<Record<string, string>>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EACCES: 'may not be read by this user',
  EISDIR: 'is a folder, not a file',
};

/** Reads the text of a regular file in UTF-8, as `readRegularOctets` reads it. */
export async function readRegularFile(path: string, maxBytes: number): Promise<FileText> {
  const read = await readRegularOctets(path, maxBytes);
  if (!read.ok) return read;
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(read.octets) };
  } catch {
    return refuse('is not text in UTF-8');
  }
}

/**
 * Reads a regular file of at most `maxBytes`. A device or a pipe is refused, since reading it might never end.
 * The checks use the open file, because the file at a path can be replaced between a check and the reading.
 */
export async function readRegularOctets(path: string, maxBytes: number): Promise<FileOctets> {
  try {
    // Without O_NONBLOCK, opening a pipe waits until another process writes to it.
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const found = await file.stat();
      if (found.isDirectory()) return refuse('is a folder, not a file');
      if (!found.isFile()) return refuse('is not a regular file');
      if (found.size > maxBytes) return tooLarge(maxBytes);
      const octets = await readAtMost(file, maxBytes, found.size);
      return octets === undefined ? tooLarge(maxBytes) : { ok: true, octets };
    } finally {
      await file.close();
    }
  } catch (error) {
    const { code, reason } = reasonOf(error);
    return refuse(reason, code === 'ENOENT');
  }
}

/**
 * The content of a file; undefined when it has more than `maxBytes`. Its size alone doesn't tell: the file may be
 * growing, and Linux gives files such as `/proc/self/pagemap` the size 0, although they have no end.
 */
async function readAtMost(file: FileHandle, maxBytes: number, size: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  // The first read takes the whole file, unless it grows.
  for (let expected = Math.ceil((size + 1) / CHUNK_BYTES) * CHUNK_BYTES; ; expected = CHUNK_BYTES) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(expected), 0, expected, null);
    if (bytesRead === 0) return Buffer.concat(chunks);
    chunks.push(buffer.subarray(0, bytesRead));
    length += bytesRead;
    if (length > maxBytes) return undefined;
  }
}

const refuse = (message: string, isMissing = false): FileRefusal => ({ ok: false, message, isMissing });
const tooLarge = (maxBytes: number) => refuse(`has more than ${sizeOf(maxBytes)}`);
const sizeOf = (bytes: number) => (bytes < MIB ? `${bytes / 1024} KiB` : `${bytes / MIB} MiB`);

function reasonOf(error: unknown): { code: string; reason: string } {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') throw error;
  const { code } = error;
  return { code, reason: REASONS[code] ?? `can’t be read (${code})` };
}
