/**
 * The beginning of a text from outside, for a message that quotes it: its author can make it any length, and messages
 * are sent, logged and stored. At most `max` characters, and an ellipsis if some are missing.
 */
export function excerpt(text: string, max = 80): string {
  if (isWithin(text, max)) return text;
  // A code point has at most two code units. Splitting by code points keeps surrogate pairs whole.
  return `${Array.from(text.slice(0, 2 * max))
    .slice(0, max)
    .join('')}…`;
}

/** Whether `text` has at most `max` characters (code points). Takes no longer for longer texts. */
export function isWithin(text: string, max: number): boolean {
  if (text.length <= max) return true;
  return text.length <= 2 * max && Array.from(text).length <= max;
}
