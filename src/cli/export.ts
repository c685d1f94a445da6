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

/** `vestibule export`: writes an organization as a file; `-` is standard output. The answer is the exit code. */
export async function exportTo(path: string, flags: ExportFlags): Promise<number> {
  const { organization, secrets = false, force = false } = flags;
  return onDatabase(flags, { ifAbsent: 'refuse' }, async ({ db, sealer }) => {
    const text = formatOrganizationFile(
      await exportOrganizationFile({ db, sealer }, { organization, secrets }),
    );
    if (path === '-') process.stdout.write(text);
    else await write(path, text, force);
    return 0;
  });
}

/**
 * People and secrets are for their owner's eyes. In place of a file another one is put, so that neither its mode nor what
 * it is a link to matters, and nobody finds half of it.
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
    const reason = isThere ? 'it is there already. Choose another name, or --force' : String(error);
    throw new StartError(`${path} can’t be written: ${reason}.`, { cause: error });
  }
}
