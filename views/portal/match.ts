/** Lower case without accents, so that `uber` finds `Über`. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/**
 * Whether every word of what was typed occurs in the text. The server (for `?q=`) and the browser (as one types) share
 * this rule, so that both find the same.
 */
export function matches(text: string, query: string): boolean {
  const folded = fold(text);
  return fold(query)
    .split(/\s+/u)
    .every((word) => folded.includes(word));
}

/** How many were found, in words for the line above the tiles. */
export function countText(shown: number, total: number, query: string): string {
  if (query.trim() === '') return total === 1 ? '1 application' : `${total} applications`;
  return `${shown} of ${total} ${total === 1 ? 'application' : 'applications'}`;
}
