import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DatabaseSync } from '@photostructure/sqlite';
import { createSealer } from '../../src/foundation/platform/crypto.ts';
import type { Database } from '../../src/foundation/storage/database.ts';
import { openPostgres } from '../../src/foundation/storage/postgres.ts';
import { openSqlite } from '../../src/foundation/storage/sqlite.ts';
import { findDamage } from '../support/servers/kill/audit.ts';
import { API_TOKEN, ORGANIZATION, PUBLIC_URL, burst, lostToClients } from '../support/servers/kill/burst.ts';
import { Ledger } from '../support/servers/kill/ledger.ts';
import { postgres } from '../support/databases/postgres.ts';
import { seededRandom } from '../support/basics/random.ts';
import { BuiltServer } from '../support/servers/built-server.ts';
import { skipAloud } from '../support/basics/skip.ts';
import { isFull } from '../support/basics/depth.ts';

const KILLS = isFull ? 60 : 1;
const CLIENTS = 8;
const SECRET = 'the-secret-of-every-start';
const SEED = Number(process.env['KILL_SEED'] ?? 1);
/** The longest time that a start after a crash may take on a machine that is also busy with other work. */
const RESTART_LIMIT_MS = 10_000;

interface Round {
  acknowledged: number;
  lost: number;
  restartMs: number;
}

describe('a server that is killed', () => {
  const rows: string[] = [];
  after(() => {
    if (rows.length === 0) return;
    process.stdout.write(`seed ${SEED}    kills  acknowledged  lost  restart ms: median, most\n`);
    for (const row of rows) process.stdout.write(`${row}\n`);
  });

  for (const dialect of ['sqlite', 'postgres'] as const) {
    it(`loses nothing that it acknowledged, and stores nothing by half (${dialect})`, async function () {
      this.timeout(30_000 + KILLS * 10_000);
      const folder = mkdtempSync(join(tmpdir(), 'vestibule-kill-'));
      writeFileSync(join(folder, 'organization.yaml'), ORGANIZATION);
      const env: Record<string, string> = {
        VESTIBULE_API_TOKEN: API_TOKEN,
        VESTIBULE_SECRET: SECRET,
      };
      if (dialect === 'postgres') {
        const server = await postgres();
        if (!server.ok) skipAloud(this, server.reason);
        env['DATABASE_URL'] = await server.createDatabase();
      }
      const start = (flags: string[] = []) =>
        new BuiltServer(folder, ['--data', 'data', '--public-url', PUBLIC_URL.href, ...flags], env);
      const random = seededRandom(SEED);
      const ledger = new Ledger();
      const rounds: Round[] = [];
      let builtServer = start(['--org', 'organization.yaml']);
      let db: Database | undefined;
      try {
        await builtServer.ready();
        for (let kill = 0; kill < KILLS; kill += 1) {
          const before = ledger.acknowledged;
          await killInTheMiddle(builtServer, ledger, random);
          const startedAt = performance.now();
          builtServer = start();
          await builtServer.ready();
          const restartMs = performance.now() - startedAt;
          const acknowledged = ledger.acknowledged - before;
          // The database is opened only now: recovering the file is the server's task.
          db ??= await openAgain(dialect, folder, env['DATABASE_URL']);
          const damage = [
            ...(await findDamage(db.read, createSealer(Buffer.from(SECRET)), ledger)),
            ...(dialect === 'sqlite' ? brokenFile(folder) : []),
            ...(await lostToClients(await builtServer.port(), ledger)),
            ...ledger.surprises,
          ];
          rounds.push({ acknowledged, restartMs, lost: damage.length });
          assert.deepEqual(damage, [], `after kill ${kill + 1} with the seed ${SEED}`);
        }
        assert.ok(
          rounds.every(({ acknowledged }) => acknowledged > 0),
          'every kill had something to lose',
        );
        assert.ok(Math.max(...rounds.map(({ restartMs }) => restartMs)) < RESTART_LIMIT_MS);
      } finally {
        rows.push(describeRounds(dialect, rounds));
        await endNow(builtServer);
        await db?.close();
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }
});

/** Kills the server while clients work: a random time after a random number of acknowledgements. */
async function killInTheMiddle(
  builtServer: BuiltServer,
  ledger: Ledger,
  random: () => number,
): Promise<void> {
  const enough = ledger.reaches(ledger.acknowledged + 1 + Math.floor(random() * 250));
  const working = burst(await builtServer.port(), ledger, CLIENTS);
  await Promise.race([enough, working]);
  await delay(random() * 12);
  await endNow(builtServer);
  await working;
}

async function endNow({ child }: BuiltServer): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

function openAgain(dialect: string, folder: string, url: string | undefined): Promise<Database> | Database {
  if (dialect === 'sqlite' || url === undefined) {
    return openSqlite({ location: join(folder, 'data/vestibule.db'), durability: 'process' });
  }
  return openPostgres({ url, onIdleError: () => undefined });
}

/** The defects that SQLite itself finds in its file. */
function brokenFile(folder: string): string[] {
  const sqlite = new DatabaseSync(join(folder, 'data/vestibule.db'), { readOnly: true });
  try {
    const integrity = sqlite.prepare('pragma integrity_check').all() as { integrity_check: string }[];
    const dangling = sqlite.prepare('pragma foreign_key_check').all();
    return [
      ...integrity.map((row) => row.integrity_check).filter((said) => said !== 'ok'),
      ...dangling.map((row) => `dangling: ${JSON.stringify(row)}`),
    ];
  } finally {
    sqlite.close();
  }
}

function describeRounds(dialect: string, rounds: readonly Round[]): string {
  const sorted = rounds.map(({ restartMs }) => Math.round(restartMs)).sort((a, b) => a - b);
  const sum = (of: (round: Round) => number) => rounds.reduce((total, round) => total + of(round), 0);
  const acknowledged = sum((round) => round.acknowledged);
  const cells = [
    dialect.padEnd(8),
    String(rounds.length).padStart(6),
    String(acknowledged).padStart(12),
    String(sum(({ lost }) => lost)).padStart(4),
    `${sorted[Math.floor(sorted.length / 2)] ?? 0}, ${sorted.at(-1) ?? 0}`,
  ];
  return cells.join('  ');
}
