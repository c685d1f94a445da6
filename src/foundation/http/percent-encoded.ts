import { excerpt } from '../platform/excerpt.ts';

/** What a body that isn't UTF-8 was decoded to. A form writes this character with percent signs, as all but ASCII. */
const REPLACEMENT = '\uFFFD';

/**
 * The name of the first field of a query or form that is not percent-encoded UTF-8; undefined when all are. Decoders
 * keep such a value as it is (`caf%E9`) or put U+FFFD into it, so that two values become one, and what a service
 * provider sent isn't what it gets back. Refused are a percent sign without two digits, octets of another encoding,
 * overlong forms and surrogates (RFC 3629 §3).
 */
export function findNotUtf8(encoded: string): string | undefined {
  if (!encoded.includes('%') && !encoded.includes(REPLACEMENT)) return undefined;
  const field = encoded.split('&').find((each) => !isUtf8(each));
  return field === undefined ? undefined : excerpt(field.split('=', 1)[0] ?? '');
}

function isUtf8(encoded: string): boolean {
  if (encoded.includes(REPLACEMENT)) return false;
  try {
    decodeURIComponent(encoded);
    return true;
  } catch {
    return false;
  }
}
