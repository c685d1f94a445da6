import { z } from 'zod';
import { ImportFormPage } from '../../../../views/console/imports/form.tsx';
import { importUsers } from '../../../administration/bulk-import/import-users.ts';
import { readImportText } from '../../../administration/bulk-import/read-text.ts';
import type { BulkImportNeeds } from '../../../administration/bulk-import/start-bulk-import.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { csrfField } from '../../../foundation/http/fields.ts';
import { textOfFile } from '../../../foundation/http/form-with-file.ts';
import { invalid } from '../../../foundation/platform/errors.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { consoleForm, consolePage, goTo } from '../frame/handlers.ts';
import { faultsOfText, type TextFaults } from '../frame/text-faults.ts';

const path = '/:instance/console/imports/add';

const MIB = 1024 * 1024;
const MAX_PASTED = MIB;
/** A percent-encoded text can have three times the octets. */
const FORM_LIMIT = '3136kb';
/** The content is held in memory as a whole; the control API takes more, line by line. */
const file = { field: 'users', maxOctets: 16 * MIB };
const FIELDS = { file: 'users', pasted: 'content' };
const form = z.object({ csrf: csrfField, content: z.string().default('') });

/** The form that imports many users at once. */
export function addImportRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    router.get(
      path,
      consolePage(needs, { isForm: true }, (ctx, console) => {
        showForm(needs, ctx, console, '');
      }),
    );

    router.post(
      path,
      consoleForm(
        needs,
        { form, file, formLimit: FORM_LIMIT },
        async (ctx, console, { form: { content }, file }) => {
          try {
            const sent = await readImportText(readGiven(content, file));
            const { instance, context } = console;
            const begun = await importUsers({ ...needs, onFailure: logTo(ctx) }, instance, context, sent);
            goTo(ctx, console, `/imports/${begun.import.id}`);
          } catch (error) {
            showForm(needs, ctx, console, content, faultsOfText(error, FIELDS, file !== undefined));
          }
        },
      ),
    );
  };
}

/** The text that was chosen or pasted. Throws a ValidationException beside its field. */
function readGiven(content: string, file: Buffer | undefined): string {
  const hasPasted = content.trim() !== '';
  if (file && hasPasted) throw invalid('content', 'Choose a file or paste the users, not both.');
  if (file) return textOfFile(file, 'users');
  if (!hasPasted) throw invalid('users', 'Choose a file, or paste the users below.');
  if (content.length > MAX_PASTED) throw invalid('content', 'This is more than 1 MiB: put it into a file.');
  return content;
}

const logTo =
  ({ state: { log, requestId } }: Ctx): BulkImportNeeds['onFailure'] =>
  (importId, err) => {
    log.error({ requestId, importId, err }, 'an import failed');
  };

function showForm(
  needs: ConsoleNeeds,
  ctx: Ctx,
  { visit, frame }: ConsoleVisit,
  content: string,
  faults?: TextFaults,
): void {
  if (faults) ctx.status = faults.status;
  needs.show(ctx, visit, (page) => (
    <ImportFormPage
      {...{ page, frame, content }}
      errors={faults?.errors ?? {}}
      error={faults?.error}
      mistakes={faults?.mistakes ?? []}
    />
  ));
}
