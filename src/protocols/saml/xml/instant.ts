import type { Instant } from '../types.ts';

const UTC_OR_UNZONED = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?$/;

/** The instants of the last messages: each is written several times, and writing it takes longer than finding it. */
const written = new Map<Instant, string>();
const MAX_WRITTEN = 16;

/** Writes an instant as xs:dateTime in UTC with milliseconds (saml-core-2.0 §1.3.3). */
export function formatInstant(at: Instant): string {
  let text = written.get(at);
  if (text === undefined) {
    text = new Date(at).toISOString();
    if (written.size >= MAX_WRITTEN) written.clear();
    written.set(at, text);
  }
  return text;
}

/**
 * Reads an xs:dateTime; undefined when it isn't one. SAML times are in UTC (saml-core-2.0 §1.3.3), so a value without a
 * time zone is read as UTC and never as the server's local time.
 */
export function parseInstant(text: string): Instant | undefined {
  const value = text.trim();
  if (!UTC_OR_UNZONED.test(value)) return undefined;
  const at = Date.parse(/(?:Z|[+-]\d{2}:\d{2})$/.test(value) ? value : `${value}Z`);
  return Number.isNaN(at) ? undefined : at;
}
