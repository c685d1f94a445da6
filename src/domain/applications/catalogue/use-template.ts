import { isDeepStrictEqual } from 'node:util';
import { DEFAULT_SETTINGS, type Application, type ApplicationSettings } from '../application.ts';
import { NO_SERVICE_PROVIDER, type ApplicationInput } from '../application-input.ts';
import { relyingPartyOf } from '../relying-party.ts';
import type { ServiceProviderInput } from '../service-provider-input.ts';
import { findCatalogueEntry, type CatalogueEntry } from './catalogue.ts';
import { resolveTemplate, type ResolvedTemplate } from './resolve.ts';

/** The settings that a template can provide. */
const PARTS = ['startUrl', 'relayState', 'subject', 'attributes', 'groupValues', 'signing'] as const;

export interface TemplateFault {
  /** The wrong field of the application's input. */
  readonly path: readonly string[];
  /** For users: what is wrong, and how to correct it. */
  readonly message: string;
}

export type TemplateUse =
  | {
      readonly ok: true;
      /** The settings that the input's own settings override. */
      readonly base: ApplicationSettings;
      /** Undefined: the present one stays. */
      readonly serviceProvider: ServiceProviderInput | undefined;
    }
  | { readonly ok: false; readonly faults: readonly TemplateFault[] };

const refuse = (message: string, ...path: string[]): TemplateUse => ({
  ok: false,
  faults: [{ path, message }],
});

/**
 * Applies an input's template. `before` is the application to change, if any. Settings that were edited since
 * the template was first applied stay; if the template and its variables are the same as before, everything
 * stays. A service provider in the input takes precedence over the template's. Never throws for wrong input.
 */
export async function useTemplate(
  { template, serviceProvider }: Pick<ApplicationInput, 'template' | 'serviceProvider'>,
  before?: Pick<Application, 'settings' | 'relyingParty'>,
): Promise<TemplateUse> {
  const settings = before?.settings ?? DEFAULT_SETTINGS;
  if (!template) {
    const base = template === null ? { ...settings, template } : settings;
    return before || serviceProvider
      ? { ok: true, base, serviceProvider }
      : refuse(NO_SERVICE_PROVIDER.error, 'serviceProvider');
  }
  const variables = { ...template.variables };
  // Compared before the catalogue is read, which may no longer have the entry.
  if (before && isDeepStrictEqual(before.settings.template, { name: template.name, variables })) {
    return { ok: true, base: settings, serviceProvider };
  }
  const entry = await findCatalogueEntry(template.name);
  if (!entry) {
    const message = `The catalogue has no application “${template.name}”. Use a name exactly as it is in the list.`;
    return refuse(message, 'template', 'name');
  }
  const now = resolve(entry, variables);
  if (!now.ok) return now;
  const earlier = before && (await resolveEarlier(before.settings));
  const base = {
    ...overlay(settings, now.resolved, earlier, before !== undefined),
    template: { name: entry.name, variables },
  };
  const resolved = now.resolved.serviceProvider;
  const isOwn = before !== undefined && hasOwnServiceProvider(before, entry, earlier);
  if (serviceProvider || isOwn || (before && !resolved)) return { ok: true, base, serviceProvider };
  if (!resolved) return refuse(missingServiceProvider(entry), 'serviceProvider');
  const values = { ...resolved, requestSigningCertificates: [], authnRequestsSigned: false };
  return { ok: true, base, serviceProvider: { from: 'values', ...values } };
}

/**
 * Whether the application's service provider was chosen on purpose, by metadata or otherwise: it was made
 * without a template, or its service provider differs from its template's.
 */
function hasOwnServiceProvider(
  { settings, relyingParty }: Pick<Application, 'settings' | 'relyingParty'>,
  entry: CatalogueEntry,
  earlier: ResolvedTemplate | undefined,
): boolean {
  if (settings.template === null) return true;
  return (
    settings.template.name === entry.name &&
    earlier?.serviceProvider !== undefined &&
    !isDeepStrictEqual(relyingParty, relyingPartyOf(earlier.serviceProvider))
  );
}

function missingServiceProvider({ name, template }: CatalogueEntry): string {
  const where = template?.serviceProvider.missing;
  const what = template
    ? `The template for ${name} doesn’t know the whole service provider`
    : `${name} has no template`;
  return `${what}: give its entityId and acsUrls, or its metadata.${where === undefined ? '' : ` ${where}`}`;
}

type Resolved =
  { readonly ok: true; readonly resolved: ResolvedTemplate } | Extract<TemplateUse, { ok: false }>;

/** Resolves an entry's template. An entry without one provides nothing and takes no variables. */
function resolve({ name, template }: CatalogueEntry, values: Readonly<Record<string, string>>): Resolved {
  const used = template ?? { ...EMPTY_TEMPLATE, name };
  const result = resolveTemplate(used, values);
  if (result.ok) return result;
  const faults = result.faults.map(({ variable, message }) => ({
    path: ['template', 'variables', variable],
    message,
  }));
  return { ok: false, faults };
}

const EMPTY_TEMPLATE = { variables: [], serviceProvider: {}, steps: [], sources: [] };

/** What the application's present template provided; undefined when the catalogue no longer has it. */
async function resolveEarlier({ template }: ApplicationSettings): Promise<ResolvedTemplate | undefined> {
  const entry = template && (await findCatalogueEntry(template.name));
  const result = entry && resolve(entry, template.variables);
  return result?.ok ? result.resolved : undefined;
}

/**
 * Applies a resolved template to settings. A setting that the template leaves open stays, unless it came from
 * the earlier template. A setting that was edited since the same template was applied stays too.
 */
function overlay(
  settings: ApplicationSettings,
  now: ResolvedTemplate,
  earlier: ResolvedTemplate | undefined,
  isChange: boolean,
): ApplicationSettings {
  const parts = PARTS.map((part) => {
    const isEarlier = earlier?.[part] !== undefined && isDeepStrictEqual(settings[part], earlier[part]);
    const isChanged = isChange && earlier?.[part] !== undefined && !isEarlier;
    const open = isEarlier ? DEFAULT_SETTINGS[part] : settings[part];
    return [part, isChanged ? settings[part] : (now[part] ?? open)] as const;
  });
  // The cast is safe: each entry is one of PARTS with a value of its type.
  return { ...settings, ...(Object.fromEntries(parts) as Pick<ApplicationSettings, (typeof PARTS)[number]>) };
}
