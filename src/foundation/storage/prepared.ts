import type { Compilable, CompiledQuery, Kysely } from 'kysely';
import type { Queries } from './database.ts';
import type { Tables } from './tables.ts';

/** Stands for a value that is known only after the query is compiled. */
class Placeholder {
  constructor(readonly name: PropertyKey) {}
}

/**
 * A query that is built and compiled once for each database and then only receives its values. It is for queries that
 * run for every response: building and compiling takes several times as long as SQLite takes to answer.
 *
 * `build` receives placeholders instead of values. Each must be used unchanged, as a value to compare or to insert.
 * Anything that depends on a value (another clause, a list of any length, `is null`) needs a query of its own.
 */
export function prepared<Q extends Queries, Given extends object, Row>(
  build: (queries: Q, given: Given) => Compilable<Row>,
): (queries: Q, given: Given) => Promise<Row[]> {
  // `build` receives placeholders typed as the values that will replace them.
  const placeholders = new Proxy({}, { get: (_, name) => new Placeholder(name) }) as Given;
  const known = new WeakMap<object, CompiledQuery<Row>>();
  return async (queries, given) => {
    // Queries and transactions are Kysely objects behind a narrower type.
    const kysely = queries as unknown as Kysely<Tables>;
    // A database and its transactions share one adapter.
    const { adapter } = kysely.getExecutor();
    let compiled = known.get(adapter);
    if (!compiled) known.set(adapter, (compiled = build(queries, placeholders).compile()));
    const values = given as Record<PropertyKey, unknown>;
    const parameters = compiled.parameters.map((each) =>
      each instanceof Placeholder ? values[each.name] : each,
    );
    const { rows } = await kysely.executeQuery<Row>({ ...compiled, parameters });
    return rows;
  };
}
