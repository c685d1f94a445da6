import { AppError, invalid } from '../platform/errors.ts';
import { excerpt } from '../platform/excerpt.ts';
import { octetsOf } from './body-octets.ts';
import type { Ctx } from './context.ts';
import { boundaryOf, fromUtf8, parseMultipart } from './multipart.ts';

/** The file that a form may have. */
export interface FormFile {
  /** The name of its field. */
  readonly field: string;
  /** The largest size of the whole form, in octets. It is held in memory. */
  readonly maxOctets: number;
  /** Fields of further files, whose texts are read as values of these fields. */
  readonly texts?: readonly string[];
}

interface FormWithFile {
  /** The values by name; those of a name that occurs several times as a list, as in other forms. */
  readonly fields: Readonly<Record<string, string | string[]>>;
  /** Undefined when the person chose none. */
  readonly file: Buffer | undefined;
}

/** Reads a form with `enctype="multipart/form-data"`. Throws an AppError for one that is too large or not valid. */
export async function readFormWithFile(
  ctx: Ctx,
  { field, maxOctets, texts = [] }: FormFile,
): Promise<FormWithFile> {
  const boundary = boundaryOf(ctx.get('Content-Type'));
  if (boundary === undefined)
    throw new AppError('BadRequest', 'The form’s Content-Type names no valid boundary.');
  const pieces: Buffer[] = [];
  const tooLarge = `The form with its file has more than ${sizeOf(maxOctets)}.`;
  for await (const piece of octetsOf(ctx, maxOctets, tooLarge)) pieces.push(piece);

  // Without a prototype, a field called __proto__ is an unknown field like any other.
  const fields = Object.create(null) as Record<string, string | string[]>; // the object has no values yet
  let file: Buffer | undefined;
  for (const { name, isFile, content } of parseMultipart(Buffer.concat(pieces), boundary)) {
    const shown = excerpt(name);
    if (isFile) {
      // A browser sends an empty file for a field in which none was chosen.
      if (texts.includes(name)) {
        if (content.length > 0) fields[name] = textOfFile(content, name);
        continue;
      }
      if (name !== field) throw invalid(shown, `${shown} takes no file.`);
      if (file) throw invalid(field, 'Choose one file.');
      if (content.length > 0) file = content;
      continue;
    }
    const value = fromUtf8(content);
    if (value === undefined) throw invalid(shown, `${shown} is not UTF-8.`);
    const before = fields[name];
    fields[name] = before === undefined ? value : [before, value].flat();
  }
  return { fields, file };
}

/**
 * The text of a form's file, without a byte order mark. Throws a ValidationException for `field` when it isn't UTF-8, or
 * contains NUL, which PostgreSQL can't store.
 */
export function textOfFile(file: Buffer, field: string): string {
  const text = fromUtf8(file);
  if (text === undefined || text.includes('\0')) throw invalid(field, 'This is no text file in UTF-8.');
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}

/** Windows programs write it at the beginning of text files. */
const BYTE_ORDER_MARK = '\uFEFF';

const KIB = 1024;
const sizeOf = (octets: number) =>
  octets < KIB * KIB ? `${Math.floor(octets / KIB)} KiB` : `${Math.floor(octets / (KIB * KIB))} MiB`;
