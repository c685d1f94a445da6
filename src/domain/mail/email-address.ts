/**
 * An email address and nothing else, such as ana@example.com: no name, angle brackets, comment or second address (RFC
 * 5321 §4.1.2, without the quoted form, which hardly any system takes). Invisible characters are refused too, since two
 * users could have addresses that look the same. Whether the address exists shows when mail is sent. Without the flag
 * `u`, which the descriptions of the API and of the organization file (JSON Schema) can't state.
 */
export const EMAIL_ADDRESS =
  /^[^\s\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f@<>()[\]\\,;:"]+@(?:[^\s\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f@<>()[\]\\,;:"]+|\[(?:IPv6:)?[\da-fA-F.:]+\])$/;

/** The sender of mail. */
export interface Sender {
  /** Empty: only the address is shown. */
  readonly name: string;
  readonly address: string;
}

/**
 * Parses an address, alone or in angle brackets after a name (RFC 5322 §3.4). Returns undefined for anything else. The
 * name has no control, no invisible character, and nothing that mail programs decode (RFC 2047).
 */
export function parseSender(text: string): Sender | undefined {
  const [, name = '', bracketed] = /^([^<>@"\p{C}]*)<([^<>]+)>$/u.exec(text) ?? [];
  const address = bracketed ?? text;
  if (/\p{C}/u.test(address)) return undefined;
  if (!EMAIL_ADDRESS.test(address) || name.includes('=?')) return undefined;
  return { name: name.trim(), address };
}
