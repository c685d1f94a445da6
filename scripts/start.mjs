/**
 * `npm start`: prepares the clone, then runs `vestibule serve` in the same process, so that the server gets the
 * signals and its exit code is ours. Arguments after `npm start` are passed on.
 */
import { existsSync } from 'node:fs';
import { argumentsMeant } from './npm-flags.mjs';
import { inRoot } from './paths.mjs';
import { prepareOrStop } from './prepare.mjs';

const meant = argumentsMeant(process.argv.slice(2), process.env);
if (meant.fault) {
  console.error(meant.fault);
  process.exit(2);
}

await prepareOrStop('start');

const main = inRoot('dist/main.js');
if (!existsSync(main)) {
  console.error('dist/main.js was not built: src/main.ts is missing.');
  process.exit(1);
}

/**
 * Ctrl-C reaches every process of the terminal, and npm also forwards it to us. The forwarded signal must be ignored,
 * because a second Ctrl-C ends the server immediately and not gracefully. It arrives within milliseconds, which a
 * user's second Ctrl-C doesn't.
 */
const echoMs = 300;
const lastAt = new Map();
const emit = process.emit;
process.emit = function (event, ...args) {
  if (event === 'SIGINT' || event === 'SIGTERM') {
    const now = performance.now();
    const echo = now - (lastAt.get(event) ?? -Infinity) < echoMs;
    lastAt.set(event, now);
    if (echo) return true;
  }
  return emit.call(this, event, ...args);
};

process.argv = [process.argv[0], main, 'serve', ...meant.args];
await import('../dist/main.js');
