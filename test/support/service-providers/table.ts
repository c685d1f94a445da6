import type { Library } from './libraries.ts';
import { ALGORITHMS, impossible, NAME_IDS, SIGNING, WAYS, type Case } from './matrix.ts';

interface Ran {
  readonly cases: readonly Case[];
  readonly passed: readonly Case[];
  missing(library: Library): string | undefined;
}

/**
 * Summarizes the matrix: a line for each library, with the number of cases, of those that passed, and of cases with
 * each value.
 */
export function matrixTable({ cases, passed, missing }: Ran): string {
  const libraries = [...new Set(cases.map(({ library }) => library))];
  const columns: readonly (readonly [string, (each: Case) => boolean])[] = [
    ...WAYS.map((value) => [value, (each: Case) => each.way === value] as const),
    ...Object.keys(SIGNING).map((value) => [value, (each: Case) => each.signed === value] as const),
    ...ALGORITHMS.map((value) => [value, (each: Case) => each.algorithm === value] as const),
    ...Object.keys(NAME_IDS).map((value) => [value, (each: Case) => each.nameId === value] as const),
  ];
  const numbers = (own: readonly Case[], ok: readonly Case[]) => [
    String(own.length),
    String(ok.length),
    ...columns.map(([, has]) => String(ok.filter(has).length)),
  ];
  const rows = [
    ['service provider', 'cases', 'passed', ...columns.map(([name]) => name)],
    ...libraries.map((library) => {
      const of = (list: readonly Case[]) => list.filter((each) => each.library === library);
      return [library.name, ...numbers(of(cases), of(passed))];
    }),
    ['all', ...numbers(cases, passed)],
  ];
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((cells) => (cells[column] ?? '').length)),
  );
  const lines = rows.map((cells) =>
    cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
  const out = impossible(libraries).map(
    ({ library, reason, combinations }) =>
      `${library.name}: ${combinations} combinations are left out, because ${reason}`,
  );
  const absent = libraries
    .flatMap((library) => missing(library) ?? [])
    .map((reason) => `not here: ${reason}`);
  return [...lines, ...out, ...absent].map((line) => `  ${line}\n`).join('');
}
