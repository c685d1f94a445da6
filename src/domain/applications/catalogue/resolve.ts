import type { AttributeMapping, GroupValues, SubjectMapping } from '../application.ts';
import { fillPattern } from './pattern.ts';
import type { CatalogueTemplate } from './template.ts';
import { findVariableFault } from './variables.ts';

/** A template with its variables filled in. Undefined fields are those that the template leaves open. */
export interface ResolvedTemplate {
  /** Undefined unless both are known. */
  readonly serviceProvider: { readonly entityId: string; readonly acsUrls: readonly [string] } | undefined;
  readonly startUrl: string | undefined;
  readonly relayState: string | undefined;
  readonly subject: SubjectMapping | undefined;
  readonly attributes: readonly AttributeMapping[] | undefined;
  readonly groupValues: GroupValues | undefined;
  readonly signing: { readonly response: boolean; readonly assertion: boolean } | undefined;
}

export interface VariableFault {
  readonly variable: string;
  /** For users: what is wrong, and how to correct it. */
  readonly message: string;
}

export type ResolveResult =
  | { readonly ok: true; readonly resolved: ResolvedTemplate }
  | { readonly ok: false; readonly faults: readonly VariableFault[] };

/**
 * Fills in a template's variables. The values must be exactly those of its variables. Never throws for wrong
 * values.
 */
export function resolveTemplate(
  template: CatalogueTemplate,
  values: Readonly<Record<string, string>>,
): ResolveResult {
  const faults = findFaults(template, values);
  if (faults.length > 0) return { ok: false, faults };
  const fill = (pattern: string) => fillPattern(pattern, values);
  const fillAny = (pattern: string | undefined) => (pattern === undefined ? undefined : fill(pattern));
  const { serviceProvider, startUrl, relayState, subject, attributes, groupValues, signing } = template;
  const { entityId, acsUrl } = serviceProvider;
  return {
    ok: true,
    resolved: {
      serviceProvider:
        entityId === undefined || acsUrl === undefined
          ? undefined
          : { entityId: fill(entityId), acsUrls: [fill(acsUrl)] },
      startUrl: fillAny(startUrl),
      relayState: fillAny(relayState),
      subject: subject && { value: fillAny(subject.value) ?? null, format: subject.format },
      attributes: attributes?.map(({ name, value, format }) => ({ name, value: fill(value), format })),
      groupValues,
      signing: signing && { ...signing },
    },
  };
}

function findFaults(
  { name: templateName, variables }: CatalogueTemplate,
  values: Readonly<Record<string, string>>,
): VariableFault[] {
  const known = variables.map(({ name }) => name);
  const unknown = Object.keys(values).filter((name) => !known.includes(name));
  const has = known.length === 0 ? 'It has none.' : `It has ${known.join(', ')}.`;
  return [
    ...variables.flatMap((variable) => {
      const value = Object.hasOwn(values, variable.name) ? values[variable.name] : undefined;
      const message =
        value === undefined
          ? `Give ${variable.label}: ${variable.description}`
          : findVariableFault(variable, value);
      return message === undefined ? [] : [{ variable: variable.name, message }];
    }),
    ...unknown.map((variable) => ({
      variable,
      message: `The template for ${templateName} has no variable of this name. ${has}`,
    })),
  ];
}
