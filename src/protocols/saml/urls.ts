/** Why an address can't be used. */
export type WebUrlFault = 'not-a-url' | 'not-http' | 'credentials' | 'backslash' | 'fragment' | 'characters';

export interface WebUrlRules {
  /** Whether `#…` may follow; an endpoint has none, since browsers don't send it. */
  readonly fragment?: boolean;
}

// Control characters and spaces that URL parsers silently drop: `java\nscript:` must not read as two things.
const DROPPED = /[\u0000-\u0020\u007F]/;

/**
 * What is wrong with an address that browsers will be sent to, or undefined: absolute, http or https only (`javascript:`,
 * `data:` and their like run code at whoever follows them), no credentials, no fragment unless allowed.
 */
export function findWebUrlFault(
  value: string,
  { fragment = false }: WebUrlRules = {},
): WebUrlFault | undefined {
  if (DROPPED.test(value)) return 'characters';
  if (!URL.canParse(value)) return 'not-a-url';
  const url = new URL(value);
  // `https:example` parses too: the scheme must be followed by an authority.
  if (!/^https?:\/\/[^/\\]/i.test(value)) return 'not-http';
  // Browsers end the host at a backslash, other readers at the slash behind it: the same address on two machines.
  if (/^https?:\/\/[^/?#]*\\/i.test(value)) return 'backslash';
  if (url.username !== '' || url.password !== '') return 'credentials';
  if (!fragment && value.includes('#')) return 'fragment';
  return undefined;
}

/** Whether browsers may be sent to this address; see `findWebUrlFault`. */
export function isWebUrl(value: string, rules: WebUrlRules = {}): boolean {
  return findWebUrlFault(value, rules) === undefined;
}
