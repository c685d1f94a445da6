/**
 * `npm test` runs the checks and all kinds of tests, two at a time, then prints a table and the line `N passed, N
 * failed`. Words after `npm test --` choose: check unit contract http browser conformance, or one check (types, lint
 * …). `npm run conformance` adds `--full`: test/conformance in full, and from the checks and the other kinds what
 * `npm test` leaves out (test/support/basics/depth.ts marks such tests). It fails when anything fails, and when no
 * test ran although tests were chosen.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './chromium.mjs';
import { inRoot } from './paths.mjs';
import { prepareOrStop } from './prepare.mjs';
import { runNode } from './run-job.mjs';

const minute = 60_000;
const bin = (path) => inRoot(`node_modules/${path}`);

/** `npm run check` runs all of them; `npm run conformance` those that `npm test` leaves out. */
const checks = [
  { name: 'lint', args: [bin('eslint/bin/eslint.js'), '.', '--ignore-pattern', 'test/**'] },
  { name: 'lint of tests', args: [bin('eslint/bin/eslint.js'), 'test'], inConformance: true },
  { name: 'types', args: [bin('typescript/bin/tsc'), '-p', '.', '--noEmit'] },
  {
    name: 'types of pages',
    args: [bin('typescript/bin/tsc'), '-p', 'views/browser', '--noEmit'],
    if: 'views/browser/tsconfig.json',
  },
  {
    name: 'boundaries',
    args: [
      bin('dependency-cruiser/bin/dependency-cruise.mjs'),
      '--config',
      '.dependency-cruiser.mjs',
      'src',
      'views',
    ],
  },
  { name: 'unused', args: [bin('knip/bin/knip.js'), '--no-progress'] },
  { name: 'licences', args: [inRoot('scripts/allowed-licences.mjs')] },
  { name: 'format', args: [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'] },
].filter((check) => !check.if || existsSync(inRoot(check.if)));

/**
 * A kind of test is a folder of test/, and runs in its own process. The longest come first. The time limits are
 * shorter than the watchdogs of .ci/run, so that a kind that hangs is stopped and named before a watchdog ends
 * everything.
 */
const kinds = [
  { name: 'http', timeoutMs: 5 * minute, fullTimeoutMs: 8 * minute },
  { name: 'browser', timeoutMs: 4 * minute, fullTimeoutMs: 14 * minute },
  { name: 'contract', timeoutMs: 3 * minute, fullTimeoutMs: 5 * minute },
  { name: 'conformance', timeoutMs: 3 * minute, fullTimeoutMs: 30 * minute },
  { name: 'unit', timeoutMs: 3 * minute, fullTimeoutMs: 5 * minute },
];
/** The mark in the titles of tests that `npm test` leaves out, and the modules that set it, which those tests import. */
const CONFORMANCE_MARK = '[conformance]';
const HAS_MARKS = /\/support\/(basics\/depth|procedures\/procedure)\.ts'/;

const flags = process.argv.slice(2).filter((word) => word.startsWith('--'));
const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const full = flags.includes('--full');
const known = [...checks, ...kinds].map(({ name }) => name);
const strange = [
  ...words.filter((word) => word !== 'check' && !known.includes(word)),
  ...flags.filter((flag) => flag !== '--full'),
];
if (strange.length > 0) {
  console.error(
    `npm test knows: check, ${known.join(', ')}; not ${strange.join(', ')}. One file: npx mocha <file>`,
  );
  process.exit(2);
}
const chosen = ({ name }) => words.length === 0 || words.includes(name);
const chosenChecks = words.includes('check')
  ? checks
  : checks.filter((check) =>
      words.length === 0 ? Boolean(check.inConformance) === full : words.includes(check.name),
    );
// With --full the longest kind is conformance.
const chosenKinds = kinds
  .filter(chosen)
  .sort((one, other) => (full ? other.fullTimeoutMs - one.fullTimeoutMs : 0));

function purpose() {
  const names = chosenKinds.map(({ name }) => name);
  if (names.length === 0) return 'check';
  if (full) return 'conformance';
  if (names.includes('conformance')) return 'test';
  return names.includes('browser') ? 'screenshots' : 'unit';
}

function testFiles(folder) {
  if (!existsSync(inRoot(folder))) return [];
  return readdirSync(inRoot(folder), { recursive: true })
    .filter((name) => /\.test\.tsx?$/.test(name))
    .map((name) => `${folder}/${name}`)
    .sort();
}

const width = Math.max(...known.map((name) => name.length));
const say = (name, line) => console.log(`${name.padEnd(width)} │ ${line}`);
const skips = new Set();
const results = new Map();
const scratch = mkdtempSync(join(tmpdir(), 'vestibule-test-'));
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));

async function timed(name, run) {
  const startedAt = performance.now();
  const counts = await run();
  results.set(name, { ...counts, seconds: (performance.now() - startedAt) / 1000 });
}

const ending = ({ code, signal, timedOut }, timeoutMs) =>
  timedOut
    ? `stopped: it took longer than ${timeoutMs / 1000} s`
    : signal
      ? `ended by ${signal}`
      : `exit code ${code}`;

async function runCheck({ name, args }) {
  const lines = [];
  const timeoutMs = 4 * minute;
  const end = await runNode(args, { timeoutMs, onLine: (line) => lines.push(line) });
  const ok = end.code === 0 && !end.timedOut;
  for (const line of lines) if (!ok || /warning/i.test(line)) say(name, line);
  say(name, ok ? '✔' : `✖ ${ending(end, timeoutMs)}`);
  return { check: true, passed: 0, failed: ok ? 0 : 1, skipped: 0 };
}

function readResult(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 0, skipped: 0, complete: false };
  }
}

/** The files of a kind, and the mocha options that choose among their tests. */
function selection(name) {
  const files = testFiles(`test/${name}`);
  if (!full) return { files, options: ['--fgrep', CONFORMANCE_MARK, '--invert'] };
  if (name === 'conformance') return { files, options: [] };
  return {
    files: files.filter((file) => HAS_MARKS.test(readFileSync(inRoot(file), 'utf8'))),
    options: ['--fgrep', CONFORMANCE_MARK],
  };
}

async function runKind({ name, timeoutMs, fullTimeoutMs }) {
  const { files, options } = selection(name);
  if (files.length === 0) return { passed: 0, failed: 0, skipped: 0 };
  const limit = full ? fullTimeoutMs : timeoutMs;
  const file = join(scratch, `${name}.json`);
  const chromium = findChromium();
  const end = await runNode(
    [
      bin('mocha/bin/mocha.js'),
      '--forbid-only',
      ...options,
      '--reporter',
      inRoot('scripts/reporter.mjs'),
      '--reporter-option',
      `result=${file}`,
      ...files,
    ],
    {
      timeoutMs: limit,
      env: { CONFORMANCE: full ? 'full' : 'sample', ...(chromium && { CHROMIUM: chromium }) },
      onLine(line) {
        const skip = /^\s*skipped: (.*)$/.exec(line);
        if (skip) skips.add(`${name}: ${skip[1]}`);
        say(name, line);
      },
    },
  );
  const { passed, failed, skipped, complete, running } = readResult(file);
  if (end.code === 0 && complete && failed === 0) return { passed, failed, skipped };
  if (complete && failed > 0 && !end.timedOut) return { passed, failed, skipped };
  // The process died before the end (a crash, a file that doesn't load, a hang): a failure that mocha couldn't count.
  say(name, `✖ ${ending(end, limit)}${running ? `, during: ${running}` : ''}`);
  return { passed, failed: failed + 1, skipped };
}

/** Runs jobs in order, at most two at a time, since the time limits are for machines with two cores. */
async function inPairs(jobs) {
  const queue = [...jobs];
  const worker = async () => {
    for (let job = queue.shift(); job; job = queue.shift()) await job();
  };
  await Promise.all([worker(), worker()]);
}

/** Tests outside the folders of the kinds, which would never run. */
function strayTests() {
  return testFiles('test').filter((file) => !kinds.some(({ name }) => file.startsWith(`test/${name}/`)));
}

function printTable() {
  console.log(`\n${'kind'.padEnd(width)}   passed  failed  skipped  seconds`);
  for (const name of known) {
    const result = results.get(name);
    if (!result) continue;
    const passed = result.check ? (result.failed ? '-' : 'ok') : result.passed;
    const cells = [
      String(passed).padStart(6),
      String(result.failed).padStart(6),
      String(result.skipped).padStart(7),
    ];
    console.log(`${name.padEnd(width)}   ${cells.join('  ')}  ${result.seconds.toFixed(1).padStart(7)}`);
  }
  for (const skip of skips) console.log(`skipped ${skip}`);
}

const startedAt = performance.now();
await prepareOrStop(purpose());
const preparedAt = performance.now();
await inPairs([
  ...chosenChecks.map((check) => () => timed(check.name, () => runCheck(check))),
  ...chosenKinds.map((kind) => () => timed(kind.name, () => runKind(kind))),
]);

const total = { passed: 0, failed: 0, skipped: 0 };
for (const result of results.values()) for (const key of Object.keys(total)) total[key] += result[key];
printTable();
for (const file of words.length === 0 ? strayTests() : []) {
  console.log(
    `✖ ${file} belongs to no kind (${kinds.map(({ name }) => `test/${name}`).join(', ')}) and would never run`,
  );
  total.failed += 1;
}
// Passed checks are counted only when no tests were chosen; failed checks always.
if (chosenKinds.length === 0) total.passed = chosenChecks.length - total.failed;
const nothingRan = (full || chosenKinds.length > 0) && total.passed + total.failed === 0;
if (nothingRan) console.log('✖ no test ran');
const prepared = ((preparedAt - startedAt) / 1000).toFixed(1);
console.log(`${((performance.now() - preparedAt) / 1000).toFixed(1)} s, prepared in ${prepared} s`);
console.log(
  `${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`,
);
process.exitCode = total.failed > 0 || nothingRan ? 1 : 0;
