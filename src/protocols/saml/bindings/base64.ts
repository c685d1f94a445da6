/**
 * The octets of strict base64 (RFC 4648 §4), or undefined. Node's own decoder skips what it doesn't know, so that two
 * different texts would mean the same message; this one takes the canonical text only.
 */
export function decodeBase64(text: string): Buffer | undefined {
  if (text === '' || text.length % 4 !== 0) return undefined;
  const octets = Buffer.from(text, 'base64');
  return octets.toString('base64') === text ? octets : undefined;
}

/** The text of octets that are UTF-8 (a leading byte order mark is dropped), or undefined. */
export function decodeUtf8(octets: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(octets);
  } catch {
    return undefined;
  }
}
