import type { ComponentChildren } from 'preact';
import { z } from 'zod';
import type { Field } from '../../../../views/components/console/field.ts';
import type { GuideNoteProps } from '../../../../views/components/console/guide-note.tsx';
import type { Settings } from '../../../domain/organizations/settings.ts';
import type { ConsoleVisit } from '../frame/console-visit.ts';

/** A form about some of an instance's settings, with a page of its own. */
export interface SettingsForm<Values extends object> {
  /** The last segment of its address, and the word for what was done. */
  readonly name: string;
  /** What a browser sends; the rules of the settings judge it. */
  readonly form: z.ZodType<Values>;
  valuesOf(settings: Settings): Values;
  /** The change of the settings. It may have values that the settings refuse. */
  changeOf(values: Values): object;
  /** The field for a setting, where it isn't the last part of its name: `session.lifetime` is `lifetime`. */
  readonly fieldOf?: Readonly<Record<string, string>>;
  /** What a refused field says, where the settings' own words are for programs. */
  readonly messages?: Readonly<Record<string, string>>;
  fields(values: Values, errors: Readonly<Record<string, string>>): Field[];
  readonly title: string;
  /** Above the form. */
  readonly about: ComponentChildren;
  readonly guide?: readonly GuideNoteProps[];
  /** Whether administrators only see it. */
  readonly operatorsOnly?: boolean;
  /** What a reader of the present settings has to know, above the form and after saving it. */
  warningOf?(settings: Settings): string | undefined;
  /** Beside the form, such as a preview. */
  aside?(console: ConsoleVisit): ComponentChildren;
}

/** A text as it was typed. */
export const typed = z.string().default('');

/** The value of a check box that is alone; what was sent if no such box sends it, so that the rule refuses it. */
export const boxOf = (values: readonly string[]): boolean | readonly string[] =>
  values.length === 0 ? false : isChecked(values) || values;

/** Whether a sentence that has to be acknowledged was. Any other value than that of its box is none. */
export const isChecked = ([first, ...others]: readonly string[]): boolean =>
  first === 'yes' && others.length === 0;
