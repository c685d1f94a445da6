import { AppError, invalid } from '../../../foundation/platform/errors.ts';
import { faultsOf, type FormFaults } from './faults.ts';

/** The two fields of a form that takes a long text: a file, or what was pasted. */
export interface TextFields {
  readonly file: string;
  readonly pasted: string;
}

/** What is wrong with such a form, and all mistakes in its text. */
export interface TextFaults extends FormFaults {
  readonly mistakes: readonly string[];
}

/**
 * What a refused text says about its form. Its mistakes belong to the field that held it, whatever they point to.
 * Throws the error again when it isn't about the input.
 */
export function faultsOfText(error: unknown, { file, pasted }: TextFields, hasFile: boolean): TextFaults {
  const given = hasFile ? file : pasted;
  const isAboutText = error instanceof AppError && ABOUT_TEXT.has(error.code);
  const shown = isAboutText ? invalid(given, error.publicMessage) : error;
  const faults = faultsOf(shown, [file, pasted]);
  const mistakes = error instanceof AppError ? error.fields.map(describe) : [];
  const [first, ...others] = mistakes;
  if (Object.keys(faults.errors).length > 0 || first === undefined) return { ...faults, mistakes };
  const more = others.length > 0 ? ` All ${others.length + 1} mistakes are listed above.` : '';
  return { ...faults, mistakes, error: undefined, errors: { [given]: `${first}${more}` } };
}

/** A line that is too long, and a text that asks for what its sender may not do. */
const ABOUT_TEXT: ReadonlySet<AppError['code']> = new Set(['PayloadTooLarge', 'AccessDeniedException']);

const describe = ({ message, line, column }: AppError['fields'][number]): string =>
  line === undefined ? message : `Line ${line}, column ${column ?? 1}: ${message}`;
