import { DatabaseSync } from '@photostructure/sqlite';
import autocannon from 'autocannon';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Browserless } from '../support/servers/browserless.ts';
import { API_TOKEN, inTemporaryFolder, residentMiB, startBuilt } from './built-server.ts';
import { ORGANIZATION_FILE } from './responses.ts';
import { signIn } from './sign-in.ts';

/*
 * Checks that memory stays flat and tables stay bounded: `npm run soak [-- --minutes 10 --rate 0.8]`. A built server on a
 * SQLite file works at a fraction of its top rate: it gives responses and, beside them, a few sign-ins and portal pages.
 * Exits with 1 when memory still grows in the second half, when a table exceeds its bound, or when an answer was wrong.
 * `npm run soak:hostile` (soak-hostile.ts) checks memory under attacks.
 */
const { values: flags } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    rate: { type: 'string', default: '0.8' },
  },
});
const MINUTES = positive('minutes', flags.minutes);
const RATE = positive('rate', flags.rate);
const CONNECTIONS = 16;
const WARM_UP_SECONDS = 15;
const PROBE_SECONDS = 10;
const SAMPLE_MS = 5000;
/** A day at this slope adds 1.4 GiB; ten minutes can't tell a smaller slope from noise. */
const MAX_MIB_PER_MINUTE = 1;
/** A slope needs a second half that lasts for several garbage collections. */
const MIN_MINUTES_TO_JUDGE = 4;
/** The rows that the next round of maintenance may still delete: at most ten seconds of a fast machine. */
const BETWEEN_ROUNDS = 70_000;
const BOUNDS: Readonly<Record<string, number>> = {
  events: 100_000,
  exchanges: 1000,
  authn_requests: 10_000,
  seen_requests: 10_000,
};

interface Sample {
  seconds: number;
  mib: number;
}

await inTemporaryFolder(async (folder) => {
  const data = join(folder, 'data');
  const server = await startBuilt(['--data', data, '--org', ORGANIZATION_FILE], folder);
  try {
    await server.firstAnswerMs('/readyz');
    const browser = await signIn(server.publicUrl);
    const target = { publicUrl: server.publicUrl, path: await wikiPath(browser), browser };
    await drive(target, WARM_UP_SECONDS);
    const top = (await drive(target, PROBE_SECONDS)).perSecond;
    const rate = Math.round(top * RATE);
    say(`Top rate ${Math.round(top)} responses/s; driving ${rate}/s for ${MINUTES} min.`);

    const people = { goOn: true, signIns: 0, pages: 0 };
    // A failure of this work is reported after the minute in which it happens.
    const working = beAtWork(server.publicUrl, browser, people, Math.max(1, rate * 0.02));
    let failure: unknown;
    working.catch((error: unknown) => (failure = error));
    const samples: Sample[] = [];
    const startedAt = performance.now();
    const sampler = setInterval(() => {
      const mib = residentMiB(server.pid);
      if (mib !== undefined) samples.push({ seconds: (performance.now() - startedAt) / 1000, mib });
    }, SAMPLE_MS);
    say('minute  responses/s  p99 ms  RSS MiB: least, mean, most  database MiB');
    for (let minute = 1; minute <= MINUTES; minute += 1) {
      const from = (performance.now() - startedAt) / 1000;
      const { perSecond, p99 } = await drive(target, 60, rate);
      if (failure !== undefined)
        throw new Error('Somebody at work was answered wrongly.', { cause: failure });
      const mib = samples.filter(({ seconds }) => seconds >= from).map((sample) => sample.mib);
      const cells = [
        String(minute).padStart(6),
        perSecond.toFixed(0).padStart(11),
        String(p99).padStart(6),
        `${Math.min(...mib).toFixed(1)}, ${mean(mib).toFixed(1)}, ${Math.max(...mib).toFixed(1)}`.padStart(
          26,
        ),
        fileMiB(data).toFixed(0).padStart(12),
      ];
      say(cells.join('  '));
    }
    clearInterval(sampler);
    people.goOn = false;
    await working;
    say(`besides: ${people.signIns} sign-ins, ${people.pages} portal pages`);
    judge(samples, data);
  } finally {
    await server.stop();
  }
});

function judge(samples: readonly Sample[], data: string): void {
  const middle = (samples.at(-1)?.seconds ?? 0) / 2;
  const slope = slopePerMinute(samples.filter(({ seconds }) => seconds >= middle));
  const isLongEnough = MINUTES >= MIN_MINUTES_TO_JUDGE;
  const grows = isLongEnough && slope > MAX_MIB_PER_MINUTE;
  const verdict = !isLongEnough
    ? `too short to judge: at least ${MIN_MINUTES_TO_JUDGE} minutes`
    : grows
      ? 'it GROWS'
      : 'flat';
  say(`memory, second half: ${slope.toFixed(2)} MiB/min (at most ${MAX_MIB_PER_MINUTE}): ${verdict}`);
  let isOver = false;
  for (const [table, bound] of Object.entries(BOUNDS)) {
    const count = countRows(data, table);
    const over = count > bound + BETWEEN_ROUNDS;
    isOver ||= over;
    say(`${table.padEnd(15)} ${String(count).padStart(7)} rows, kept ${bound}${over ? ': OUTGROWN' : ''}`);
  }
  if (grows || isOver) process.exitCode = 1;
}

/** Sign-ins and portal pages, one after another, `perSecond` of both together. */
async function beAtWork(
  publicUrl: URL,
  browser: Browserless,
  people: { goOn: boolean; signIns: number; pages: number },
  perSecond: number,
): Promise<void> {
  const pauseMs = 1000 / perSecond;
  for (let turn = 0; people.goOn; turn += 1) {
    // A sign-in hashes a password, and most users are signed in already, so one in ten is a sign-in.
    if (turn % 10 === 0) {
      await signIn(publicUrl);
      people.signIns += 1;
    } else {
      const page = await browser.get('/bench/start');
      if (page.status !== 200) throw new Error(`The portal answered ${page.status}.`);
      people.pages += 1;
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** Requests responses for some seconds, as fast as possible or at a rate. Throws when one isn't a delivery page. */
async function drive(
  target: { publicUrl: URL; path: string; browser: Browserless },
  seconds: number,
  rate?: number,
): Promise<{ perSecond: number; p99: number }> {
  const cookie = [...target.browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const result = await autocannon({
    url: `http://127.0.0.1:${target.publicUrl.port}${target.path}`,
    connections: CONNECTIONS,
    duration: seconds,
    headers: { host: target.publicUrl.host, cookie },
    verifyBody: (body) => typeof body === 'string' && body.includes('name="SAMLResponse"'),
    ...(rate !== undefined && { overallRate: rate }),
  });
  const { errors, timeouts, mismatches, non2xx } = result;
  if (errors + timeouts + mismatches + non2xx > 0 || result['2xx'] === 0) {
    throw new Error(`Wrong answers: ${JSON.stringify({ errors, timeouts, mismatches, non2xx })}`);
  }
  return { perSecond: result['2xx'] / result.duration, p99: result.latency.p99 };
}

async function wikiPath(browser: Browserless): Promise<string> {
  const shown = await browser.get('/api/v1/organizations/default/applications/wiki', {
    headers: { authorization: `Bearer ${API_TOKEN}` },
  });
  return new URL(z.object({ ssoUrl: z.url() }).parse(JSON.parse(shown.body)).ssoUrl).pathname;
}

/** The slope of the line that fits best (least squares). */
function slopePerMinute(samples: readonly Sample[]): number {
  const at = mean(samples.map(({ seconds }) => seconds));
  const level = mean(samples.map(({ mib }) => mib));
  const covariance = samples.reduce((sum, { seconds, mib }) => sum + (seconds - at) * (mib - level), 0);
  const variance = samples.reduce((sum, { seconds }) => sum + (seconds - at) ** 2, 0);
  return variance === 0 ? 0 : (covariance / variance) * 60;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function countRows(data: string, table: string): number {
  const sqlite = new DatabaseSync(join(data, 'vestibule.db'), { readOnly: true });
  try {
    const row: unknown = sqlite.prepare(`select count(*) as count from ${table}`).get();
    return z.object({ count: z.number() }).parse(row).count;
  } finally {
    sqlite.close();
  }
}

function fileMiB(data: string): number {
  return statSync(join(data, 'vestibule.db')).size / 2 ** 20;
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (value > 0) return value;
  process.stderr.write(`--${name} must be a number above 0, not “${text}”.\n`);
  process.exit(2);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
