import { writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { postgres } from '../support/databases/postgres.ts';
import { hashesPerSecond, opensslSignsPerSecond, samlifyResponsesPerSecond } from './baselines.ts';
import { inTemporaryFolder } from './built-server.ts';
import { measureFactors } from './factors.ts';
import { measureGrowth } from './growth.ts';
import { measureLibrary } from './library.ts';
import { readable } from './numbers.ts';
import { measureResponses } from './responses.ts';
import { factorRows, growthRows, libraryRows, responseRows, serverRows, startRows } from './rows.ts';
import { samlpResponsesPerSecond } from './samlp.ts';
import { measureServers } from './servers.ts';
import { measureStartUp } from './start-up.ts';
import { formatTable, keepsBudget, type Row } from './table.ts';

/*
 * Measures the built server against its budgets (docs/benchmarks.md): `npm run bench [-- --quick] [-- --json FILE] [-- part …]`.
 * Ratios are taken within one run, so that they hold on any machine; other load on the machine during a run distorts
 * them (so the load is printed, too). With --quick it takes under two minutes, with smaller numbers of everything.
 */
const { values: flags, positionals } = parseArgs({
  options: { json: { type: 'string' }, quick: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const { quick } = flags;
const RUNS = quick ? 3 : 5;
const SECONDS = quick ? 2 : 4;
const REST_MS = quick ? 1000 : 4000;
const DEFAULT_HASH_COST = 15;
const SIZE = quick
  ? { users: 3000, groups: 600, applications: 50, groupsOfPerson: 100 }
  : { users: 50_000, groups: 10_000, applications: 500, groupsOfPerson: 1000 };
const ROUNDS = quick ? 60 : 300;

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

interface Measured {
  rows: Row[];
  /** All measurements, for `--json`. */
  details: unknown;
}

/** The parts by name, in the order in which they run. */
const PARTS: Record<string, () => Promise<Measured>> = {
  responses,
  factors,
  start,
  library,
  growth: () => growth('SQLite'),
  'growth-postgres': () => growth('PostgreSQL'),
  servers,
};

async function responses(): Promise<Measured> {
  say('Counting RSA signatures (openssl speed) …');
  const signs = await opensslSignsPerSecond();
  if (signs === undefined) say('openssl is not here: its ratio is left out.');
  say('Counting samlify’s and samlp’s responses, and hashes …');
  const baselines = {
    opensslSignsPerSecond: signs,
    samlifyPerSecond: await samlifyResponsesPerSecond(),
    samlpPerSecond: await samlpResponsesPerSecond({ runs: 3, seconds: SECONDS }),
    hashesPerSecond: await hashesPerSecond(DEFAULT_HASH_COST, 2000),
  };
  say('Loading a server …');
  const measured = await inTemporaryFolder((folder) =>
    measureResponses({ folder, runs: RUNS, seconds: SECONDS, warmUpTurns: 4, restMs: REST_MS }),
  );
  return { rows: responseRows(measured, baselines), details: { baselines, measured } };
}

async function factors(): Promise<Measured> {
  say('Signing in by each factor …');
  const perHash = await hashesPerSecond(DEFAULT_HASH_COST, 2000);
  const measured = await inTemporaryFolder((folder) =>
    measureFactors({ folder, cost: DEFAULT_HASH_COST, runs: 3, ms: quick ? 1500 : 4000 }),
  );
  return { rows: factorRows(measured, perHash), details: measured };
}

async function start(): Promise<Measured> {
  say('Starting servers in memory …');
  const options = { runs: RUNS, restMs: REST_MS };
  const memory = await inTemporaryFolder((folder) => measureStartUp({ folder, kind: 'memory', ...options }));
  say('Starting servers on a file …');
  const file = await inTemporaryFolder((folder) => measureStartUp({ folder, kind: 'file', ...options }));
  return {
    rows: [...startRows('in memory', memory), ...startRows('on a file', file)],
    details: { memory, file },
  };
}

async function library(): Promise<Measured> {
  say('Starting the library …');
  const measured = await measureLibrary({ runs: RUNS });
  return { rows: libraryRows(measured), details: measured };
}

async function growth(where: 'SQLite' | 'PostgreSQL'): Promise<Measured> {
  const databases = where === 'SQLite' ? undefined : await twoDatabases();
  if (databases === 'none') return NO_RESULT;
  say(`Growing an organization on ${where} …`);
  const measured = await inTemporaryFolder((folder) =>
    measureGrowth({ folder, size: SIZE, rounds: ROUNDS, databases }),
  );
  return { rows: growthRows(where, measured), details: measured };
}

async function servers(): Promise<Measured> {
  const databases = await twoDatabases();
  if (databases === 'none') return NO_RESULT;
  say('Loading one server and two on PostgreSQL …');
  const measured = await inTemporaryFolder((folder) =>
    measureServers({ folder, database: databases[0], runs: RUNS, seconds: SECONDS }),
  );
  return { rows: serverRows(measured, cpus().length), details: measured };
}

const NO_RESULT: Measured = { rows: [], details: undefined };

async function twoDatabases(): Promise<[string, string] | 'none'> {
  const server = await postgres();
  if (server.ok) return [await server.createDatabase(), await server.createDatabase()];
  say(`left out: ${server.reason}`);
  return 'none';
}

const chosen = positionals.length > 0 ? positionals : Object.keys(PARTS);
const unknown = chosen.filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  say(`npm run bench knows: ${Object.keys(PARTS).join(', ')}; not ${unknown.join(', ')}.`);
  process.exit(2);
}

/** `loadavg` also counts work from before the run: it only hints at a busy machine. */
const loadBefore = loadavg()[0] ?? 0;
const rows: Row[] = [];
const measured: Record<string, unknown> = {};
for (const name of chosen) {
  const startedAt = performance.now();
  const part = await PARTS[name]?.();
  if (!part) continue;
  rows.push(...part.rows);
  measured[name] = part.details;
  say(`${name}: ${readable((performance.now() - startedAt) / 1000)} s`);
}
const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'processor'}, Node ${process.versions.node}, load before ${readable(loadBefore)}`;
process.stdout.write(`\n${machine}\n\n${formatTable(rows)}\n`);
if (loadBefore > 1) {
  say(
    '\nThis machine was doing something else, too. openssl counts its own processor time, so that the ratio to it is too low.',
  );
}
if (flags.json !== undefined) {
  const verdicts = rows.map((row) => ({ ...row, keeps: keepsBudget(row) }));
  await writeFile(flags.json, `${JSON.stringify({ machine, rows: verdicts, measured }, null, 2)}\n`);
}
// PostgreSQL stops with this process.
process.exit();
