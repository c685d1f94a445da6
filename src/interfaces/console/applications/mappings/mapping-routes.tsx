import { z } from 'zod';
import type { TypedMappings } from '../../../../../views/console/applications/mapping-values.ts';
import { changeApplication } from '../../../../administration/operations/applications.ts';
import type { Application } from '../../../../domain/applications/application.ts';
import type { Ctx, Mount } from '../../../../foundation/http/context.ts';
import { csrfField } from '../../../../foundation/http/fields.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../../frame/console-visit.ts';
import { faultsOf } from '../../frame/faults.ts';
import { doneQuery, doneText, versionField } from '../../frame/fields.ts';
import { consoleForm, consolePage, goTo } from '../../frame/handlers.ts';
import { conflictOf } from '../../frame/conflict.ts';
import { applicationHref, applicationOf, applicationParams, changesOf } from '../application-tabs.ts';
import { showMappings, type ShownMappings } from './show-mappings.tsx';
import { checkTyped, differences, readTyped, typedOf, withAnotherRow, withoutRow } from './typed-mappings.ts';

const TAB = '/attribute-mappings';
const path = `/:instance/console/applications/:application${TAB}`;

const query = doneQuery.extend({ user: z.string().max(200).optional() });

/** The fields of the rows have numbers, so their names aren't known before. */
const form = z
  .object({
    csrf: csrfField,
    version: versionField,
    user: z.string().default(''),
    act: z
      .string()
      .regex(/^(?:save|add|preview|remove-\d{1,3})$/, { error: 'The form has no such button.' })
      .default('save'),
  })
  .catchall(z.string({ error: 'A field is sent twice. Open the form again.' }));

/** More than two hundred mappings of a usual length. */
const FORM_LIMIT = '1mb';

const DONE: Readonly<Record<string, string>> = { saved: 'The attribute mappings were saved.' };

/** The attribute mappings of an application, with a preview of what they make. */
export function mappingRoutes(needs: ConsoleNeeds): Mount {
  const params = applicationParams;
  return (router) => {
    router.get(
      path,
      consolePage(
        needs,
        { params, query },
        async (ctx, console, { params: of, query: { user, done = '' } }) => {
          const application = await applicationOf(needs, console, of);
          const { settings, version } = application;
          const shown = { application, typed: typedOf(settings), version, user, done: doneText(DONE, done) };
          await showMappings(needs, ctx, console, shown);
        },
      ),
    );

    router.post(
      path,
      consoleForm(needs, { params, form, formLimit: FORM_LIMIT }, async (ctx, console, input) => {
        const application = await applicationOf(needs, console, input.params);
        const { act, version, user } = input.form;
        const shown = { application, typed: readTyped(input.form), version, user };
        if (act === 'save') await save(needs, ctx, console, shown);
        else await showMappings(needs, ctx, console, { ...shown, ...changedBy(act, shown.typed) });
      }),
    );
  };
}

/** Saves what was typed, or shows it again with what is wrong. */
async function save(
  needs: ConsoleNeeds,
  ctx: Ctx,
  console: ConsoleVisit,
  shown: ShownMappings,
): Promise<void> {
  const { application, typed, version } = shown;
  const checked = checkTyped(typed);
  if (!checked.ok) return showMappings(needs, ctx, console, { ...shown, faults: checked.faults });
  try {
    await changeApplication(needs, console, application.id, checked.mappings, version);
  } catch (error) {
    const faults = faultsOf(error, []);
    const conflict = await conflictOf(needs, console, faults, {
      changedBy: [changesOf(application)],
      values: differences(typed, typedOf(application.settings)),
      takeTheirsHref: hrefOf(console, application),
    });
    if (!conflict || faults.presentVersion === undefined)
      return showMappings(needs, ctx, console, { ...shown, faults });
    const again = { ...shown, version: faults.presentVersion };
    return showMappings(needs, ctx, console, { ...again, conflict, faults: { ...faults, error: undefined } });
  }
  goTo(ctx, console, `/applications/${application.id}${TAB}?done=saved`);
}

const hrefOf = (console: ConsoleVisit, application: Application) =>
  `${applicationHref(console, application)}${TAB}`;

/** What the form's other buttons lead to. Only a preview says what is wrong: a new row is still empty. */
function changedBy(act: string, typed: TypedMappings): Pick<ShownMappings, 'typed' | 'faults'> {
  if (act === 'add') return { typed: withAnotherRow(typed) };
  if (act.startsWith('remove-')) return { typed: withoutRow(typed, Number(act.slice('remove-'.length))) };
  const checked = checkTyped(typed);
  return checked.ok ? { typed } : { typed, faults: checked.faults };
}
