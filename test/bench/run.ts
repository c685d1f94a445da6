import { writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { opensslSignsPerSecond, samlifyResponsesPerSecond } from './baselines.ts';
import { inTemporaryFolder } from './built-server.ts';
import { readable } from './numbers.ts';
import { measureResponses, type Responses } from './responses.ts';
import { measureStartUp, typical, type StartUp } from './start-up.ts';
import { formatTable, keepsBudget, type Row } from './table.ts';

/*
 * Measures what DESIGN promises, with the built server, in under two minutes: `npm run bench [-- --json FILE] [-- --quick]`.
 * Ratios are taken within one run, so that they hold on any machine; a machine that does something else meanwhile spoils
 * them (the load is printed, too).
 */
const { values: flags } = parseArgs({
  options: { json: { type: 'string' }, quick: { type: 'boolean', default: false } },
});
const RUNS = flags.quick ? 3 : 5;
const REST_MS = flags.quick ? 1000 : 4000;

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** `loadavg` counts what ran before, too: it only hints at a busy machine. */
const loadBefore = loadavg()[0] ?? 0;

say('Counting RSA signatures (openssl speed) …');
const signsPerSecond = await opensslSignsPerSecond();
if (signsPerSecond === undefined) say('openssl is not here: its ratio is left out.');
say('Counting samlify’s responses …');
const samlifyPerSecond = await samlifyResponsesPerSecond();
say('Starting servers in memory …');
const inMemory = await inTemporaryFolder((folder) =>
  measureStartUp({ folder, kind: 'memory', runs: RUNS, restMs: REST_MS }),
);
say('Starting servers on a file …');
const onFile = await inTemporaryFolder((folder) =>
  measureStartUp({ folder, kind: 'file', runs: RUNS, restMs: REST_MS }),
);
say('Loading a server …');
const responses = await inTemporaryFolder((folder) =>
  measureResponses({
    folder,
    runs: RUNS,
    seconds: flags.quick ? 2 : 4,
    warmUpTurns: 4,
    restMs: REST_MS,
  }),
);

const rows = [
  ...responseRows(responses),
  ...startRows('in memory', inMemory),
  ...startRows('on a file', onFile),
];
const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'processor'}, Node ${process.versions.node}, load before ${readable(loadBefore)}`;
process.stdout.write(`\n${machine}\n\n${formatTable(rows)}\n`);
if (loadBefore > 1) {
  say(
    '\nThis machine was doing something else, too. openssl counts its own processor time, so that the ratio to it is too low.',
  );
}
if (flags.json !== undefined) {
  const measured = { machine, signsPerSecond, samlifyPerSecond, responses, inMemory, onFile };
  const verdicts = rows.map((row) => ({ ...row, keeps: keepsBudget(row) }));
  await writeFile(flags.json, `${JSON.stringify({ rows: verdicts, measured }, null, 2)}\n`);
}

function responseRows({ perSecond, runs, latencyMs, processorMs, residentMiB, ...rest }: Responses): Row[] {
  const half = signsPerSecond === undefined ? undefined : signsPerSecond / 2;
  return [
    {
      what: 'Signed responses over HTTP',
      value: perSecond,
      unit: '/s',
      note: `median of ${runs.map((run) => Math.round(run)).join(', ')}; latency p50 ${latencyMs.p50} ms, p99 ${latencyMs.p99} ms`,
    },
    { what: 'openssl speed rsa2048 ÷ 2', value: half, unit: '/s', note: 'two signatures a response' },
    { what: 'samlify createLoginResponse alone', value: samlifyPerSecond, unit: '/s', note: 'both signed' },
    {
      what: 'Ratio to openssl ÷ 2',
      value: half === undefined ? undefined : perSecond / half,
      unit: '',
      budget: { least: 0.5 },
    },
    { what: 'Ratio to samlify', value: perSecond / samlifyPerSecond, unit: '', budget: { least: 4 } },
    {
      what: 'Processor time a response, main thread',
      value: processorMs?.main,
      unit: 'ms',
      note: processorMs && `${readable(processorMs.all)} ms with the thread pool`,
    },
    { what: 'Memory after that load', value: residentMiB.afterLoad, unit: 'MiB' },
    {
      what: 'Memory at rest, after one sign-in',
      value: residentMiB.atRest,
      unit: 'MiB',
    },
    {
      what: 'Sign-ins, 4 people at a time',
      value: rest.signInsPerSecond,
      unit: '/s',
      note: 'scrypt ln=15 (the default cost), 7 requests each',
    },
  ];
}

function startRows(where: string, startUp: StartUp): Row[] {
  const { healthzMs, readyzMs } = typical(startUp);
  const each = (values: readonly number[]) =>
    `median of ${values.map((value) => Math.round(value)).join(', ')}`;
  return [
    {
      what: `Start ${where} to /healthz`,
      value: healthzMs,
      unit: 'ms',
      budget: { most: 300 },
      note: each(startUp.healthzMs),
    },
    { what: `Start ${where} to /readyz`, value: readyzMs, unit: 'ms', note: each(startUp.readyzMs) },
    {
      what: `Memory at rest ${where}`,
      value: startUp.residentMiB,
      unit: 'MiB',
      budget: { most: 100 },
    },
  ];
}
