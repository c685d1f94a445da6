import { grouped } from '../../words.ts';
import type { ListFilter, Noun } from './list.ts';

export interface CountedList {
  noun: Noun;
  /** The rows on this page. */
  shown: number;
  /** All that match; absent when counting them would take too long. */
  total?: number | undefined;
  /** Whether the search or a filter leaves some out. */
  isNarrowed: boolean;
  /** Whether there is a page before or after this one. */
  hasMore: boolean;
}

/** How many there are, in words: `3 users match`, `50 of 1,234 users`, or `50 users on this page`. */
export function countWords({ noun, shown, total, isNarrowed, hasMore }: CountedList): string {
  const name = (count: number) => (count === 1 ? noun.one : noun.many);
  const all = total ?? (hasMore ? undefined : shown);
  if (all === undefined) {
    return `${grouped(shown)} ${isNarrowed ? 'matching ' : ''}${name(shown)} on this page`;
  }
  const of = shown < all ? `${grouped(shown)} of ` : '';
  const matches = isNarrowed ? (all === 1 ? ' matches' : ' match') : '';
  return all === 0 && isNarrowed ? `No ${noun.one} matches` : `${of}${grouped(all)} ${name(all)}${matches}`;
}

/** The filters that leave something out, each as `Status: Disabled`. */
export function activeFilters(filters: readonly ListFilter[]): string[] {
  return filters.flatMap(({ label, value, options }) => {
    if (value === '') return [];
    // A value that no option has comes from an address that somebody wrote.
    return [`${label}: ${options.find((option) => option.value === value)?.label ?? value}`];
  });
}
