/** Why a URL can't be used. */
export type WebUrlFault = 'not-a-url' | 'not-http' | 'credentials' | 'backslash' | 'fragment' | 'characters';

export interface WebUrlRules {
  /** Whether a fragment (`#…`) is allowed. An endpoint has none, since browsers don't send it. */
  readonly fragment?: boolean;
}

// Control characters and spaces, some of which URL parsers silently drop: `java\nscript:` would become `javascript:`.
const DROPPED = /[\u0000-\u0020\u007F]/;

/**
 * More than any host takes, in whatever spelling (RFC 1035 §2.3.4: 255 octets). Parsers convert a host of other letters
 * to Punycode (RFC 3492), which takes a second for fifty thousand of them.
 */
const LONGEST_AUTHORITY = 1024;

function hasEndlessHost(value: string): boolean {
  const [beginning = ''] = /^[a-z][a-z0-9+.-]*:[/\\]*[^/\\?#]*/i.exec(value) ?? [];
  return beginning.length > LONGEST_AUTHORITY;
}

/**
 * What is wrong with a URL that we will send browsers to, or undefined. It must be absolute, http or https
 * (`javascript:`, `data:` and the like would run code in the user's browser), without credentials, and without a
 * fragment unless allowed.
 */
export function findWebUrlFault(
  value: string,
  { fragment = false }: WebUrlRules = {},
): WebUrlFault | undefined {
  if (DROPPED.test(value)) return 'characters';
  if (hasEndlessHost(value) || !URL.canParse(value)) return 'not-a-url';
  const url = new URL(value);
  // `https:example` parses too, so the text must show `//` and an authority after the scheme.
  if (!/^https?:\/\/[^/\\]/i.test(value)) return 'not-http';
  // Browsers end the host at a backslash and other parsers at the next slash, so they would see different hosts.
  if (/^https?:\/\/[^/?#]*\\/i.test(value)) return 'backslash';
  if (url.username !== '' || url.password !== '') return 'credentials';
  if (!fragment && value.includes('#')) return 'fragment';
  return undefined;
}

/** Whether we may send browsers to this URL; see `findWebUrlFault`. */
export function isWebUrl(value: string, rules: WebUrlRules = {}): boolean {
  return findWebUrlFault(value, rules) === undefined;
}
