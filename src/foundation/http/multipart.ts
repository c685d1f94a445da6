import { AppError } from '../platform/errors.ts';

/* Forms with files: multipart/form-data (RFC 7578), as browsers, curl and fetch write it. */

/** A field or file of a form. */
interface FormPart {
  readonly name: string;
  readonly isFile: boolean;
  readonly content: Buffer;
}

/** More fields than any form of ours has. */
const MAX_PARTS = 200;
/** The largest header of a part, in octets: names of files can be long, and each octet can take three. */
const MAX_HEADER = 4096;

/** RFC 2046 §5.1.1: up to 70 of these characters. */
const BOUNDARY =
  /^multipart\/form-data;[ \t]*boundary=(?:"([\w'()+,./:=? -]{1,70})"|([\w'()+./=-]{1,70}))[ \t]*$/i;
const DISPOSITION =
  /^content-disposition:[ \t]*form-data;[ \t]*name="([^"]*)"(;[ \t]*filename="[^"]*")?[ \t]*$/i;

/** The boundary that a Content-Type names; undefined when it is none of a form with files. */
export function boundaryOf(contentType: string): string | undefined {
  const [, quoted, plain] = BOUNDARY.exec(contentType) ?? [];
  return quoted ?? plain;
}

/**
 * Splits the whole body of a form into its parts, in their order; their contents are views of `body`. Throws BadRequest
 * for a body of another shape: two parsers could read different fields from one that only nearly has this shape.
 */
export function parseMultipart(body: Buffer, boundary: string): FormPart[] {
  const delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
  const parts: FormPart[] = [];
  // The first delimiter begins the body, and so has no line break before it.
  if (!body.subarray(0, delimiter.length - 2).equals(delimiter.subarray(2))) throw misshapen();
  let at = delimiter.length - 2;
  while (!isEnd(body, at)) {
    if (!startsAt(body, CRLF, at)) throw misshapen();
    if (parts.length === MAX_PARTS)
      throw new AppError('BadRequest', `The form has more than ${MAX_PARTS} fields.`);
    const headerFrom = at + CRLF.length;
    const headerEnd = body.subarray(headerFrom, headerFrom + MAX_HEADER).indexOf(BLANK_LINE);
    if (headerEnd < 0) throw misshapen();
    const contentFrom = headerFrom + headerEnd + BLANK_LINE.length;
    const contentEnd = body.indexOf(delimiter, contentFrom);
    if (contentEnd < 0) throw misshapen();
    const header = readHeader(body.subarray(headerFrom, headerFrom + headerEnd));
    parts.push({ ...header, content: body.subarray(contentFrom, contentEnd) });
    at = contentEnd + delimiter.length;
  }
  return parts;
}

const CRLF = Buffer.from('\r\n');
const BLANK_LINE = Buffer.from('\r\n\r\n');
const ENDS = [Buffer.from('--'), Buffer.from('--\r\n')];

const startsAt = (body: Buffer, text: Buffer, at: number) => body.subarray(at, at + text.length).equals(text);

/** Whether the body ends here with its closing delimiter. */
const isEnd = (body: Buffer, at: number) => ENDS.some((end) => body.subarray(at).equals(end));

/** What the header of a part says; fields other than Content-Disposition say nothing that we use. */
function readHeader(header: Buffer): Pick<FormPart, 'name' | 'isFile'> {
  const found = (fromUtf8(header) ?? '').split('\r\n').flatMap((line) => {
    const [, name, file] = DISPOSITION.exec(line) ?? [];
    return name === undefined ? [] : [{ name, isFile: file !== undefined }];
  });
  const [first, second] = found;
  if (!first || second) throw misshapen();
  return first;
}

/** Decodes octets that must be text; undefined when they aren't UTF-8. */
export function fromUtf8(octets: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    return undefined;
  }
}

const misshapen = () =>
  new AppError('BadRequest', 'The form could not be read: it is not valid multipart/form-data.');
