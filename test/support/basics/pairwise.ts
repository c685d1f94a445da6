/** Dimensions by name, each with its values. */
export type Dimensions<Row extends object> = { readonly [Name in keyof Row]: readonly Row[Name][] };

/** Every combination of one value of each dimension. The last dimension changes fastest. */
export function everyRow<Row extends object>(dimensions: Dimensions<Row>): Row[] {
  // The rows get one dimension after another.
  let rows: Partial<Row>[] = [{}];
  for (const name of Object.keys(dimensions) as (keyof Row)[]) {
    rows = rows.flatMap((row) => dimensions[name].map((value) => ({ ...row, [name]: value })));
  }
  return rows as Row[]; // The loop has filled in every dimension.
}

/**
 * Selects few of `rows`, so that every pair of values of two dimensions that occurs in any row still occurs in a
 * selected one. The choice is greedy: each step takes the row with the most new pairs; among equals the row whose
 * values were selected least often, so that values are spread evenly; then the first. The same rows give the same
 * selection. The caller leaves out impossible rows beforehand.
 */
export function pairwise<Row extends object>(rows: readonly Row[]): Row[] {
  const candidates = rows.map((row) => ({ row, pairs: pairsOf(row) }));
  const uncovered = new Set(candidates.flatMap(({ pairs }) => pairs));
  const used = new Map<string, number>();
  const chosen: Row[] = [];
  while (uncovered.size > 0) {
    const [best] = candidates
      .map(({ row, pairs }) => ({
        ...{ row, pairs },
        fresh: pairs.filter((pair) => uncovered.has(pair)).length,
        worn:
          sum(pairs.map((pair) => used.get(pair) ?? 0)) +
          sum(valuesOf(row).map((value) => used.get(value) ?? 0)),
      }))
      .sort((one, other) => other.fresh - one.fresh || one.worn - other.worn);
    if (!best) break;
    chosen.push(best.row);
    for (const pair of best.pairs) uncovered.delete(pair);
    for (const each of [...best.pairs, ...valuesOf(best.row)]) used.set(each, (used.get(each) ?? 0) + 1);
  }
  return chosen;
}

/** All pairs of values of a row, each value with the name of its dimension. */
export function pairsOf(row: object): string[] {
  const values = valuesOf(row);
  return values.flatMap((one, index) => values.slice(index + 1).map((other) => `${one} ${other}`));
}

const valuesOf = (row: object): string[] =>
  Object.entries(row).map(([name, value]) => `${name}=${String(value)}`);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
