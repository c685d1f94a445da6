/** Runs a command of `npm test` in its own process group with a time limit, and passes its lines on as they come. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { root } from './paths.mjs';

const graceMs = 5_000;
const running = new Set();

/** Child processes write to pipes, so they must be told whether the output goes to a terminal. */
const colour = process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' };

/** The environment without the developer's own settings, which must not affect tests. */
function cleanEnvironment(extra) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(VESTIBULE_|DATABASE_URL$|NODE_ENV$|FORCE_COLOR$)/.test(name),
  );
  return { ...Object.fromEntries(kept), NODE_ENV: 'test', ...colour, ...extra };
}

/** Ends a process group: first with SIGTERM, then with SIGKILL. */
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

/** On `signal`, ends all running children, then this process. */
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
 * Runs `node ...args`. Resolves with `{code, signal, timedOut}` when the process has ended, and never rejects. It
 * doesn't wait for a grandchild that keeps the pipe open.
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
      // Ends processes that the tests left behind.
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
