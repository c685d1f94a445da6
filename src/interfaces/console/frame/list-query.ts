import { z } from 'zod';
import { idField } from '../../../foundation/http/fields.ts';

/** Rows of a page of a list. */
export const ROWS = 50;

/** The query of the address of a list: what is searched, and the page. */
export const listQuery = z.object({
  q: z.string().max(200, 'Search for at most 200 characters.').default(''),
  cursor: z.string().max(2000).optional(),
  /** What an act on an earlier page has done. Lists know their words. */
  done: z.string().max(50).optional(),
});

/** What is searched for, if anything. */
export function searchOf({ q }: z.output<typeof listQuery>): string | undefined {
  const search = q.trim();
  return search === '' ? undefined : search;
}

/**
 * The address of the next page of a list, if there is one, with what the list is narrowed by and sorted by. Empty values
 * are left out.
 */
export function nextHref(
  path: string,
  kept: Readonly<Record<string, string>>,
  cursor: string | null,
): string | undefined {
  if (cursor === null) return undefined;
  const given = Object.entries({ ...kept, cursor }).filter(([, value]) => value !== '');
  return `${path}?${new URLSearchParams(given).toString()}`;
}

/** The rows whose boxes were checked: once or many times in the form, or not at all. */
export const selectedField = <Id extends string>() =>
  z
    .union([idField<Id>(), z.array(idField<Id>()).max(ROWS)])
    .optional()
    .transform((selected) => (selected === undefined ? [] : [selected].flat()));
