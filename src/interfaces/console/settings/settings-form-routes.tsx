import { z } from 'zod';
import type { Conflict } from '../../../../views/components/console/conflict-notice.tsx';
import { fieldText } from '../../../../views/console/settings/field-text.ts';
import { SettingsFormPage } from '../../../../views/console/settings/form.tsx';
import { changeSettings } from '../../../administration/operations/settings.ts';
import { findInstanceOf } from '../../../domain/organizations/instance-store.ts';

import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { csrfField } from '../../../foundation/http/fields.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { faultsOf, faultsOfInput, type FormFaults } from '../frame/faults.ts';
import { consoleForm, consolePage, goTo } from '../frame/handlers.ts';
import { versionField } from '../frame/fields.ts';
import { conflictOf } from '../frame/conflict.ts';
import type { SettingsForm } from './settings-form.ts';

const sent = z.object({ csrf: csrfField, version: versionField });

/** The page of a form about settings: shows them, and changes them. */
export function settingsFormRoutes<Values extends object>(
  needs: ConsoleNeeds,
  spec: SettingsForm<Values>,
): Mount {
  const path = `/:instance/console/settings/${spec.name}`;
  return (router) => {
    router.get(
      path,
      consolePage(needs, {}, (ctx, console) => {
        const { settings, version } = console.instance;
        show(needs, ctx, console, spec, { values: spec.valuesOf(settings), version });
      }),
    );

    router.post(
      path,
      consoleForm(needs, { form: z.intersection(sent, spec.form) }, async (ctx, console, { form }) => {
        const { version } = form;
        try {
          await changeSettings(console, spec.changeOf(form), version);
          goTo(ctx, console, `/settings?done=${spec.name}`);
        } catch (error) {
          const faults = faultsOfSettings(error, spec, form);
          ctx.status = faults.status;
          const conflict = await settingsConflict(needs, console, spec, form, faults);
          const now = faults.presentVersion ?? version;
          show(needs, ctx, console, spec, { values: form, version: now, faults, conflict });
        }
      }),
    );
  };
}

interface Shown<Values> {
  readonly values: Values;
  readonly version: number;
  readonly faults?: FormFaults;
  readonly conflict?: Conflict | undefined;
}

function show<Values extends object>(
  needs: ConsoleNeeds,
  ctx: Ctx,
  console: ConsoleVisit,
  spec: SettingsForm<Values>,
  { values, version, faults, conflict }: Shown<Values>,
): void {
  const { name, title, about, guide, operatorsOnly = false } = spec;
  const mayEdit = console.mayChange && (!operatorsOnly || console.isOperator);
  const errors = faults?.errors ?? {};
  needs.show(ctx, console.visit, (page) => (
    <SettingsFormPage
      {...{ page, frame: console.frame, name, title, about, guide, mayEdit, operatorsOnly, version }}
      {...{ errors, error: conflict ? undefined : faults?.error, conflict }}
      fields={spec.fields(values, errors)}
      warning={spec.warningOf?.(console.instance.settings)}
      aside={spec.aside?.(console)}
    />
  ));
}

/** The faults by the form's fields; a setting's own message is replaced where the form has one for people. */
function faultsOfSettings<Values extends object>(
  error: unknown,
  { fieldOf = {}, fields, messages = {} }: SettingsForm<Values>,
  values: Values,
): FormFaults {
  const names = fields(values, {}).map(({ name }) => name);
  const found = error instanceof z.ZodError ? faultsOfInput(error) : faultsOf(error, names, fieldOf);
  const errors: Record<string, string> = {};
  const others: string[] = [];
  for (const [pointer, message] of Object.entries(found.errors)) {
    const last = pointer.split('.').find((part) => names.includes(part));
    const name = fieldOf[pointer] ?? last;
    if (name === undefined) others.push(message);
    else errors[name] ??= messages[name] ?? message;
  }
  const whole = [...(found.error === undefined ? [] : [found.error]), ...others].join(' ');
  return { ...found, errors, error: whole === '' ? undefined : whole };
}

/** The two changes of the same settings, when somebody else made the other one meanwhile. */
async function settingsConflict<Values extends object>(
  needs: ConsoleNeeds,
  console: ConsoleVisit,
  spec: SettingsForm<Values>,
  values: Values,
  faults: FormFaults,
): Promise<Conflict | undefined> {
  const { organization, instance, homeHref } = console;
  const present = await findInstanceOf(needs.db.read, organization.id);
  const theirs = present && spec.fields(spec.valuesOf(present.settings), {}).map(fieldText);
  return conflictOf(needs, console, faults, {
    changedBy: [
      { operations: ['UpdateInstance'], parameter: 'instanceId', id: instance.id },
      {
        operations: ['PutMfaDeviceManagementForDirectory'],
        parameter: 'directoryId',
        id: instance.directoryId,
      },
    ],
    values: theirs
      ? spec.fields(values, {}).map((field, index) => ({
          ...{ label: field.label, yours: fieldText(field), theirs: theirs[index] ?? '' },
        }))
      : [],
    takeTheirsHref: `${homeHref}/settings/${spec.name}`,
  });
}
