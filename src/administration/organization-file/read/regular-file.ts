import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

export type FileText =
  | { readonly ok: true; readonly text: string }
  /** `message` continues a sentence that begins with the file's name. */
  | { readonly ok: false; readonly message: string };

const REASONS: Readonly<Partial<Record<string, string>>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EACCES: 'may not be read by this user',
  EISDIR: 'is a folder, not a file',
};

/**
 * The text of a regular file in UTF-8 of at most `maxBytes`. What is opened is what is looked at and read: a device or a
 * pipe would never end, and a file can be exchanged between a look at its name and the reading of it.
 */
export async function readRegularFile(path: string, maxBytes: number): Promise<FileText> {
  try {
    // Without O_NONBLOCK the opening of a pipe waits for somebody who writes into it.
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const found = await file.stat();
      if (found.isDirectory()) return refuse('is a folder, not a file');
      if (!found.isFile()) return refuse('is not a regular file');
      if (found.size > maxBytes) return tooLarge(maxBytes);
      const bytes = await file.readFile();
      // It may have grown since its size was asked for.
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
