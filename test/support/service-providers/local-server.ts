import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A server that we didn't write, as a process on loopback. */
export interface LocalServer {
  signal(name: NodeJS.Signals): void;
  /** Ends the server, which ends its own workers. */
  stop(): Promise<void>;
}

const START_MS = 15_000;
const END_MS = 5_000;

/**
 * Starts a server and waits until it answers on `port`. It stays in our process group, so that stopping the test run
 * stops it, too. Throws with its output when it ends instead.
 */
export async function startLocalServer(
  program: string,
  args: readonly string[],
  { port, env }: { port: number; env: Readonly<Record<string, string>> },
): Promise<LocalServer> {
  const child = spawn(program, args, {
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4000)));
  let failure: Error | undefined;
  child.once('error', (error) => (failure = error));
  // The server must not survive an interrupted test run.
  const onExit = () => child.kill('SIGTERM');
  process.once('exit', onExit);
  const stop = async () => {
    process.removeListener('exit', onExit);
    if (child.pid === undefined || ended(child)) return;
    const end = once(child, 'exit');
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), END_MS);
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
  return { signal: (name) => void child.kill(name), stop };
}

const ended = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

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

/** A free port of 127.0.0.1. */
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
