import { z } from 'zod';
import type { BulkImport } from '../../../administration/bulk-import/bulk-import.ts';
import { importUsers } from '../../../administration/bulk-import/import-users.ts';
import { stopBulkImport } from '../../../administration/bulk-import/stop-bulk-import.ts';
import { findBulkImport, listBulkImports } from '../../../administration/bulk-import/store.ts';
import { toIso } from '../../../foundation/platform/clock.ts';
import { asId, type ImportId } from '../../../foundation/platform/ids.ts';
import { readAllPages } from '../../../foundation/storage/paging.ts';
import type { Imports, UserImport } from '../types/imports.ts';
import type { HandleContext } from './context.ts';

const items = z
  .array(z.unknown())
  .default([])
  .transform((values) => values.map((value) => ({ value })));
const contentSchema = z.strictObject({ groups: items, users: items });
const referenceSchema = z
  .union([z.string(), z.looseObject({ id: z.string() })])
  .transform((given) => asId<ImportId>(typeof given === 'string' ? given : given.id));

export function createImports({ needs, log, open }: HandleContext): Imports {
  const { db, clock } = needs;
  const onFailure = (importId: ImportId, err: unknown) => {
    log.error({ importId, err }, 'an import failed');
  };
  return {
    start: async (given) => {
      const sent = contentSchema.parse(given);
      const { instance, context } = await open();
      return present((await importUsers({ ...needs, onFailure }, instance, context, sent)).import);
    },
    get: async (given) => {
      const { instance } = await open();
      const found = await findBulkImport(db.read, clock, instance.id, referenceSchema.parse(given));
      return found && present(found);
    },
    list: async () => {
      const { instance } = await open();
      return (await readAllPages((page) => listBulkImports(db.read, clock, instance.id, page))).map(present);
    },
    stop: async (given) => {
      const { instance, context } = await open();
      return present(await stopBulkImport(needs, instance, context, referenceSchema.parse(given)));
    },
  };
}

const present = ({ faults, createdAt, finishedAt, ...rest }: BulkImport): UserImport => ({
  ...rest,
  faults: faults.map(({ message }) => message),
  createdAt: toIso(createdAt),
  finishedAt: finishedAt === null ? undefined : toIso(finishedAt),
});
