import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

export type FileText =
  | { readonly ok: true; readonly text: string }
  /** `message` continues a sentence whose subject is the file. */
  | { readonly ok: false; readonly message: string };

const REASONS: Readonly<Partial<Record<string, string>>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EACCES: 'may not be read by this user',
  EISDIR: 'is a folder, not a file',
};

/**
 * Reads a regular UTF-8 file of at most `maxBytes`. A device or a pipe is refused, since reading it might never end.
 * The checks use the open file, because the file at a path can be replaced between a check and the reading.
 */
export async function readRegularFile(path: string, maxBytes: number): Promise<FileText> {
  try {
    // Without O_NONBLOCK, opening a pipe waits until another process writes to it.
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const found = await file.stat();
      if (found.isDirectory()) return refuse('is a folder, not a file');
      if (!found.isFile()) return refuse('is not a regular file');
      if (found.size > maxBytes) return tooLarge(maxBytes);
      const bytes = await file.readFile();
      // The file may have grown since the check of its size.
      if (bytes.byteLength > maxBytes) return tooLarge(maxBytes);
      return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
    } finally {
      await file.close();
    }
  } catch (error) {
    return refuse(reasonOf(error));
  }
}

const refuse = (message: string): FileText => ({ ok: false, message });
const tooLarge = (maxBytes: number) => refuse(`has more than ${maxBytes / 1024 / 1024} MiB`);

function reasonOf(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') throw error;
  if (error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'is not text in UTF-8';
  return REASONS[error.code] ?? `can’t be read (${error.code})`;
}
