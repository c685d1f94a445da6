import { z } from 'zod';
import { ATTRIBUTE_FORMATS, GROUP_VALUES, isGenerated, SUBJECT_FORMATS } from '../application.ts';
import { compileTemplate } from '../attribute-template.ts';
import { line } from '../../organizations/text.ts';
import { fillPattern, splitAddress, variablesOf } from './pattern.ts';
import { findVariableFault, VARIABLE_KINDS } from './variables.ts';

/*
 * The schema of the templates in catalogue-data/templates (docs/applications-catalogue.md says how to add
 * one). It checks everything that could fail later, so that any template that passes can be resolved.
 */

/**
 * Values that a step can show for copying: the identity provider's and, for vendors that need both sides, the
 * service provider's.
 */
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

/** The parts of a template for which a source can be cited. */
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
    /** The required ending of a host, in lower case, for vendors with a domain of their own. */
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
  /** Keyed by the service provider's name for the value. */
  values: z.record(line('The label', { max: 64 }), z.enum(INSTRUCTION_VALUES)).default({}),
});

const source = z.strictObject({
  title: sentence('The title'),
  url: z.url({ protocol: /^https$/ }),
  facts: z.array(z.enum(FACTS)).min(1),
});

const shape = z.strictObject({
  name: line('The name', { max: 128 }),
  /** Which product or edition the template is for, and its peculiarities. */
  about: sentence('The note').optional(),
  variables: z.array(variable),
  serviceProvider: z
    .strictObject({
      entityId: pattern.optional(),
      acsUrl: pattern.optional(),
      /** Where to find the values that the template doesn't know. */
      missing: sentence('The note').optional(),
    })
    .refine(
      ({ entityId, acsUrl, missing }) =>
        (missing === undefined) === (entityId !== undefined && acsUrl !== undefined),
      { error: 'Give a note in missing if the entityId or the acsUrl is missing, and only then.' },
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

/** A template file, with all checks. */
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

/**
 * A variable inside a host must be of the kind host or label. One of the kind text can hold anything, so it
 * can't stand in an address at all.
 */
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
      ...inHost.map((name) => `${name} can’t be part of a host.`),
      ...behind.map((name) => `${name} is of the kind text, which can’t be part of an address.`),
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

/** Every part of a template must cite a source, so that a reader can verify it. */
function findSourceFaults(template: CatalogueTemplate): string[] {
  const cited = new Set(template.sources.flatMap(({ facts }) => facts));
  return FACTS.filter((fact) => (template[fact] !== undefined) !== cited.has(fact)).map(
    (fact) => `${fact}: cite a source for it if the template states it, and only then.`,
  );
}
