import { z } from 'zod';
import type { ChosenApplication } from '../../../../views/console/applications/configure.tsx';
import { ConfigurePage } from '../../../../views/console/applications/configure.tsx';
import { ReviewPage } from '../../../../views/console/applications/review.tsx';
import {
  addApplication,
  assertKeyFree,
  planApplication,
} from '../../../administration/operations/applications.ts';
import { applicationInputSchema } from '../../../domain/applications/application-input.ts';
import { DEFAULT_SETTINGS } from '../../../domain/applications/application.ts';
import { findCatalogueEntry } from '../../../domain/applications/catalogue/catalogue.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { notFound } from '../../../foundation/platform/errors.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { faultsOfInput, readInput, type FormFaults } from '../frame/faults.ts';
import { consoleForm, consolePage, goTo } from '../frame/handlers.ts';
import {
  answersOf,
  atFields,
  configurationForm,
  faultsAtFields,
  METADATA_FILE,
  NO_METADATA,
  propertiesOf,
  REVIEW_LIMIT,
  serviceProviderOf,
  typedConfigurationOf,
  typedOf,
  variablesOf,
  type ConfigurationForm,
  type Typed,
} from './configuration-form.ts';
import { plannedAnswers, typedAnswers } from './reviewed.ts';

const path = '/:instance/console/applications/add/:entry';
const params = z.object({ entry: z.string().max(64) });

/** Configuring and reviewing a new application (guide, “Add and configure a cloud application”). */
export function addRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    router.get(
      path,
      consolePage(needs, { params, isForm: true }, async (ctx, console, { params: { entry } }) => {
        const chosen = await chosenOf(entry);
        const displayName = chosen.name ?? '';
        const start = typedConfigurationOf({ displayName, description: '', settings: DEFAULT_SETTINGS });
        show(needs, ctx, console, { chosen, typed: { ...start, ...NO_METADATA }, variables: {} });
      }),
    );

    router.post(
      path,
      consoleForm(
        needs,
        { params, form: configurationForm, file: METADATA_FILE, formLimit: REVIEW_LIMIT },
        async (ctx, console, { params: { entry }, form, file }) => {
          const chosen = await chosenOf(entry);
          if (form.goto === 'choose') return goTo(ctx, console, '/applications/add');
          await goOn(needs, ctx, console, { chosen, form, file });
        },
      ),
    );
  };
}

/** The entry of the catalogue that an address names, or a custom application. Throws ResourceNotFoundException. */
async function chosenOf(slug: string): Promise<ChosenApplication> {
  const custom = {
    name: undefined,
    slug,
    about: undefined,
    variables: [],
    isKnown: false,
    missing: undefined,
  };
  if (slug === 'custom') return custom;
  const found = await findCatalogueEntry(slug);
  if (!found) throw notFound('An application of this name in the catalogue');
  const { name, template } = found;
  if (!template) return { ...custom, name };
  const { about, variables, serviceProvider } = template;
  const isKnown = serviceProvider.entityId !== undefined && serviceProvider.acsUrl !== undefined;
  return { name, slug, about, variables, isKnown, missing: serviceProvider.missing };
}

interface Sent {
  readonly chosen: ChosenApplication;
  readonly form: ConfigurationForm;
  readonly file: Buffer | undefined;
}

/** Shows the review of what was typed, adds what was reviewed, or shows the form again with what is wrong. */
async function goOn(
  needs: ConsoleNeeds,
  ctx: Ctx,
  console: ConsoleVisit,
  { chosen, form, file }: Sent,
): Promise<void> {
  const names = chosen.variables.map(({ name }) => name);
  const variables = variablesOf(form, names);
  let typed = typedOf(form, undefined);
  const refuse = (faults: FormFaults) => {
    ctx.status = faults.status;
    show(needs, ctx, console, { chosen, typed, variables, faults });
  };
  try {
    typed = typedOf(form, file);
    if (form.goto === 'configure') {
      show(needs, ctx, console, { chosen, typed, variables });
      return;
    }
    const input = readInput(applicationInputSchema, {
      ...propertiesOf(typed, undefined),
      serviceProvider: serviceProviderOf(typed),
      ...(chosen.name !== undefined && { template: { name: chosen.name, variables } }),
    });
    if (!input.success) {
      refuse(atFields(faultsOfInput(input.error)));
      return;
    }
    if (form.step === 'review') {
      const { application } = await addApplication(needs, console, input.data);
      goTo(ctx, console, `/applications/${application.id}?done=added`);
      return;
    }
    const { state, warnings } = await planApplication(needs, console, input.data);
    await assertKeyFree(needs.db.read, console.instance, state.key);
    needs.show(ctx, console.visit, (page) => (
      <ReviewPage
        {...{ page, frame: console.frame, name: chosen.name ?? 'custom SAML 2.0 application' }}
        slug={chosen.slug}
        answers={typedAnswers(state, chosen.variables, variables)}
        sets={plannedAnswers(state)}
        warnings={warnings.map(({ message }) => message)}
        earlier={answersOf(typed, variables)}
      />
    ));
  } catch (error) {
    refuse(faultsAtFields(error));
  }
}

interface Shown {
  readonly chosen: ChosenApplication;
  readonly typed: Typed;
  readonly variables: Readonly<Record<string, string>>;
  readonly faults?: FormFaults;
}

function show(
  needs: ConsoleNeeds,
  ctx: Ctx,
  { visit, frame }: ConsoleVisit,
  { chosen, typed, variables, faults }: Shown,
): void {
  needs.show(ctx, visit, (page) => (
    <ConfigurePage
      {...{ page, frame, chosen, typed, variables }}
      errors={faults?.errors ?? {}}
      error={faults?.error}
    />
  ));
}
