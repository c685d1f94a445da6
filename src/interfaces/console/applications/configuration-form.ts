import { z } from 'zod';
import {
  variableField,
  type TypedConfiguration,
  type TypedMetadata,
} from '../../../../views/console/applications/configuration-fields.ts';
import type { HiddenEntries } from '../../../../views/components/console/hidden-values.tsx';
import type { Application } from '../../../domain/applications/application.ts';
import { csrfField } from '../../../foundation/http/fields.ts';
import { textOfFile } from '../../../foundation/http/form-with-file.ts';
import { durationMs } from '../../../foundation/platform/duration.ts';
import { AppError, invalid } from '../../../foundation/platform/errors.ts';
import { faultsOf, type FormFaults } from '../frame/faults.ts';
import { isoDuration, typedDuration, typedDurationOf } from '../settings/typed-values.ts';

/** What was typed into the form of an application's configuration. */
export type Typed = TypedConfiguration & TypedMetadata;

const text = z.string({ error: 'A field is sent twice. Open the form again.' }).default('');

/** The fields that any of the forms may have. The names of a template's variables aren't known before. */
export const configurationForm = z
  .object({
    csrf: csrfField,
    ...{ displayName: text, description: text, startUrl: text, relayState: text },
    ...{ metadataXml: text, acsUrl: text, audience: text },
    sessionDuration: text,
    'sessionDuration.unit': text,
    step: z.enum(['configure', 'review']).default('configure'),
    goto: z.enum(['choose', 'configure']).optional(),
  })
  .catchall(text);

export type ConfigurationForm = z.output<typeof configurationForm>;

/** A form with a file of metadata. Larger metadata is added by the command line or the API. */
export const METADATA_FILE = { field: 'metadata', maxOctets: 1024 * 1024 };

/** Pasted metadata, or that of a file on its way back from the review: as text, each of its octets can take three. */
export const REVIEW_LIMIT = '3136kb';

/** What was typed; the text of a chosen file takes the place of pasted text. Throws for a file that is no text. */
export function typedOf(form: ConfigurationForm, file: Buffer | undefined): Typed {
  const { displayName, description, startUrl, relayState, metadataXml, acsUrl, audience } = form;
  return {
    ...{ displayName, description, startUrl, relayState, acsUrl, audience },
    metadataXml: file ? textOfFile(file, METADATA_FILE.field) : metadataXml,
    sessionDuration: typedDurationOf(form.sessionDuration, form['sessionDuration.unit']),
  };
}

/** The values of a template's variables. */
export const variablesOf = (form: ConfigurationForm, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    names.map((name) => {
      const value: unknown = form[variableField(name)];
      return [name, typeof value === 'string' ? value.trim() : ''];
    }),
  );

/** All answers, to be sent on by the review. */
export function answersOf({ sessionDuration, ...texts }: Typed, variables: Readonly<Record<string, string>>) {
  const answers: HiddenEntries = {
    ...texts,
    ...{ sessionDuration: sessionDuration.amount, 'sessionDuration.unit': sessionDuration.unit },
    ...Object.fromEntries(Object.entries(variables).map(([name, value]) => [variableField(name), value])),
  };
  return answers;
}

/**
 * The service provider that was typed, as the rule for it reads it; undefined when nothing was. Throws a
 * ValidationException for more metadata than the review sends on.
 */
export function serviceProviderOf({ metadataXml, acsUrl, audience }: TypedMetadata): object | undefined {
  if (metadataXml.length > METADATA_FILE.maxOctets)
    throw invalid('/metadataXml', 'This is more than 1 MiB. The command line and the API take up to 2 MiB.');
  const given = {
    ...(metadataXml.trim() !== '' && { metadataXml }),
    ...(acsUrl.trim() !== '' && { acsUrls: [acsUrl.trim()] }),
    ...(audience.trim() !== '' && { entityId: audience.trim() }),
  };
  return Object.keys(given).length === 0 ? undefined : given;
}

/** The details and properties that were typed. `empty`: what an empty field says. */
export function propertiesOf(typed: TypedConfiguration, empty: null | undefined) {
  const { displayName, description, startUrl, relayState, sessionDuration } = typed;
  return {
    ...{ displayName, description, sessionDuration: isoDuration(sessionDuration) },
    startUrl: startUrl.trim() === '' ? empty : startUrl.trim(),
    relayState: relayState === '' ? empty : relayState,
  };
}

/** An application's details and properties as they are typed. */
export function typedConfigurationOf({
  displayName,
  description,
  settings: { startUrl, relayState, sessionDuration },
}: Pick<Application, 'displayName' | 'description' | 'settings'>): TypedConfiguration {
  return {
    ...{ displayName, description, startUrl: startUrl ?? '', relayState: relayState ?? '' },
    sessionDuration: typedDuration(durationMs(sessionDuration)),
  };
}

export const NO_METADATA: TypedMetadata = { metadataXml: '', acsUrl: '', audience: '' };

/** The field of the form for what a rule names by the words of its pointer. */
function fieldOf(words: string): string {
  if (words.startsWith('template.variables.'))
    return variableField(words.slice('template.variables.'.length));
  if (words.startsWith('serviceProvider.acsUrls')) return 'acsUrl';
  return FIELDS[words] ?? words;
}

const FIELDS: Readonly<Record<string, string>> = {
  key: 'displayName',
  serviceProvider: 'metadata',
  'serviceProvider.metadataXml': 'metadataXml',
  'serviceProvider.entityId': 'audience',
};

const SHOWN = new Set(['metadata', 'metadataXml', 'acsUrl', 'audience', 'startUrl', 'relayState']);
const DURATION_ERROR = 'Give a number: from 1 minute to 30 days.';

/** The faults with their messages at the fields of the form; `faults` has them by the words of the rule. */
export function atFields(faults: FormFaults): FormFaults {
  const errors: Record<string, string> = {};
  const others: string[] = [];
  for (const [words, message] of Object.entries(faults.errors)) {
    const field = fieldOf(words);
    const isShown =
      SHOWN.has(field) || field.startsWith('variable-') || ['displayName', 'description'].includes(field);
    if (field === 'sessionDuration') errors[field] = DURATION_ERROR;
    else if (isShown) errors[field] ??= message;
    else others.push(message);
  }
  const error = [faults.error, ...others].filter((each) => each !== undefined).join(' ');
  return { ...faults, errors, error: error === '' ? undefined : error };
}

/** What a refused command or a file that is no text says about the form. Throws other errors again. */
export function faultsAtFields(error: unknown): FormFaults {
  const words = error instanceof AppError ? error.fields.map(({ field }) => wordsOf(field)) : [];
  return atFields(faultsOf(error, words));
}

const wordsOf = (pointer: string) => pointer.replace(/^\//, '').replaceAll('/', '.');
