import { z } from 'zod';
import type { ConflictingValue } from '../../../../../views/components/console/conflict-notice.tsx';
import {
  mappingField,
  type TypedMapping,
  type TypedMappings,
} from '../../../../../views/console/applications/mapping-values.ts';
import { applicationChangeSchema } from '../../../../domain/applications/application-input.ts';
import {
  isGenerated,
  SUBJECT_FORMATS,
  type ApplicationSettings,
} from '../../../../domain/applications/application.ts';
import { faultsOfInput, readInput, type FormFaults } from '../../frame/faults.ts';

/** As many as an application can have. */
export const MAX_ROWS = 200;

const mappingsSchema = z.object({
  subject: applicationChangeSchema.shape.subject.unwrap().unwrap(),
  attributes: applicationChangeSchema.shape.attributes.unwrap().unwrap(),
});

export type Mappings = z.output<typeof mappingsSchema>;

/** The stored mappings, as their form shows them. */
export function typedOf({ subject, attributes }: ApplicationSettings): TypedMappings {
  return {
    subject: { value: subject.value ?? '', format: subject.format },
    attributes: attributes.map(({ name, value, format }) => ({ name, value, format })),
  };
}

/** The mappings in a form's fields: a row for each number that occurs, in the order of the numbers. */
export function readTyped(fields: Readonly<Record<string, unknown>>): TypedMappings {
  const numbers = Object.keys(fields)
    .map((name) => /^(?:name|value|format)-(\d{1,3})$/.exec(name)?.[1])
    .filter((digits) => digits !== undefined)
    .map(Number);
  const rows = [...new Set(numbers)].sort((one, other) => one - other);
  const field = (part: keyof TypedMapping, of: number | 'subject') => {
    const given = fields[mappingField(part, of)];
    return typeof given === 'string' ? given : '';
  };
  return {
    subject: { value: field('value', 'subject'), format: field('format', 'subject') },
    attributes: rows.map((row) => ({
      name: field('name', row),
      value: field('value', row),
      format: field('format', row),
    })),
  };
}

export const withoutRow = ({ subject, attributes }: TypedMappings, row: number): TypedMappings => ({
  subject,
  attributes: attributes.filter((_, index) => index !== row),
});

export const withAnotherRow = ({ subject, attributes }: TypedMappings): TypedMappings => ({
  subject,
  attributes: [...attributes, { name: '', value: '', format: 'unspecified' }].slice(0, MAX_ROWS),
});

/** Checks what was typed by the rules of an application's input. An empty subject is generated, if its format allows it. */
export function checkTyped(
  typed: TypedMappings,
): { ok: true; mappings: Mappings } | { ok: false; faults: FormFaults } {
  const { value, format } = typed.subject;
  const generated =
    value.trim() === '' && SUBJECT_FORMATS.some((each) => each === format && isGenerated(each));
  const parsed = readInput(mappingsSchema, {
    ...typed,
    subject: { value: generated ? null : value, format },
  });
  if (parsed.success) return { ok: true, mappings: parsed.data };
  const { errors, ...faults } = faultsOfInput(parsed.error);
  const named = Object.entries(errors).map(([path, message]) => [fieldOf(path), message] as const);
  const { '': error, ...fields } = Object.fromEntries(named);
  return { ok: false, faults: { ...faults, error: error ?? faults.error, errors: fields } };
}

/** The form's field of a place in the input, such as `attributes.2.name`; empty for the whole. */
function fieldOf(path: string): string {
  const [of, part = '', ofRow = ''] = path.split('.');
  const parts = ['name', 'value', 'format'] as const;
  const wanted = parts.find((each) => each === (of === 'subject' ? part : ofRow));
  if (!wanted) return '';
  return mappingField(wanted, of === 'subject' ? 'subject' : Number(part));
}

/** Where two sets of mappings differ, each mapping as text; those with the same name are compared. */
export function differences(yours: TypedMappings, theirs: TypedMappings): ConflictingValue[] {
  const [mine, others] = [textsOf(yours), textsOf(theirs)];
  return [...new Set([...mine.keys(), ...others.keys()])]
    .map((label) => ({ label, yours: mine.get(label) ?? '', theirs: others.get(label) ?? '' }))
    .filter((each) => each.yours !== each.theirs);
}

function textsOf({ subject, attributes }: TypedMappings): Map<string, string> {
  const text = ({ value, format }: { value: string; format: string }) => `${value} (${format})`;
  const texts = new Map([['Subject', text(subject)]]);
  for (const attribute of attributes) {
    const label = `Attribute ${attribute.name}`;
    const before = texts.get(label);
    texts.set(label, before === undefined ? text(attribute) : `${before}, ${text(attribute)}`);
  }
  return texts;
}
