import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openPostgres } from '../../src/foundation/storage/postgres.ts';
import { openSqlite } from '../../src/foundation/storage/sqlite.ts';
import { Browserless } from '../support/servers/browserless.ts';
import { API_TOKEN, startBuilt, type BuiltServer } from './built-server.ts';
import { addApplications, importLines, loadImport, userName, type Size } from './growth-organization.ts';
import { describeWiki } from './load.ts';
import { median } from './numbers.ts';
import { ORGANIZATION_FILE } from './responses.ts';
import { signIn } from './sign-in.ts';

/** Operations whose cost must not grow with the organization. */
export const OPERATIONS = [
  'sign-in',
  'portal page',
  'response',
  'user search by name',
  'user search by address',
  'users, a page',
] as const;
type Operation = (typeof OPERATIONS)[number];

export interface Growth {
  size: Size;
  /** Medians in milliseconds. */
  costs: Record<Operation, { small: number; large: number; ratio: number }>;
  import: {
    usersPerSecond: number;
    /** Includes sending the import and checking it before it begins. */
    usersPerSecondWhole: number;
    /** Times of sign-ins one after another, in milliseconds, before and during the loading of users. */
    signInMs: { before: number; meanwhile: number; worst: number; count: number };
  };
}

export interface GrowthOptions {
  folder: string;
  size: Size;
  /** How often each operation is measured on each of the two servers. */
  rounds: number;
  /** `postgres://` URLs of two empty databases; absent: two SQLite files. */
  databases: readonly [string, string] | undefined;
}

/**
 * The cost of the same requests at a server that is nearly empty and at one with a large organization. The two take turns,
 * one request at a time, so that other load on the machine affects both alike. The hash cost is the lowest possible:
 * otherwise scrypt would hide all other costs of a sign-in.
 */
export async function measureGrowth({ folder, size, rounds, databases }: GrowthOptions): Promise<Growth> {
  const file = join(folder, 'organization.yaml');
  const text = await readFile(ORGANIZATION_FILE, 'utf8');
  await writeFile(file, `${text}settings: {signIn: {passwordHashCost: 4}}\n`);
  const start = async (name: 'small' | 'large') => {
    const data = join(folder, name);
    await mkdir(data, { recursive: true });
    const url = databases?.[name === 'small' ? 0 : 1];
    const settings = { VESTIBULE_SECRET: 'the secret of the bench: 32 bytes.' };
    const server = await startBuilt(
      ['--data', data, '--org', file],
      data,
      url === undefined ? settings : { ...settings, DATABASE_URL: url },
    );
    await server.firstAnswerMs('/readyz');
    return server;
  };

  let large = await start('large');
  const loaded = await measureImport(large, size).finally(() => large.stop());
  const url = databases?.[1];
  await prepare(join(folder, 'large'), url, size);
  large = await start('large');
  const small = await start('small').catch(async (error: unknown) => {
    await large.stop();
    throw error;
  });
  try {
    return { size, costs: await compare(small, large, size, rounds), import: loaded };
  } finally {
    await Promise.all([small.stop(), large.stop()]);
  }
}

async function prepare(data: string, url: string | undefined, size: Size): Promise<void> {
  const db =
    url === undefined
      ? openSqlite({ location: join(data, 'vestibule.db'), durability: 'process' })
      : await openPostgres({
          url,
          onIdleError: () => {
            // The pool is closed a moment later in any case.
          },
        });
  try {
    await addApplications(db, size);
  } finally {
    await db.close();
  }
  if (url === undefined) return;
  // PostgreSQL does this by itself within a minute after so many rows; the bench doesn't wait that long.
  const { Client } = (await import('pg')).default;
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('vacuum analyze');
  await client.end();
}

/** The pause between sign-ins while users are loaded; without it this would be a load test of both. */
const BETWEEN_SIGN_INS_MS = 300;

async function measureImport(server: BuiltServer, size: Size): Promise<Growth['import']> {
  const body = importLines(size);
  const timed = async () => {
    const startedAt = performance.now();
    await signIn(server.publicUrl);
    return performance.now() - startedAt;
  };
  const before: number[] = [];
  for (let round = 0; round < 15; round++) before.push(await timed());
  const meanwhile: number[] = [];
  const { loadSeconds, wholeSeconds } = await loadImport(server, body, async () => {
    meanwhile.push(await timed());
    await delay(BETWEEN_SIGN_INS_MS);
  });
  return {
    usersPerSecond: size.users / loadSeconds,
    usersPerSecondWhole: size.users / wholeSeconds,
    signInMs: {
      before: median(before),
      meanwhile: median(meanwhile),
      worst: Math.max(...meanwhile),
      count: meanwhile.length,
    },
  };
}

type Ask = (operation: Operation, round: number) => Promise<void>;

async function askerOf({ publicUrl }: BuiltServer, size: Size | undefined): Promise<Ask> {
  const browser = await signIn(publicUrl);
  const wiki = await describeWiki(browser);
  const users = '/api/v1/organizations/default/users';
  const program = new Browserless(publicUrl);
  const get = async (from: Browserless, path: string, proof: string) => {
    const answer = await from.get(path, { headers: { authorization: `Bearer ${API_TOKEN}` } });
    if (answer.status !== 200 || !answer.body.includes(proof)) {
      throw new Error(`${path} answered ${answer.status}: ${answer.body.slice(0, 500)}`);
    }
  };
  return async (operation, round) => {
    // Another user each time, as caches hold the last one.
    const someone = size ? userName((round * 7919) % size.users) : 'ana@example.com';
    const escaped = encodeURIComponent(someone);
    switch (operation) {
      case 'sign-in':
        await signIn(publicUrl);
        return;
      case 'portal page':
        return get(browser, '/bench/start', 'Wiki');
      case 'response':
        return get(browser, wiki.path, 'name="SAMLResponse"');
      case 'user search by name':
        return get(program, `${users}?userName=${escaped}`, someone);
      case 'user search by address':
        return get(program, `${users}?email=${escaped}`, someone);
      case 'users, a page':
        return get(program, `${users}?limit=1`, 'ana@example.com');
    }
  };
}

async function compare(
  small: BuiltServer,
  large: BuiltServer,
  size: Size,
  rounds: number,
): Promise<Growth['costs']> {
  const [askSmall, askLarge] = [await askerOf(small, undefined), await askerOf(large, size)];
  const entries: [Operation, Growth['costs'][Operation]][] = [];
  for (const operation of OPERATIONS) {
    const times = { small: [] as number[], large: [] as number[] };
    const warmUp = Math.ceil(rounds / 4);
    for (let round = -warmUp; round < rounds; round++) {
      const turns = [
        ['small', askSmall],
        ['large', askLarge],
      ] as const;
      // The two servers take turns in going first, too.
      for (const [name, ask] of round % 2 === 0 ? turns : turns.toReversed()) {
        const startedAt = performance.now();
        await ask(operation, round + warmUp);
        if (round >= 0) times[name].push(performance.now() - startedAt);
      }
    }
    const [ofSmall, ofLarge] = [median(times.small), median(times.large)];
    entries.push([operation, { small: ofSmall, large: ofLarge, ratio: ofLarge / ofSmall }]);
  }
  // One entry for each of OPERATIONS.
  return Object.fromEntries(entries) as Growth['costs'];
}
