import { counted } from '../../../../views/words.ts';
import { AppError, type FieldFault } from '../../../foundation/platform/errors.ts';
import type { FileFault } from '../read/fault.ts';
import { pointerOf } from '../read/file-pointer.ts';
import { readOrganizationFile } from '../read/read.ts';
import type { OrganizationFile } from '../read/schema.ts';
import type { ApplyOptions, ApplyOrganizationFile, ApplyResult } from './apply.ts';

const MAX_FAULTS = 100;
/** About 300 KiB, or two thousand users: composing such a file blocks the main thread for half a second. */
const MAX_LEXEMES = 100_000;

/**
 * Applies an organization file that somebody sent, or says what it would change (`dryRun`). It can't refer to files on
 * the server. Throws a ValidationException with the line and column of each mistake, and whatever applying throws.
 */
export async function applyFileText(
  apply: ApplyOrganizationFile,
  text: string,
  options: ApplyOptions,
): Promise<Extract<ApplyResult, { ok: true }>> {
  const applied = await apply(await readFileText(text), options);
  if (!applied.ok) throw refusedFile(applied.faults);
  return applied;
}

/** Reads an organization file that somebody sent. Throws a ValidationException with the place of each mistake. */
export async function readFileText(text: string): Promise<OrganizationFile> {
  // Without a folder, the text can't make the server read its own files.
  const source = { text, name: 'the request body', folder: undefined, maxLexemes: MAX_LEXEMES };
  const read = await readOrganizationFile(source);
  if (!read.ok) throw refusedFile(read.faults, read.more);
  return read.file;
}

/** The error for an organization file with mistakes: all of them, with their places. */
export function refusedFile(faults: readonly FileFault[], hiddenCount = 0): AppError {
  const fields: FieldFault[] = faults.slice(0, MAX_FAULTS).map(({ line, column, path, message }) => ({
    ...{ field: pointerOf(path), message },
    ...(line > 0 && { line, column }),
  }));
  const count = faults.length + hiddenCount;
  const shown = count > fields.length ? ` Only the first ${fields.length} are listed.` : '';
  return new AppError(
    'ValidationException',
    `The file has ${counted(count, 'mistake')}: nothing was applied.${shown}`,
    {
      fields,
    },
  );
}
