import type { Compilable, CompiledQuery, Kysely } from 'kysely';
import type { Queries } from './database.ts';
import type { Tables } from './tables.ts';

/** Stands for a value that isn't known yet when its query is compiled. */
class Hole {
  constructor(readonly name: PropertyKey) {}
}

/**
 * A query that is built and compiled once for each database and from then on only given its values: for what every
 * response asks, since building and compiling takes several times as long as SQLite takes to answer.
 *
 * `build` sees no values, only places for them: each must go into the query as it is, as a value that is compared or
 * inserted. What depends on a value (another clause, a list of any length, `is null`) is another query.
 */
export function prepared<Q extends Queries, Given extends object, Row>(
  build: (queries: Q, given: Given) => Compilable<Row>,
): (queries: Q, given: Given) => Promise<Row[]> {
  // The values that `build` is shown are holes; their types are those of the values that will be there.
  const holes = new Proxy({}, { get: (_, name) => new Hole(name) }) as Given;
  const known = new WeakMap<object, CompiledQuery<Row>>();
  return async (queries, given) => {
    // Queries and transactions are Kysely's, narrowed to what stores may do by themselves.
    const kysely = queries as unknown as Kysely<Tables>;
    // A database and its transactions have one adapter.
    const { adapter } = kysely.getExecutor();
    let compiled = known.get(adapter);
    if (!compiled) known.set(adapter, (compiled = build(queries, holes).compile()));
    const values = given as Record<PropertyKey, unknown>;
    const parameters = compiled.parameters.map((each) => (each instanceof Hole ? values[each.name] : each));
    const { rows } = await kysely.executeQuery<Row>({ ...compiled, parameters });
    return rows;
  };
}
