import { counted } from '../words.ts';

/** Text in lower case without accents, so that `uber` finds `Über`. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/**
 * Whether every word of the query occurs in the text. The server (for `?q=`) and the browser (while the user types)
 * share this function, so that both find the same.
 */
export function matches(text: string, query: string): boolean {
  const folded = fold(text);
  return fold(query)
    .split(/\s+/u)
    .every((word) => folded.includes(word));
}

/** The text above what is searched that says how many were found. */
export function countText(shown: number, total: number, query: string, noun = 'application'): string {
  const all = counted(total, noun);
  return query.trim() === '' ? all : `${shown} of ${all}`;
}
