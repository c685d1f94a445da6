import { z } from 'zod';
import { givenFields } from '../organizations/change.ts';
import { REQUEST_PROFILES, WEAK_ALGORITHMS } from '../organizations/request-rules.ts';
import { line, text } from '../organizations/text.ts';
import { durationBetween } from '../../foundation/platform/duration.ts';
import { excerpt } from '../../foundation/platform/excerpt.ts';
import { findForbiddenCharacter } from '../../protocols/saml/xml/characters.ts';
import {
  ATTRIBUTE_FORMATS,
  DEFAULT_SETTINGS,
  GROUP_VALUES,
  isGenerated,
  METADATA_CERTIFICATES,
  NAME_ID_POLICY_RULES,
  SESSION_ENDS,
  SIGNED_REQUESTS_RULES,
  SUBJECT_FORMATS,
  type ApplicationSettings,
  type SubjectMapping,
} from './application.ts';
import { compileTemplate } from './attribute-template.ts';
import { serviceProviderSchema, type ServiceProviderInput } from './service-provider-input.ts';
import { webUrl } from './web-url.ts';
import { APPLICATION_ICONS } from '../../../views/icons.ts';

const RELAY_STATE_BYTES = 8 * 1024;

const template = z
  .string({ error: 'A mapping’s value must be text.' })
  .trim()
  .max(4096, { error: 'A mapping’s value must have at most 4096 characters.', abort: true })
  .superRefine((value, context) => {
    const compiled = compileTemplate(value);
    if (!compiled.ok) context.addIssue({ code: 'custom', message: compiled.message });
  });

/**
 * The stable name of an application. Applications are addressed by id or key, so a key must not look like an
 * id.
 */
export const applicationKeySchema = z
  .string({ error: 'The key must be text.' })
  .regex(/^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?$/, {
    error:
      'A key has 1 to 64 lower-case letters, digits, dots, hyphens and underscores, and begins and ends with a letter or digit.',
  })
  .refine((key) => !key.startsWith('ins-'), { error: 'A key can’t begin with ins-, as application ids do.' });

const relayState = z
  .string({ error: 'The relay state must be text.' })
  .refine((value) => Buffer.byteLength(value) <= RELAY_STATE_BYTES, {
    error: 'The relay state has more than 8 KiB.',
  })
  .refine((value) => findForbiddenCharacter(value) === undefined, {
    error: 'The relay state has a character that can’t be sent.',
  });

const attribute = z.strictObject({
  name: line('The attribute’s name', { max: 1024 }),
  value: template.describe('Text, ${user:…} attributes, or any mix of them.'),
  format: z.enum(ATTRIBUTE_FORMATS, { error: oneOf('format', ATTRIBUTE_FORMATS) }).default('unspecified'),
});

const attributes = z
  .array(attribute, { error: 'Attribute mappings are a list.' })
  .max(200, { error: 'At most 200 attributes can be mapped.' })
  .superRefine((mappings, context) => {
    const seen = new Set<string>();
    mappings.forEach(({ name, format }, index) => {
      const id = `${format} ${name}`;
      if (seen.has(id)) {
        const message = `The attribute ${name} is mapped twice.`;
        context.addIssue({ code: 'custom', message, path: [index, 'name'] });
      }
      seen.add(id);
    });
  });

const subject = z
  .strictObject({
    value: template
      .nullable()
      .optional()
      .describe(
        'Absent or null with persistent or transient: the value is generated, one per user and application, or a new one each time.',
      ),
    format: z.enum(SUBJECT_FORMATS, { error: oneOf('format', SUBJECT_FORMATS) }).optional(),
  })
  .superRefine(({ value, format }, context) => {
    if (value !== null || (format !== undefined && isGenerated(format))) return;
    // Without a format, the effect of the change would depend on the present format.
    const message = `Only persistent and transient NameIDs can be generated without a value; ${format === undefined ? 'name one of them in format' : `${format} needs one`}.`;
    context.addIssue({ code: 'custom', message, path: ['value'] });
  })
  .optional();

function choice<const Values extends readonly [string, ...string[]]>(what: string, values: Values) {
  return z.enum(values, { error: oneOf(what, values) }).optional();
}

const templateInput = z
  .strictObject({
    name: line('The template’s name', { max: 128 }),
    variables: z
      .record(z.string().max(64), z.string({ error: 'A variable’s value must be text.' }).max(1024), {
        error: 'variables must be names with their values.',
      })
      .refine((variables) => Object.keys(variables).length <= 32, { error: 'At most 32 variables.' })
      .default({}),
  })
  .nullable()
  .optional()
  .describe('An entry of the catalogue of applications. Its values are used for whatever isn’t given here.');

// No field has a default here, because a change leaves absent fields alone. `settingsOf` adds the defaults.
const properties = {
  displayName: line('The display name', { max: 128 }),
  description: text('The description', { min: 0, max: 1024 }).optional(),
  enabled: z.boolean({ error: 'enabled must be true or false.' }).optional(),
  icon: z
    .enum(APPLICATION_ICONS, {
      error: ({ input }) =>
        `There is no icon ${typeof input === 'string' ? `“${excerpt(input)}”` : 'of this type'}. The icons are: ${APPLICATION_ICONS.join(', ')}.`,
    })
    .nullable()
    .optional(),
  startUrl: webUrl('The start URL', { fragment: true })
    .nullable()
    .optional()
    .describe('Where the portal’s tile leads, for service providers that start the sign-on themselves.'),
  relayState: relayState
    .nullable()
    .optional()
    .describe('Sent unchanged with unsolicited responses, that is, when the sign-on starts in the portal.'),
  sessionDuration: durationBetween('PT1M', 'P30D')
    .optional()
    .describe('How long an assertion is valid: NotOnOrAfter of SubjectConfirmationData and of Conditions.'),
  notBeforeSkew: durationBetween('PT0S', 'PT1H')
    .optional()
    .describe('How far NotBefore lies in the past, for service providers whose clock is slow.'),
  sessionNotOnOrAfter: choice('sessionNotOnOrAfter', SESSION_ENDS).describe(
    'SessionNotOnOrAfter, which tells the service provider when to end its session. none: it is left out; session-duration: with the assertion; portal-session: with the portal’s session.',
  ),
  authnContextClassRef: line('The authentication context class', { max: 1024 })
    .refine((uri) => URL.canParse(uri), { error: 'An authentication context class is a URI.' })
    .nullable()
    .optional()
    .describe(
      'The class that responses state when the request asks for none; null: the one that fits how the user signed in.',
    ),
  subject,
  nameIdPolicy: choice('nameIdPolicy', NAME_ID_POLICY_RULES).describe(
    'What happens when a request asks for another NameID format than the subject’s. configured: the subject’s format is sent, unless requests.profile is as-aws; strict: the request is refused with InvalidNameIDPolicy.',
  ),
  requests: z
    .strictObject({
      profile: choice('profile', REQUEST_PROFILES).nullable(),
      weakAlgorithms: choice('weakAlgorithms', WEAK_ALGORITHMS).nullable(),
    })
    .optional()
    .describe('How strictly its SAML requests are judged. null: as settings.requests says.'),
  groupValues: choice('groupValues', GROUP_VALUES).describe(
    'Whether ${user:groups} gives the ids or the names of groups.',
  ),
  attributes: attributes.optional().describe('Absent: the four defaults; an empty list: none.'),
  signing: z
    .strictObject({ response: z.boolean().default(true), assertion: z.boolean().default(true) })
    .refine(({ response, assertion }) => response || assertion, {
      error: 'Sign the response, the assertion, or both: service providers accept no unsigned sign-on.',
    })
    .optional(),
  signedRequests: choice('signedRequests', SIGNED_REQUESTS_RULES).describe(
    'When unsigned requests are refused. as-metadata: when the service provider’s metadata says that it signs its requests; required: always.',
  ),
  metadataCertificates: choice('metadataCertificates', METADATA_CERTIFICATES).describe(
    'Which certificates the identity provider’s metadata contains. active: the active one; all: the inactive one too.',
  ),
};

function oneOf(what: string, values: readonly string[]): string {
  return `${what} must be one of ${values.join(', ')}.`;
}

/** The fields of an application that the organization file and the control API share. */
export const applicationFields = z.strictObject({
  key: applicationKeySchema.optional().describe('Absent: derived from the display name.'),
  ...properties,
  template: templateInput,
  serviceProvider: serviceProviderSchema.optional().describe('Absent: the template’s service provider.'),
});

/** Checked with the rest of the input, so that the client gets this error together with all others. */
export const NO_SERVICE_PROVIDER = {
  path: ['serviceProvider'],
  error: 'Give the service provider (its metadata, its values, or a sample), or a template that knows it.',
};

/** A new application in the control API; `settingsOf` adds the defaults. */
export const applicationInputSchema = applicationFields.refine(namesServiceProvider, NO_SERVICE_PROVIDER);

/** Whether an input has a service provider, or a template that may supply it. */
export function namesServiceProvider({
  serviceProvider,
  template,
}: {
  serviceProvider?: unknown;
  template?: unknown;
}): boolean {
  return serviceProvider !== undefined || Boolean(template);
}

/** A change of an application: absent fields stay unchanged. The key never changes. */
export const applicationChangeSchema = z
  .strictObject({ ...properties, template: templateInput, serviceProvider: serviceProviderSchema })
  .partial();

export type ApplicationInput = z.output<typeof applicationInputSchema>;
export type ApplicationChangeInput = z.output<typeof applicationChangeSchema>;

type SettingsInput = Partial<Pick<ApplicationInput, keyof ApplicationSettings & keyof ApplicationInput>> &
  Pick<ApplicationChangeInput, 'serviceProvider'>;

/**
 * The settings after an input: its fields override those of `base`, which are the defaults for a new
 * application, or the present settings for a change. A template must have been applied to `base` already; see
 * `useTemplate`.
 */
export function settingsOf(
  input: SettingsInput,
  base: ApplicationSettings = DEFAULT_SETTINGS,
): ApplicationSettings {
  const { serviceProvider } = input;
  return {
    startUrl: input.startUrl === undefined ? base.startUrl : input.startUrl,
    relayState: input.relayState === undefined ? base.relayState : input.relayState,
    sessionDuration: input.sessionDuration ?? base.sessionDuration,
    notBeforeSkew: input.notBeforeSkew ?? base.notBeforeSkew,
    sessionNotOnOrAfter: input.sessionNotOnOrAfter ?? base.sessionNotOnOrAfter,
    authnContextClassRef:
      input.authnContextClassRef === undefined ? base.authnContextClassRef : input.authnContextClassRef,
    subject: subjectOf(input.subject, base.subject),
    nameIdPolicy: input.nameIdPolicy ?? base.nameIdPolicy,
    requests: { ...base.requests, ...givenFields(input.requests ?? {}) },
    attributes: input.attributes ?? base.attributes,
    groupValues: input.groupValues ?? base.groupValues,
    signing: input.signing ?? base.signing,
    signedRequests: input.signedRequests ?? base.signedRequests,
    metadataCertificates: input.metadataCertificates ?? base.metadataCertificates,
    template: base.template,
    icon: input.icon === undefined ? base.icon : input.icon,
    sample: serviceProvider ? sampleOf(serviceProvider) : base.sample,
  };
}

/**
 * Naming persistent or transient without a value asks for a generated NameID. Otherwise a missing value means
 * the present one, or the default value where the present one was generated.
 */
function subjectOf(given: ApplicationInput['subject'], base: SubjectMapping): SubjectMapping {
  if (!given) return base;
  const { format = base.format } = given;
  if (given.value !== undefined && given.value !== null) return { value: given.value, format };
  if (isGenerated(format) && (given.value === null || given.format !== undefined))
    return { value: null, format };
  return { value: base.value ?? (isGenerated(format) ? null : DEFAULT_SETTINGS.subject.value), format };
}

function sampleOf(serviceProvider: ServiceProviderInput): string | null {
  return serviceProvider.from === 'sample' ? serviceProvider.sample : null;
}

/** Derives a key from a display name, in the characters that a key may have. */
export function defaultKey(displayName: string): string {
  const slug = displayName
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{Mark}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-|-$/g, '');
  if (slug === '') return 'application';
  return slug.startsWith('ins-') ? `app-${slug}` : slug;
}
