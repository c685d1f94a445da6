/**
 * The octets of strict base64 (RFC 4648 §4), or undefined. Node's decoder skips unknown characters, so that different
 * texts would give the same message; this function accepts only the canonical text.
 */
export function decodeBase64(text: string): Buffer | undefined {
  if (text === '' || text.length % 4 !== 0) return undefined;
  const octets = Buffer.from(text, 'base64');
  return octets.toString('base64') === text ? octets : undefined;
}

/** The text of UTF-8 octets without a leading byte order mark, or undefined when they aren't UTF-8. */
export function decodeUtf8(octets: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(octets);
  } catch {
    return undefined;
  }
}
