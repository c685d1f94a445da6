import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A server that we didn't write, as a process of its own on loopback. */
export interface LocalServer {
  /** Ends it and whatever it started. */
  stop(): Promise<void>;
}

const START_MS = 15_000;
const END_MS = 5_000;

/**
 * Starts a server and waits until it answers on `port`. It leads a process group of its own, so that ending it takes its
 * workers along and nobody else. Throws with what it said when it ends instead.
 */
export async function startLocalServer(
  program: string,
  args: readonly string[],
  { port, env }: { port: number; env: Readonly<Record<string, string>> },
): Promise<LocalServer> {
  const child = spawn(program, args, {
    detached: true,
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4000)));
  let failure: Error | undefined;
  child.once('error', (error) => (failure = error));
  // A test run that is cut short leaves nothing behind.
  const onExit = () => signalGroup(child, 'SIGKILL');
  process.once('exit', onExit);
  const stop = async () => {
    process.removeListener('exit', onExit);
    if (child.pid === undefined || ended(child)) return;
    const end = once(child, 'exit');
    signalGroup(child, 'SIGTERM');
    const late = setTimeout(() => signalGroup(child, 'SIGKILL'), END_MS);
    await end;
    clearTimeout(late);
  };
  const until = performance.now() + START_MS;
  while (!(await answers(port))) {
    if (failure) throw failure;
    if (ended(child)) throw new Error(`${program} ended at once: ${said.trim()}`);
    if (performance.now() > until) {
      await stop();
      throw new Error(`${program} doesn’t listen on port ${port}: ${said.trim()}`);
    }
    await pause(10);
  }
  return { stop };
}

const ended = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || ended(child)) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // it ended between the look and the signal
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const tell = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => tell(true)).once('error', () => tell(false));
  });
}

/** A port of 127.0.0.1 that nobody listens on. */
export function freePort(): Promise<number> {
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
