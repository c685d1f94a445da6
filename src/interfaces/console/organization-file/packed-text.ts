import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { invalid } from '../../../foundation/platform/errors.ts';

/** Octets of a text in UTF-8. A form with a file has no more. */
export const MAX_OCTETS = 2 * 1024 * 1024;

/**
 * A text as a preview sends it on in a hidden field. Written as it is, each quote would be six octets of the page, and
 * each octet of a Chinese name three of the form; this has no character that is escaped, and is a third longer than the
 * text at worst.
 */
export const packText = (text: string): string => deflateRawSync(text).toString('base64url');

/** The text that was packed. Throws ValidationException for anything else. */
export function unpackText(packed: string): string {
  try {
    // A few kilobytes can unpack to gigabytes (attack: decompression bomb); zlib stops at the limit.
    return inflateRawSync(Buffer.from(packed, 'base64url'), { maxOutputLength: MAX_OCTETS }).toString('utf8');
  } catch {
    throw invalid('file', 'The form is incomplete. Choose the file again.');
  }
}
