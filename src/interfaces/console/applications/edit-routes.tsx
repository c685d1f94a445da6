import { EditApplicationPage } from '../../../../views/console/applications/edit.tsx';
import type { TypedConfiguration } from '../../../../views/console/applications/configuration-fields.ts';
import { changeApplication } from '../../../administration/operations/applications.ts';
import { applicationChangeSchema } from '../../../domain/applications/application-input.ts';
import type { Application } from '../../../domain/applications/application.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { faultsOfInput, readInput, type FormFaults } from '../frame/faults.ts';
import { versionField } from '../frame/fields.ts';
import { consoleForm, consolePage, goTo } from '../frame/handlers.ts';
import { conflictOf } from '../frame/conflict.ts';
import {
  APPLICATION_PATH,
  applicationHead,
  applicationHref,
  applicationOf,
  applicationParams,
  changesOf,
} from './application-tabs.ts';
import {
  atFields,
  configurationForm,
  faultsAtFields,
  propertiesOf,
  typedConfigurationOf,
  typedOf,
} from './configuration-form.ts';

const path = `${APPLICATION_PATH}/edit`;
const form = configurationForm.extend({ version: versionField });

/** Changing an application's details and properties. */
export function editRoutes(needs: ConsoleNeeds): Mount {
  const params = applicationParams;
  return (router) => {
    router.get(
      path,
      consolePage(needs, { params, isForm: true }, async (ctx, console, { params: of }) => {
        const application = await applicationOf(needs, console, of);
        const typed = typedConfigurationOf(application);
        await show(needs, ctx, console, { application, typed, version: application.version });
      }),
    );

    router.post(
      path,
      consoleForm(needs, { params, form }, async (ctx, console, { params: of, form: sent }) => {
        const application = await applicationOf(needs, console, of);
        const { version } = sent;
        const typed = typedOf(sent, undefined);
        const change = readInput(applicationChangeSchema, propertiesOf(typed, null));
        if (!change.success) {
          const faults = atFields(faultsOfInput(change.error));
          await show(needs, ctx, console, { application, typed, version, faults });
          return;
        }
        try {
          await changeApplication(needs, console, application.id, change.data, version);
        } catch (error) {
          const faults = faultsAtFields(error);
          await show(needs, ctx, console, {
            ...{ application, typed, faults, version: faults.presentVersion ?? version },
          });
          return;
        }
        goTo(ctx, console, `/applications/${application.id}?done=saved`);
      }),
    );
  };
}

interface Shown {
  readonly application: Application;
  readonly typed: TypedConfiguration;
  readonly version: number;
  readonly faults?: FormFaults;
}

async function show(needs: ConsoleNeeds, ctx: Ctx, console: ConsoleVisit, shown: Shown): Promise<void> {
  const { application, typed, version, faults } = shown;
  if (faults) ctx.status = faults.status;
  const href = applicationHref(console, application);
  const [yours, theirs] = [shownValues(typed), shownValues(typedConfigurationOf(application))];
  const conflict = await conflictOf(needs, console, faults, {
    changedBy: [changesOf(application)],
    values: LABELS.map(([name, label]) => ({ label, yours: yours[name], theirs: theirs[name] })),
    takeTheirsHref: `${href}/edit`,
  });
  const head = applicationHead(console, application, '');
  needs.show(ctx, console.visit, (page) => (
    <EditApplicationPage
      {...{ page, frame: console.frame, head, href, typed, version, conflict }}
      errors={faults?.errors ?? {}}
      error={conflict ? undefined : faults?.error}
    />
  ));
}

/** The fields as text, with the duration in one. */
const shownValues = ({ sessionDuration: { amount, unit }, ...texts }: TypedConfiguration) => ({
  ...texts,
  sessionDuration: `${amount} ${unit}`,
});

const LABELS = [
  ['displayName', 'Display name'],
  ['description', 'Description'],
  ['startUrl', 'Application start URL'],
  ['relayState', 'Relay state'],
  ['sessionDuration', 'Session duration'],
] as const;
