import { z } from 'zod';
import { FileFormPage } from '../../../../views/console/organization-file/import-form.tsx';
import { FilePreviewPage } from '../../../../views/console/organization-file/preview.tsx';
import type { ApplyOptions } from '../../../administration/organization-file/apply/apply.ts';
import { applyFileText } from '../../../administration/organization-file/apply/apply-text.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { csrfField, wordFault } from '../../../foundation/http/fields.ts';
import { textOfFile } from '../../../foundation/http/form-with-file.ts';
import { invalid } from '../../../foundation/platform/errors.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { consoleForm, consolePage, goTo } from '../frame/handlers.ts';
import { faultsOfText, type TextFaults } from '../frame/text-faults.ts';
import { MAX_OCTETS, packText, unpackText } from './packed-text.ts';
import { digestOf, shownChanges, type Applied } from './shown-changes.ts';

const path = '/:instance/console/organization-file';

const MIB = 1024 * 1024;
const file = { field: 'file', maxOctets: MAX_OCTETS };
const FIELDS = { file: 'file', pasted: 'content' };
/** A pasted text can have three times the octets, percent-encoded. */
const FORM_LIMIT = '4mb';
const WORD = 'DELETE';

const option = z.enum(['prune', 'resetPasswords']);
const fileForm = z.object({
  csrf: csrfField,
  content: z.string().default(''),
  options: z.union([option.transform((one) => [one]), z.array(option).max(2)]).default([]),
});
const applyForm = fileForm.omit({ content: true }).extend({
  /** The file as `packText` writes it. */
  packed: z.string().default(''),
  preview: z.string().max(100).default(''),
  confirmation: z.string().max(100).default(''),
});

type FileForm = Pick<z.output<typeof fileForm>, 'content' | 'options'>;

/** Takes an organization file, shows what it would change, and applies it. */
export function importFileRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    router.get(
      `${path}/import`,
      consolePage(needs, { isForm: true }, (ctx, console) => {
        showForm(needs, ctx, console, { content: '', options: [] });
      }),
    );

    router.post(
      `${path}/import`,
      consoleForm(
        needs,
        { form: fileForm, file, formLimit: FORM_LIMIT },
        async (ctx, console, { form, file }) => {
          try {
            const given = { content: readGiven(form.content, file), options: form.options };
            showPreview(needs, ctx, console, given, { applied: await preview(needs, console, given) });
          } catch (error) {
            showForm(needs, ctx, console, form, faultsOfText(error, FIELDS, file !== undefined));
          }
        },
      ),
    );

    router.post(
      `${path}/apply`,
      consoleForm(needs, { form: applyForm, formLimit: FORM_LIMIT }, async (ctx, console, { form: sent }) => {
        const form = { ...sent, content: '' };
        try {
          form.content = unpackText(sent.packed);
          // Somebody else may have changed the organization: nobody deletes what no preview has shown.
          const applied = await preview(needs, console, form);
          const hasChanged = digestOf(needs.sealer, applied) !== form.preview;
          const wrong = applied.removals.length === 0 ? undefined : wordFault(form.confirmation, WORD);
          if (hasChanged || wrong !== undefined) {
            ctx.status = hasChanged ? 409 : 400;
            showPreview(needs, ctx, console, form, { applied, hasChanged, wrong });
            return;
          }
          await applyFileText(needs.applyOrganizationFile, form.content, optionsFor(console, form));
          goTo(ctx, console, '/organization-file?done=applied');
        } catch (error) {
          showForm(needs, ctx, console, form, faultsOfText(error, FIELDS, false));
        }
      }),
    );
  };
}

/** The file that was chosen or pasted. Throws a ValidationException beside its field. */
function readGiven(content: string, chosen: Buffer | undefined): string {
  const hasPasted = content.trim() !== '';
  if (chosen && hasPasted) throw invalid('content', 'Choose a file or paste it, not both.');
  if (!chosen && !hasPasted) throw invalid('file', 'Choose a file, or paste it below.');
  const text = chosen ? textOfFile(chosen, 'file') : content;
  if (text.length > MIB) throw invalid(chosen ? 'file' : 'content', 'The file has more than 1 MiB.');
  return text;
}

function optionsFor({ organization, context }: ConsoleVisit, { options }: FileForm): ApplyOptions {
  return {
    ...{ organization: organization.id, origin: context },
    ...{ prune: options.includes('prune'), resetPasswords: options.includes('resetPasswords') },
  };
}

const preview = (needs: ConsoleNeeds, console: ConsoleVisit, form: FileForm): Promise<Applied> =>
  applyFileText(needs.applyOrganizationFile, form.content, { ...optionsFor(console, form), dryRun: true });

function showForm(
  needs: ConsoleNeeds,
  ctx: Ctx,
  { visit, frame }: ConsoleVisit,
  { content, options }: FileForm,
  faults?: TextFaults,
): void {
  if (faults) ctx.status = faults.status;
  needs.show(ctx, visit, (page) => (
    <FileFormPage
      {...{ page, frame, options }}
      content={content.length > MIB ? '' : content}
      errors={faults?.errors ?? {}}
      error={faults?.error}
      mistakes={faults?.mistakes ?? []}
    />
  ));
}

interface Previewed {
  readonly applied: Applied;
  readonly hasChanged?: boolean;
  /** What is wrong with the word. */
  readonly wrong?: string | undefined;
}

function showPreview(
  needs: ConsoleNeeds,
  ctx: Ctx,
  { visit, frame }: ConsoleVisit,
  { content, options }: FileForm,
  { applied, hasChanged = false, wrong }: Previewed,
): void {
  needs.show(ctx, visit, (page) => (
    <FilePreviewPage
      {...{ page, frame, hasChanged }}
      changes={shownChanges(applied)}
      warnings={applied.warnings.map(({ line, message }) =>
        line > 0 ? `Line ${line}: ${message}` : message,
      )}
      hidden={{ packed: packText(content), options, preview: digestOf(needs.sealer, applied) }}
      word={applied.removals.length > 0 ? WORD : undefined}
      error={hasChanged ? undefined : wrong}
    />
  ));
}
