/** Dimensions by name, each with its values. */
export type Dimensions<Row extends object> = { readonly [Name in keyof Row]: readonly Row[Name][] };

/** Every combination of one value of each dimension, in order: the last dimension changes fastest. */
export function everyRow<Row extends object>(dimensions: Dimensions<Row>): Row[] {
  // Filled in below, a dimension at a time.
  let rows: Partial<Row>[] = [{}];
  for (const name of Object.keys(dimensions) as (keyof Row)[]) {
    rows = rows.flatMap((row) => dimensions[name].map((value) => ({ ...row, [name]: value })));
  }
  return rows as Row[]; // every dimension was filled in
}

/**
 * Few of `rows`, in which every two values of two dimensions that occur together in a row still do: the greedy choice of
 * the row with the most pairs that are new; of equals the one with the values that came least often so far, so that what
 * is free is spread evenly; of equals still, the first. The same rows give the same choice. What isn't allowed is for the
 * caller to leave out before: a pair that only such rows have is nobody's.
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

/** Every two values of a row, each with its dimension's name. */
export function pairsOf(row: object): string[] {
  const values = valuesOf(row);
  return values.flatMap((one, index) => values.slice(index + 1).map((other) => `${one} ${other}`));
}

const valuesOf = (row: object): string[] =>
  Object.entries(row).map(([name, value]) => `${name}=${String(value)}`);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
