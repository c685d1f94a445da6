import assert from 'node:assert/strict';
import { CompiledQuery, type Kysely, type QueryExecutor } from 'kysely';
import type { Database, Queries } from '../../../src/foundation/storage/database.ts';
import type { Tables } from '../../../src/foundation/storage/tables.ts';

/** Runs `ask` and returns all its queries. */
export async function queriesOf(
  db: Database,
  ask: (queries: Queries) => Promise<unknown>,
): Promise<CompiledQuery[]> {
  const kysely = db.read as Kysely<Tables>; // the type that createDatabase was given
  const queries: CompiledQuery[] = [];
  const recording = kysely.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: ({ result }) => Promise.resolve(result),
  });
  const executor = recording.getExecutor();
  const executeQuery = executor.executeQuery.bind(executor);
  executor.executeQuery = (query) => {
    queries.push(query);
    return executeQuery(query);
  };
  await ask(recording);
  assert.ok(queries.length > 0);
  return queries;
}

/** The SQL of all queries outside of transactions while `act` runs. */
export async function sqlDuring(db: Database, act: () => Promise<unknown>): Promise<string[]> {
  const executor = (db.read as Kysely<Tables>).getExecutor(); // the type that createDatabase was given
  const { executeQuery } = executor;
  const texts: string[] = [];
  executor.executeQuery = (query) => {
    texts.push(query.sql);
    return executeQuery.call(executor, query) as ReturnType<typeof executor.executeQuery<never>>; // any type of result
  };
  await act();
  executor.executeQuery = executeQuery;
  assert.ok(texts.length > 0);
  return texts;
}

/** The SQL of all statements while `act` runs, also of those in transactions. */
export async function statementsDuring(db: Database, act: () => Promise<unknown>): Promise<string[]> {
  // The executors of transactions are other objects of the same class.
  const base = methodsOf((db.read as Kysely<Tables>).getExecutor()); // the type that createDatabase was given
  const { executeQuery } = base;
  const texts: string[] = [];
  base.executeQuery = function (this: QueryExecutor, query: CompiledQuery) {
    texts.push(query.sql);
    return executeQuery.call(this, query) as ReturnType<typeof executeQuery<never>>; // any type of result
  };
  await act();
  base.executeQuery = executeQuery;
  assert.ok(texts.length > 0);
  return texts;
}

/** The prototype that has the method with which an executor runs statements. */
function methodsOf(executor: QueryExecutor): QueryExecutor {
  let methods = executor;
  while (!Object.hasOwn(methods, 'executeQuery')) methods = Object.getPrototypeOf(methods) as QueryExecutor;
  return methods;
}

/** The query plans of all queries that `ask` runs, one line for each step. */
export async function planOf(db: Database, ask: (queries: Queries) => Promise<unknown>): Promise<string[]> {
  const kysely = db.read as Kysely<Tables>; // the type that createDatabase was given
  const explain = db.dialect === 'sqlite' ? 'explain query plan' : 'explain';
  const lines: string[] = [];
  for (const { sql, parameters } of await queriesOf(db, ask)) {
    const { rows } = await kysely.executeQuery<Record<string, string>>(
      CompiledQuery.raw(`${explain} ${sql}`, [...parameters]),
    );
    lines.push(...rows.map((row) => row['detail'] ?? row['QUERY PLAN'] ?? ''));
  }
  assert.ok(lines.length > 0);
  return lines;
}
