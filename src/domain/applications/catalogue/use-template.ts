import { isDeepStrictEqual } from 'node:util';
import { DEFAULT_SETTINGS, type Application, type ApplicationSettings } from '../application.ts';
import { NO_SERVICE_PROVIDER, type ApplicationInput } from '../application-input.ts';
import { relyingPartyOf } from '../relying-party.ts';
import type { ServiceProviderInput } from '../service-provider-input.ts';
import { findCatalogueEntry, type CatalogueEntry } from './catalogue.ts';
import { resolveTemplate, type ResolvedTemplate } from './resolve.ts';

/** The parts of an application's settings that a template can say. */
const PARTS = ['startUrl', 'relayState', 'subject', 'attributes', 'groupValues', 'signing'] as const;

export interface TemplateFault {
  /** The field of the application's input that is wrong. */
  readonly path: readonly string[];
  /** For people: what is wrong, and what to do. */
  readonly message: string;
}

export type TemplateUse =
  | {
      readonly ok: true;
      /** What the input's own settings are laid over. */
      readonly base: ApplicationSettings;
      /** Undefined: the one that there is stays. */
      readonly serviceProvider: ServiceProviderInput | undefined;
    }
  | { readonly ok: false; readonly faults: readonly TemplateFault[] };

const refuse = (message: string, ...path: string[]): TemplateUse => ({
  ok: false,
  faults: [{ path, message }],
});

/**
 * What an input is laid over, with its template resolved; `before` is the application that it changes. What somebody has
 * changed since a template was used stays, and so does everything when the template is the same. The input's own service
 * provider wins. Never throws for what the input says.
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
  // Looked at before the catalogue is: it may have the entry no more.
  if (before && isDeepStrictEqual(before.settings.template, { name: template.name, variables })) {
    return { ok: true, base: settings, serviceProvider };
  }
  const entry = await findCatalogueEntry(template.name);
  if (!entry) {
    const message = `The catalogue has no application “${template.name}”. Take a name from its list, letter for letter.`;
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
 * Whether somebody gave an application its service provider, by its metadata or otherwise, and meant that one: it was made
 * without a template, or its service provider isn't the one of its template any more.
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
    ? `The template of ${name} doesn’t know all of the service provider`
    : `${name} has no template`;
  return `${what}: give its entityId and acsUrls, or its metadata.${where === undefined ? '' : ` ${where}`}`;
}

type Resolved =
  { readonly ok: true; readonly resolved: ResolvedTemplate } | Extract<TemplateUse, { ok: false }>;

/** What an entry says with these values; one without a template says nothing, and takes none. */
function resolve({ name, template }: CatalogueEntry, values: Readonly<Record<string, string>>): Resolved {
  const of = template ?? { ...NOTHING, name };
  const result = resolveTemplate(of, values);
  if (result.ok) return result;
  const faults = result.faults.map(({ variable, message }) => ({
    path: ['template', 'variables', variable],
    message,
  }));
  return { ok: false, faults };
}

const NOTHING = { variables: [], serviceProvider: {}, steps: [], sources: [] };

/** What the present template gave: nothing, when the catalogue has it no more. */
async function resolveEarlier({ template }: ApplicationSettings): Promise<ResolvedTemplate | undefined> {
  const entry = template && (await findCatalogueEntry(template.name));
  const result = entry && resolve(entry, template.variables);
  return result?.ok ? result.resolved : undefined;
}

/**
 * The settings with what a template says. A part that it leaves open stays, unless it was the earlier template's; a part
 * that somebody has changed since the same template was used stays as well.
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
  // Each is a part and a value of it.
  return { ...settings, ...(Object.fromEntries(parts) as Pick<ApplicationSettings, (typeof PARTS)[number]>) };
}
