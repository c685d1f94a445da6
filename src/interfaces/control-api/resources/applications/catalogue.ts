import { z } from 'zod';
import {
  findCatalogueEntry,
  listCatalogue,
  type CatalogueEntry,
} from '../../../../domain/applications/catalogue/catalogue.ts';
import { INSTRUCTION_VALUES } from '../../../../domain/applications/catalogue/template.ts';
import { describeInstructions } from '../../../../administration/operations/instructions.ts';
import { invalid, notFound } from '../../../../foundation/platform/errors.ts';
import { openInstance, type ControlNeeds } from '../../contract/api.ts';
import { applicationParams } from './application-view.ts';
import { certificateWarningsView } from './certificate-view.ts';
import { route, type Route } from '../../contract/route.ts';
import { filter, listOf, pageQuery, reference, trueOrFalse } from '../../contract/schemas.ts';

const item = z.strictObject({ name: z.string(), slug: z.string(), hasTemplate: z.boolean() });
const link = z.strictObject({ title: z.string(), url: z.string() });
const mapping = z.strictObject({ name: z.string(), value: z.string(), format: z.string() });

const templateView = z.strictObject({
  about: z
    .string()
    .nullable()
    .describe('Which product or edition the template is for, and its peculiarities.'),
  variables: z.array(
    z.strictObject({
      name: z.string(),
      kind: z.string(),
      label: z.string(),
      description: z.string(),
      example: z.string(),
    }),
  ),
  serviceProvider: z.strictObject({
    entityId: z.string().nullable(),
    acsUrl: z.string().nullable(),
    missing: z
      .string()
      .nullable()
      .describe('Where to find the values that the template doesn’t know, which must be given.'),
  }),
  startUrl: z.string().nullable(),
  relayState: z.string().nullable(),
  subject: z.strictObject({ value: z.string().nullable(), format: z.string() }).nullable(),
  attributes: z.array(mapping).nullable(),
  groupValues: z.string().nullable(),
  signing: z.strictObject({ response: z.boolean(), assertion: z.boolean() }).nullable(),
  sources: z
    .array(link.extend({ facts: z.array(z.string()) }))
    .describe('The vendor’s documentation, and the facts that it states.'),
});

const entryView = item
  .extend({
    template: templateView
      .nullable()
      .describe(
        'What the vendor’s documentation says; null: configure it as a custom application. Patterns contain ${variable}.',
      ),
  })
  .meta({ id: 'CatalogueEntry' });

const stepValue = z.strictObject({
  label: z.string().describe('The service provider’s name for the value.'),
  name: z.enum(INSTRUCTION_VALUES),
  value: z.string(),
});

const instructionsView = z
  .strictObject({
    steps: z.array(z.strictObject({ text: z.string(), values: z.array(stepValue) })),
    values: z.record(z.enum(INSTRUCTION_VALUES), z.string()).describe('All values for copying.'),
    warnings: certificateWarningsView.describe('Warnings about the certificate.'),
    sources: z.array(link),
  })
  .meta({ id: 'Instructions' });

const toItem = ({ name, slug, template }: CatalogueEntry) => ({
  ...{ name, slug },
  hasTemplate: template !== undefined,
});

function presentEntry(entry: CatalogueEntry): z.output<typeof entryView> {
  const { template } = entry;
  if (!template) return { ...toItem(entry), template: null };
  const { serviceProvider, subject, attributes, signing } = template;
  return {
    ...toItem(entry),
    template: {
      about: template.about ?? null,
      variables: template.variables.map(({ ending: _, ...variable }) => variable),
      serviceProvider: {
        entityId: serviceProvider.entityId ?? null,
        acsUrl: serviceProvider.acsUrl ?? null,
        missing: serviceProvider.missing ?? null,
      },
      startUrl: template.startUrl ?? null,
      relayState: template.relayState ?? null,
      subject: subject ? { value: subject.value ?? null, format: subject.format } : null,
      attributes: attributes ?? null,
      groupValues: template.groupValues ?? null,
      signing: signing ?? null,
      sources: template.sources,
    },
  };
}

/** The operations on the catalogue, and the instructions for service providers. */
export function catalogueRoutes(needs: ControlNeeds): Route[] {
  return [
    route({
      id: 'listCatalogue',
      method: 'GET',
      path: '/catalogue',
      summary:
        'Lists the applications of the catalogue. The filter name matches a part of the name, ignoring case.',
      query: pageQuery.extend({
        name: filter,
        hasTemplate: trueOrFalse,
      }),
      status: 200,
      returns: listOf(item),
      async respond(_caller, { query: { name, hasTemplate, limit, cursor } }) {
        const found = await listCatalogue({ name, hasTemplate });
        // The cursor is the slug of the previous page's last entry. The catalogue doesn't change while the
        // server runs.
        const last = found.findIndex(({ slug }) => slug === cursor);
        if (cursor !== undefined && last < 0) throw invalid('/cursor', 'This is not a cursor of this list.');
        const page = found.slice(last + 1, last + 1 + limit);
        const isMore = found.length > last + 1 + limit;
        return { items: page.map(toItem), cursor: isMore ? (page.at(-1)?.slug ?? null) : null };
      },
    }),
    route({
      id: 'getCatalogueEntry',
      method: 'GET',
      path: '/catalogue/:entry',
      summary: 'Shows an application of the catalogue, with the facts and sources of its template.',
      params: z.object({ entry: reference.describe('Its name or its slug.') }),
      status: 200,
      returns: entryView,
      async respond(_caller, { params }) {
        const entry = await findCatalogueEntry(params.entry);
        if (!entry) throw notFound(`An application “${params.entry}” of the catalogue`);
        return presentEntry(entry);
      },
    }),
    route({
      id: 'getInstructions',
      method: 'GET',
      path: '/organizations/:organization/applications/:application/instructions',
      summary:
        'Shows how to configure the service provider step by step, with the identity provider’s values to copy.',
      params: applicationParams,
      status: 200,
      returns: instructionsView,
      async respond(caller, { params }) {
        const opened = await openInstance(needs, caller, params.organization);
        const described = await describeInstructions(needs, opened, params.application);
        const { steps, values, warnings, sources } = described;
        return {
          warnings: warnings.map((each) => ({ ...each })),
          steps: steps.map((step) => ({ text: step.text, values: [...step.values] })),
          values: { ...values },
          sources: [...sources],
        };
      },
    }),
  ];
}
