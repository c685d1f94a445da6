import type { ComponentChildren } from 'preact';

/* What the fields of a form are described by; fields.tsx shows them. */

export interface Option {
  readonly value: string;
  readonly label: string;
  /** Whether a person has typed the label. */
  readonly isName?: boolean | undefined;
  /** Shown below the label, for check boxes and radio buttons. */
  readonly help?: string | undefined;
}

interface FieldBase {
  /** The name in the form's data; unique in its form. */
  readonly name: string;
  readonly label: string;
  readonly help?: ComponentChildren;
  /** What is wrong with the value, as a sentence. */
  readonly error?: string | undefined;
  /** Fields are required unless they say so: their labels then end with “(optional)”. */
  readonly optional?: boolean | undefined;
  /** The label of a section that is folded until one of its fields is filled in or wrong. Fields of one follow each other. */
  readonly section?: string | undefined;
}

/** A line of text. `email` and `url` give phones the right keyboard; the server alone checks the value. */
export interface TextField extends FieldBase {
  readonly kind: 'text' | 'email' | 'url';
  readonly value: string;
  readonly maxLength?: number | undefined;
  /** The purpose by its HTML name; by default browsers fill in nothing, since the data are of other people. */
  readonly autocomplete?: string | undefined;
  /** The id of a `datalist` with values to choose from. */
  readonly list?: string | undefined;
}

/** It is never filled in, so it has to be typed again when a form is shown again. */
export interface PasswordField extends FieldBase {
  readonly kind: 'password';
}

export interface TextareaField extends FieldBase {
  readonly kind: 'textarea';
  readonly value: string;
  readonly rows?: number | undefined;
  /** For XML, certificates and other code: a fixed-width font, and no corrections. */
  readonly code?: boolean | undefined;
}

export interface SelectField extends FieldBase {
  readonly kind: 'select';
  readonly value: string;
  readonly options: readonly Option[];
}

export interface RadioField extends FieldBase {
  readonly kind: 'radio';
  readonly value: string;
  readonly options: readonly Option[];
}

/** Check boxes of one name: the form's data have it once for each checked box. */
export interface ChecksField extends FieldBase {
  readonly kind: 'checks';
  readonly values: readonly string[];
  readonly options: readonly Option[];
  /** Present when there can be too many options to show all. */
  readonly find?: FindOptions | undefined;
}

/**
 * The search for options. Its text is sent as `<name>.q`; its button sends `find`, and comes before all others of the
 * form, so that Enter searches instead of sending the form away. Checked options must be among those that are shown.
 */
export interface FindOptions {
  readonly query: string;
  /** What is searched, such as `Part of a group’s name`. */
  readonly label: string;
  /** What to know about the options that are shown, such as that there are others. */
  readonly about: string;
}

/** Browsers don't let a page choose a file, so it has to be chosen again when a form is shown again. */
export interface FileField extends FieldBase {
  readonly kind: 'file';
  /** Such as `.xml,application/xml`. */
  readonly accept?: string | undefined;
}

/** The shortest first. */
export const DURATION_UNITS = ['minutes', 'hours', 'days'] as const;
export type DurationUnit = (typeof DURATION_UNITS)[number];

/** A number (`name`) and its unit (`name.unit`). */
export interface DurationField extends FieldBase {
  readonly kind: 'duration';
  /** As typed, so that it is kept even when it is no number. */
  readonly amount: string;
  readonly unit: DurationUnit;
  readonly units: readonly DurationUnit[];
}

export type Field =
  | TextField
  | PasswordField
  | TextareaField
  | SelectField
  | RadioField
  | ChecksField
  | FileField
  | DurationField;

/** The id of the control of a field; of its first one, if it has several. */
export function fieldId(formId: string, field: Field): string {
  return field.kind === 'radio' || field.kind === 'checks'
    ? `${formId}-${field.name}-0`
    : `${formId}-${field.name}`;
}

/** The ids of the texts that describe a field, for `aria-describedby`: its error before its help. */
export function describedByIds(formId: string, { name, help, error }: Field): string | undefined {
  const ids = [
    ...(error === undefined ? [] : [`${formId}-${name}-error`]),
    ...(help === undefined ? [] : [`${formId}-${name}-help`]),
  ];
  return ids.length === 0 ? undefined : ids.join(' ');
}

/** Whether a field has a fault, or another value than that of an empty form. */
export function isUsed(field: Field): boolean {
  if (field.error !== undefined) return true;
  switch (field.kind) {
    case 'checks':
      return field.values.length > 0;
    case 'duration':
      return field.amount !== '';
    case 'file':
    case 'password':
      return false;
    default:
      return field.value !== '';
  }
}
