import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export const API_TOKEN = 'the-token-of-the-bench';
const ROOT = join(import.meta.dirname, '../..');
const MAIN = join(ROOT, 'dist/main.js');
const START_LIMIT_MS = 20_000;
const STOP_LIMIT_MS = 6000;
/** Fine enough for the measurement, and coarse enough to leave the processor to the server. */
const POLL_MS = 2;

/** A server as people run it: `node dist/main.js serve` in a process of its own, on loopback. */
export interface BuiltServer {
  readonly pid: number;
  readonly publicUrl: URL;
  /** Time from the start of the process to the first 200 of this path. */
  firstAnswerMs(path: '/healthz' | '/readyz'): Promise<number>;
  stop(): Promise<void>;
}

const running = new Set<ChildProcess>();
// An interrupted bench leaves no server behind.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

/** Starts a server with these settings and flags (besides `--port`). Throws when dist/ is missing. */
export async function startBuilt(
  flags: readonly string[],
  cwd: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<BuiltServer> {
  const port = await freePort();
  // Only the search path is passed on: the settings of the person who runs the bench must not change the result. The pool's
  // size is that of `npm start`: with libuv's four threads, two processors give a sixth fewer responses.
  const { PATH, UV_THREADPOOL_SIZE = '2' } = process.env;
  const env = { PATH, UV_THREADPOOL_SIZE, VESTIBULE_API_TOKEN: API_TOKEN, ...settings };
  return startProcess([MAIN, 'serve', '--port', String(port), ...flags], { cwd, env, port });
}

/** Starts a Node process that answers on this port. */
export function startProcess(
  args: readonly string[],
  { cwd, env, port }: { cwd: string; env: NodeJS.ProcessEnv; port: number },
): BuiltServer {
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exited = once(child, 'exit').finally(() => running.delete(child));

  return {
    pid: child.pid ?? 0,
    publicUrl: new URL(`http://localhost:${port}`),
    async firstAnswerMs(path) {
      while (!(await answers(port, path))) {
        if (child.exitCode !== null || performance.now() - startedAt > START_LIMIT_MS) {
          throw new Error(`The server did not start (exit code ${child.exitCode ?? 'none'}):\n${output}`);
        }
        await delay(POLL_MS);
      }
      return performance.now() - startedAt;
    },
    async stop() {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
      await exited;
      clearTimeout(late);
    },
  };
}

/** A folder for one measurement, removed afterwards. */
export async function inTemporaryFolder<T>(body: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-bench-'));
  try {
    return await body(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Resident memory of a process in MiB; undefined without /proc. */
export function residentMiB(pid: number): number | undefined {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readProc(`/proc/${pid}/status`))?.[1];
  return kib === undefined ? undefined : Number(kib) / 1024;
}

/** Processor time in milliseconds of a process, and of its main thread alone; undefined without /proc. */
export function processorMs(pid: number): { all: number; main: number } | undefined {
  const all = ticks(readProc(`/proc/${pid}/stat`));
  const main = ticks(readProc(`/proc/${pid}/task/${pid}/stat`));
  return all === undefined || main === undefined ? undefined : { all, main };
}

/** Every Linux on which Node runs has a hundred ticks a second. */
const TICK_MS = 10;

function ticks(stat: string): number | undefined {
  // The name in parentheses may contain spaces; user and system time are fields 14 and 15, counted from 1.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system] = [fields[11], fields[12]];
  return user === undefined || system === undefined ? undefined : (Number(user) + Number(system)) * TICK_MS;
}

function readProc(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function answers(port: number, path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const sent = request({ host: '127.0.0.1', port, path, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    sent.on('error', () => resolve(false));
    sent.end();
  });
}

/** A free port, known before the server starts: waiting until a server prints its port would count as starting time. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // the address of a TCP server is never a string
  server.close();
  await once(server, 'close');
  return port;
}
