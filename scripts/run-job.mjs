/** Runs one command of `npm test` as a process group of its own, under a time limit, handing over its lines as they come. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { root } from './paths.mjs';

const graceMs = 5_000;
const running = new Set();

/** Our children write to pipes: they are told whether their colours reach a person. */
const colour = process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' };

/** The developer's own settings must not decide what a test sees. */
function cleanEnvironment(extra) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(VESTIBULE_|DATABASE_URL$|NODE_ENV$|FORCE_COLOR$)/.test(name),
  );
  return { ...Object.fromEntries(kept), NODE_ENV: 'test', ...colour, ...extra };
}

/** Ends a process and whatever it started: politely, then for good. */
function endGroup(child) {
  const send = (signal) => {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // The group is gone already.
    }
  };
  send('SIGTERM');
  setTimeout(send, graceMs, 'SIGKILL').unref();
}

/** Ends everything that still runs, then this process. */
function endAll(signal, code) {
  process.once(signal, () => {
    for (const child of running) endGroup(child);
    const deadline = performance.now() + graceMs + 500;
    const wait = setInterval(() => {
      if (running.size > 0 && performance.now() < deadline) return;
      clearInterval(wait);
      process.exit(code);
    }, 50);
  });
}
endAll('SIGINT', 130);
endAll('SIGTERM', 143);

/**
 * Starts `node ...args`. Resolves, never rejects, with `{code, signal, timedOut}` once the process has ended; a
 * grandchild that keeps the pipe open doesn't hold it up.
 */
export function runNode(args, { env = {}, timeoutMs, onLine }) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: cleanEnvironment(env),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    running.add(child);
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      endGroup(child);
    }, timeoutMs);
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', onLine);
    const finish = (code, signal) => {
      clearTimeout(timer);
      if (!running.delete(child)) return;
      // Nothing that a test left behind outlives it.
      endGroup(child);
      resolve({ code, signal, timedOut });
    };
    child.once('close', finish);
    child.once('exit', (code, signal) => setTimeout(finish, 1_000, code, signal).unref());
    child.once('error', (error) => {
      onLine(String(error));
      finish(1, null);
    });
  });
}
