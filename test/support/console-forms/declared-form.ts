import type { OddText } from './odd-texts.ts';

/** What a field of a form takes. */
export interface DeclaredField {
  /** The odd texts that it takes; it refuses all others with a message beside it. */
  readonly takes: readonly OddText[];
  /** Other values that it refuses, and what it says then. */
  readonly wrong: readonly Wrong[];
  /**
   * Present when the page fills it in and no person types it. A value that no page has sent is then refused without a
   * message beside the field, or means nothing.
   */
  readonly hidden?: 'refused' | 'ignored';
}

/** A value that is refused, and what the message says. */
export type WrongText = readonly [value: string, says: RegExp];
/** The same; several values stand for a field that is sent several times. */
export type Wrong = WrongText | readonly [values: readonly string[], says: RegExp];

/** A form of the console, in the words of its page. */
export interface DeclaredForm {
  /** Where its page is, when it isn't at the path to which the form is sent. */
  readonly page?: string;
  /** Values of its path's parameters instead of those that exist. */
  readonly params?: Readonly<Record<string, string>>;
  /** What a person fills in, so that only the field under test is wrong. */
  readonly filled?: Readonly<Record<string, string>>;
  /** Its fields by name; a form without fields is a button. */
  readonly fields: Readonly<Record<string, DeclaredField>>;
  /** The field of a file. */
  readonly file?: { readonly field: string; readonly wrong: readonly WrongText[] };
  /**
   * What makes the form refused beside the fields that have an odd text which they take, so that nothing is saved.
   * Absent: the filled-in form changes nothing, but leads to a next step.
   */
  readonly spoiled?: Readonly<Record<string, string>>;
}

/** The forms of an area, by their path as the router has it. A path can have several forms. */
export type DeclaredForms = Readonly<Record<string, DeclaredForm | readonly DeclaredForm[]>>;

const NAMES: readonly OddText[] = [
  ...(['HTML', 'a right-to-left override', 'a zero-width space', 'right-to-left words'] as const),
  ...(['emoji', 'combining marks', 'a number', 'a name of JavaScript'] as const),
];

const field = (takes: readonly OddText[], wrong: readonly Wrong[]): DeclaredField => ({ takes, wrong });

/** A required line of text that people choose, such as the name of a group. */
export const nameField = (...wrong: Wrong[]) => field(NAMES, wrong);
/** A line that may be empty. */
export const optionalLine = (...wrong: Wrong[]) => field([...NAMES, 'nothing', 'spaces'], wrong);
/** A text of any number of lines, which may be empty. */
export const optionalText = (...wrong: Wrong[]) =>
  field([...NAMES, 'nothing', 'spaces', 'nothing to see', 'two lines'], wrong);
/** A choice, a number, a word or anything else that isn't free text: it takes no odd text. */
export const strictField = (...wrong: Wrong[]) => field([], wrong);
/** The same, where nothing has a meaning too. */
export const optionalStrictField = (...wrong: Wrong[]) => field(['nothing', 'spaces'], wrong);
/** A number for which 42 is in the range. */
export const numberField = (...wrong: Wrong[]) => field(['a number'], wrong);
/** What the page itself sends, such as a version, a step, or the ids of rows. */
export const hiddenField = (...wrong: string[]): DeclaredField => ({
  ...field(
    [],
    wrong.map((value): Wrong => [value, /./]),
  ),
  hidden: 'refused',
});
/** Rows whose boxes are checked: ids that no row has are of nothing. */
export const rowsField: DeclaredField = { ...field([], [['x'.repeat(65), /./]]), hidden: 'ignored' };
/** The version of the record that the page showed. */
export const versionField = hiddenField('x', '-1', '1.5', '1e400', 'null');
/** The word before something that can't be undone. */
export const wordField = (word: string) => {
  const says = new RegExp(`Type ${word}, exactly as it is shown`);
  const near = [word.toLowerCase(), word.toUpperCase(), `${word} `, `${word}\u200B`, `<b>${word}</b>`];
  return strictField(...near.filter((each) => each !== word).map((each): Wrong => [each, says]));
};
