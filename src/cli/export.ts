import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import {
  exportOrganizationFile,
  formatOrganizationFile,
} from '../administration/organization-file/export/export.ts';
import { onDatabase } from './on-database.ts';
import { StartError } from '../server/start-error.ts';

export interface ExportFlags extends Record<string, unknown> {
  organization: string;
  secrets?: boolean;
  force?: boolean;
}

/** `vestibule export`: writes an organization to a file, or to standard output for `-`. Returns the exit code. */
export async function exportTo(path: string, flags: ExportFlags): Promise<number> {
  const { organization, secrets = false, force = false } = flags;
  return onDatabase(flags, { ifAbsent: 'refuse' }, async ({ db, sealer }) => {
    const text = await formatOrganizationFile(
      await exportOrganizationFile({ db, sealer }, { organization, secrets }),
    );
    if (path === '-') process.stdout.write(text);
    else await write(path, text, force);
    return 0;
  });
}

/**
 * Only the owner can read the file, which holds personal data and secrets. To replace an existing file, a
 * temporary one is renamed over it: so the old file's mode, and a link to elsewhere, have no effect, and no
 * reader sees half of it.
 */
async function write(path: string, text: string, force: boolean): Promise<void> {
  const draft = force ? `${path}.${randomUUID()}.tmp` : path;
  let isOurs = false;
  try {
    const file = await open(draft, 'wx', 0o600);
    isOurs = true;
    await file.writeFile(text).finally(() => file.close());
    if (force) await rename(draft, path);
  } catch (error) {
    if (isOurs) await rm(draft, { force: true });
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    const reason = isThere ? 'it exists already. Choose another name, or --force' : String(error);
    throw new StartError(`${path} can’t be written: ${reason}.`, { cause: error });
  }
}
