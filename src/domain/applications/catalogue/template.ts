import { z } from 'zod';
import { ATTRIBUTE_FORMATS, GROUP_VALUES, isGenerated, SUBJECT_FORMATS } from '../application.ts';
import { compileTemplate } from '../attribute-template.ts';
import { line } from '../../organizations/text.ts';
import { fillPattern, splitAddress, variablesOf } from './pattern.ts';
import { findVariableFault, VARIABLE_KINDS } from './variables.ts';

/*
 * The form of a template in catalogue-data/templates (docs/applications-catalogue.md says how to add one). Everything that
 * could go wrong later is looked at here, so that whatever the schema takes can be resolved.
 */

/** What stands ready to copy beside a step: our side, and, for those that configure both, the service provider's. */
export const INSTRUCTION_VALUES = [
  'issuer',
  'ssoUrl',
  'metadataUrl',
  'certificateUrl',
  'certificate',
  'sha1Fingerprint',
  'sha256Fingerprint',
  'audience',
  'acsUrl',
] as const;
export type InstructionValue = (typeof INSTRUCTION_VALUES)[number];

/** What of a template a source is the source of. */
const FACTS = [
  'serviceProvider',
  'startUrl',
  'relayState',
  'subject',
  'attributes',
  'groupValues',
  'signing',
  'steps',
] as const;

const sentence = (what: string) => line(what, { max: 400 });
const pattern = line('The pattern', { max: 512 });

const variable = z
  .strictObject({
    name: z.string().regex(/^[a-z][A-Za-z0-9]{0,31}$/),
    kind: z.enum(VARIABLE_KINDS),
    label: line('The label', { max: 64 }),
    description: sentence('The description'),
    /** What a host ends with, in lower case, where it is not anybody’s. */
    ending: z
      .string()
      .regex(/^(?:\.[a-z0-9-]+)+$/)
      .optional(),
    example: z.string(),
  })
  .superRefine((value, context) => {
    const message = findVariableFault(value, value.example);
    if (message !== undefined) context.addIssue({ code: 'custom', path: ['example'], message });
  });

const step = z.strictObject({
  text: sentence('The step'),
  /** By the name that the service provider has for it. */
  values: z.record(line('The label', { max: 64 }), z.enum(INSTRUCTION_VALUES)).default({}),
});

const source = z.strictObject({
  title: sentence('The title'),
  url: z.url({ protocol: /^https$/ }),
  facts: z.array(z.enum(FACTS)).min(1),
});

const shape = z.strictObject({
  name: line('The name', { max: 128 }),
  /** Which product or edition is meant, and what is peculiar about it. */
  about: sentence('The note').optional(),
  variables: z.array(variable),
  serviceProvider: z
    .strictObject({
      entityId: pattern.optional(),
      acsUrl: pattern.optional(),
      /** Where to find what isn't known here. */
      missing: sentence('The note').optional(),
    })
    .refine(
      ({ entityId, acsUrl, missing }) =>
        (missing === undefined) === (entityId !== undefined && acsUrl !== undefined),
      { error: 'Say what is missing when something is, and only then.' },
    ),
  startUrl: pattern.optional(),
  relayState: pattern.optional(),
  subject: z
    .strictObject({ format: z.enum(SUBJECT_FORMATS), value: pattern.optional() })
    .refine(({ format, value }) => value !== undefined || isGenerated(format), {
      error: 'This format needs a value.',
    })
    .optional(),
  attributes: z
    .array(
      z.strictObject({
        name: line('The attribute’s name', { max: 256 }),
        value: pattern,
        format: z.enum(ATTRIBUTE_FORMATS).default('unspecified'),
      }),
    )
    .optional(),
  groupValues: z.enum(GROUP_VALUES).optional(),
  signing: z.strictObject({ response: z.boolean(), assertion: z.boolean() }).optional(),
  steps: z.array(step).min(1),
  sources: z.array(source).min(1),
});

export type CatalogueTemplate = z.output<typeof shape>;
export type CatalogueVariable = z.output<typeof variable>;

/** A template as the data has it. */
export const templateSchema = shape.superRefine((template, context) => {
  for (const message of [
    ...findAddressFaults(template),
    ...findVariableFaults(template),
    ...findMappingFaults(template),
    ...findSourceFaults(template),
  ]) {
    context.addIssue({ code: 'custom', message });
  }
});

/** A variable in a host must be a host, or a part of one, and `text` can be anything: it stands in no address. */
function findAddressFaults({
  variables,
  serviceProvider,
  startUrl,
  relayState,
}: CatalogueTemplate): string[] {
  const kinds = new Map(variables.map(({ name, kind }) => [name, kind]));
  const addresses = [serviceProvider.acsUrl, startUrl, relayState].filter((each) => each !== undefined);
  return addresses.flatMap((address) => {
    const parts = splitAddress(address);
    if (!parts) return [`${address}: an address begins with http:// or https:// and a host.`];
    const inHost = variablesOf(parts.host).filter(
      (name) => !['label', 'host'].includes(kinds.get(name) ?? ''),
    );
    const behind = variablesOf(parts.rest).filter((name) => kinds.get(name) === 'text');
    return [
      ...inHost.map((name) => `${name} can’t stand in a host.`),
      ...behind.map((name) => `${name} is a text, which can’t stand in an address.`),
    ];
  });
}

function findVariableFaults(template: CatalogueTemplate): string[] {
  const { serviceProvider, startUrl, relayState } = template;
  const patterns = [
    serviceProvider.entityId,
    serviceProvider.acsUrl,
    startUrl,
    relayState,
    ...mappingsOf(template),
  ];
  const used = new Set(patterns.flatMap((text) => variablesOf(text ?? '')));
  const declared = new Set(template.variables.map(({ name }) => name));
  return [
    ...[...used].filter((name) => !declared.has(name)).map((name) => `There is no variable ${name}.`),
    ...[...declared].filter((name) => !used.has(name)).map((name) => `${name} is used nowhere.`),
  ];
}

function findMappingFaults(template: CatalogueTemplate): string[] {
  return mappingsOf(template).flatMap((mapping) => {
    const values = Object.fromEntries(variablesOf(mapping).map((name) => [name, 'x']));
    const compiled = compileTemplate(fillPattern(mapping, values));
    return compiled.ok ? [] : [compiled.message];
  });
}

const mappingsOf = ({ subject, attributes = [] }: CatalogueTemplate): string[] => [
  ...(subject?.value === undefined ? [] : [subject.value]),
  ...attributes.map(({ value }) => value),
];

/** Whoever reads a template can look up where each of its facts is from. */
function findSourceFaults(template: CatalogueTemplate): string[] {
  const cited = new Set(template.sources.flatMap(({ facts }) => facts));
  return FACTS.filter((fact) => (template[fact] !== undefined) !== cited.has(fact)).map(
    (fact) => `${fact}: what is stated has a source, and nothing else has.`,
  );
}
