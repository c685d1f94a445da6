import { z } from 'zod';
import { ImportPage } from '../../../../views/console/imports/detail.tsx';
import { ImportsPage } from '../../../../views/console/imports/list.tsx';
import type { ShownImport } from '../../../../views/console/imports/state.ts';
import type { BulkImport } from '../../../administration/bulk-import/bulk-import.ts';
import { stopBulkImport } from '../../../administration/bulk-import/stop-bulk-import.ts';
import { findBulkImport, listBulkImports } from '../../../administration/bulk-import/store.ts';
import { whenOf } from '../../../flows/visit/when.ts';
import type { Mount } from '../../../foundation/http/context.ts';
import { csrfField, idField } from '../../../foundation/http/fields.ts';
import { AppError, notFound } from '../../../foundation/platform/errors.ts';
import type { ImportId } from '../../../foundation/platform/ids.ts';
import type { ConsoleNeeds } from '../frame/console-visit.ts';
import { consoleForm, consolePage, goTo } from '../frame/handlers.ts';

const path = '/:instance/console/imports';
const params = z.object({ import: idField<ImportId>() });

/** As many as are kept. */
const SHOWN = 100;

/** The imports of an instance: the list of them, and each with its progress. */
export function importRoutes(needs: ConsoleNeeds): Mount {
  const { db, clock } = needs;
  return (router) => {
    router.get(
      path,
      consolePage(needs, {}, async (ctx, { instance, visit, frame }) => {
        const { items } = await listBulkImports(db.read, clock, instance.id, { limit: SHOWN });
        const imports = items.map(show);
        needs.show(ctx, visit, (page) => <ImportsPage {...{ page, frame, imports }} />);
      }),
    );

    router.get(
      `${path}/:import`,
      consolePage(needs, { params }, async (ctx, { instance, visit, frame }, { params: { import: id } }) => {
        const found = await findBulkImport(db.read, clock, instance.id, id);
        if (!found) throw notFound('The import');
        const shown = show(found);
        needs.show(ctx, visit, (page) => <ImportPage {...{ page, frame, shown }} />);
      }),
    );

    router.post(
      `${path}/:import/stop`,
      consoleForm(
        needs,
        { params, form: z.object({ csrf: csrfField }) },
        async (ctx, console, { params: { import: id } }) => {
          await stopBulkImport(needs, console.instance, console.context, id).catch((error: unknown) => {
            // It ended while the person decided; the page shows how.
            if (!(error instanceof AppError && error.code === 'ConflictException')) throw error;
          });
          goTo(ctx, console, `/imports/${id}`);
        },
      ),
    );
  };
}

/** Operators have no names. */
const OPERATORS: Readonly<Record<string, string>> = {
  console: 'An operator, in the console',
  'control-api': 'An operator, by the control API',
  library: 'An operator, by the library',
};

const show = ({ id, status, done, total, faults, startedBy, createdAt }: BulkImport): ShownImport => ({
  ...{ id, status, done, total },
  faults: faults.map(({ message }) => message),
  startedBy: startedBy && ('user' in startedBy ? startedBy.user : OPERATORS[startedBy.operator]),
  startedAt: whenOf(createdAt),
});
