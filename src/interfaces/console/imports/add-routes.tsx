import { z } from 'zod';
import { ImportFormPage } from '../../../../views/console/imports/form.tsx';
import { importUsers } from '../../../administration/bulk-import/import-users.ts';
import { readImportText } from '../../../administration/bulk-import/read-text.ts';
import type { BulkImportNeeds } from '../../../administration/bulk-import/start-bulk-import.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { csrfField } from '../../../foundation/http/fields.ts';
import { textOfFile } from '../../../foundation/http/form-with-file.ts';
import { AppError, invalid } from '../../../foundation/platform/errors.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { faultsOf, type FormFaults } from '../frame/faults.ts';
import { consoleForm, consolePage, goTo } from '../frame/handlers.ts';

const path = '/:instance/console/imports/add';

const MIB = 1024 * 1024;
const MAX_PASTED = MIB;
/** The content is held in memory as a whole; the control API takes more, line by line. */
const file = { field: 'users', maxOctets: 16 * MIB };
const form = z.object({ csrf: csrfField, content: z.string().default('') });

/** The form that imports many users at once. */
export function addImportRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    router.get(
      path,
      consolePage(needs, {}, (ctx, console) => {
        showForm(needs, ctx, console, '');
      }),
    );

    router.post(
      path,
      consoleForm(
        needs,
        { form, file, formLimit: '4mb' },
        async (ctx, console, { form: { content }, file }) => {
          const given = file ? 'users' : 'content';
          try {
            const sent = await readImportText(readGiven(content, file));
            const { instance, context } = console;
            const begun = await importUsers({ ...needs, onFailure: logTo(ctx) }, instance, context, sent);
            goTo(ctx, console, `/imports/${begun.import.id}`);
          } catch (error) {
            showForm(needs, ctx, console, content, { error, given });
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

interface Refused {
  readonly error: unknown;
  /** The field whose content was refused. */
  readonly given: 'users' | 'content';
}

function showForm(
  needs: ConsoleNeeds,
  ctx: Ctx,
  { visit, frame }: ConsoleVisit,
  content: string,
  refused?: Refused,
): void {
  const faults = refused && faultsOfContent(refused);
  const mistakes = refused ? mistakesOf(refused.error) : [];
  if (faults) ctx.status = faults.status;
  // A text of megabytes is not sent back.
  const kept = content.length > MAX_PASTED ? '' : content;
  needs.show(ctx, visit, (page) => (
    <ImportFormPage
      {...{ page, frame, mistakes }}
      content={kept}
      errors={faults?.errors ?? {}}
      error={faults?.error}
    />
  ));
}

/** What is wrong with the users is wrong with the field that holds them. */
function faultsOfContent({ error, given }: Refused): FormFaults {
  const tooLong = error instanceof AppError && error.code === 'PayloadTooLarge';
  const { errors, ...faults } = faultsOf(tooLong ? invalid(given, error.publicMessage) : error, [
    'users',
    'content',
  ]);
  const [first, ...others] = mistakesOf(error);
  const isBesideField = errors['users'] !== undefined || errors['content'] !== undefined;
  if (isBesideField || first === undefined) return { ...faults, errors };
  const more = others.length > 0 ? ` All ${others.length + 1} mistakes are listed above.` : '';
  return { ...faults, error: undefined, errors: { [given]: `${first}${more}` } };
}

const mistakesOf = (error: unknown): string[] =>
  error instanceof AppError ? error.fields.map(({ message }) => message) : [];
