import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { Browserless } from '../support/servers/browserless.ts';
import { API_TOKEN, inTemporaryFolder, residentMiB, startBuilt, type BuiltServer } from './built-server.ts';
import { HOSTILE_TRAFFIC, type Victim } from './hostile-traffic.ts';

/*
 * Checks that strangers can't make memory grow: `npm run soak:hostile [-- --minutes 10 --rate 40 --rest 60]`. A built
 * server with the demo organization on a SQLite file gets hostile traffic of all kinds in rotation, `rate` attempts a
 * second, each from an address of its own. Exits with 1 when memory is above its early level by more than a margin,
 * under attack or after the rest, when health isn't answered, or when the server ended.
 */
const { values: flags } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    rate: { type: 'string', default: '40' },
    rest: { type: 'string', default: '60' },
  },
});
const MINUTES = positive('minutes', flags.minutes);
const RATE = positive('rate', flags.rate);
const REST_SECONDS = positive('rest', flags.rest);
/** The first minute fills caches of limited size, and V8 chooses the size of its heap. */
const EARLY_MINUTE = 2;
const MIN_MINUTES_TO_JUDGE = 4;
/** What a heap of 100 to 200 MiB varies by between two minutes with the same work. */
const MARGIN_MIB = 40;
/** A client that waits longer than this for health counts as locked out. */
const HEALTH_LIMIT_MS = 5000;
/** Attempts under way: more are left out, so that a slow machine isn't measured by the memory of this process. */
const MAX_AT_ONCE = 400;

const pageSchema = z.object({
  items: z.array(
    z.object({ ssoUrl: z.url(), serviceProvider: z.object({ acsUrls: z.array(z.string()) }).nullable() }),
  ),
});

interface Minute {
  readonly least: number;
  readonly median: number;
  readonly most: number;
}

await inTemporaryFolder(async (folder) => {
  const data = join(folder, 'data');
  const server = await startBuilt(['--data', data, '--trust-proxy'], folder);
  try {
    await server.firstAnswerMs('/readyz');
    const victim = await describeVictim(server.publicUrl);
    say(`${Object.keys(HOSTILE_TRAFFIC).length} kinds, ${RATE} attempts/s for ${MINUTES} min.`);
    say('minute  attempts  RSS MiB: least, median, most  slowest health ms  database MiB');
    const traffic = attack(victim);
    const minutes: Minute[] = [];
    for (let minute = 1; minute <= MINUTES; minute += 1) {
      const before = traffic.count();
      const { rss, slowestMs } = await watch(server, 60);
      minutes.push(rss);
      const cells = [
        String(minute).padStart(6),
        String(traffic.count() - before).padStart(8),
        shown(rss).padStart(28),
        slowestMs.toFixed(0).padStart(17),
        (statSync(join(data, 'vestibule.db')).size / 2 ** 20).toFixed(0).padStart(12),
      ];
      say(cells.join('  '));
    }
    await traffic.stop();
    await delay(REST_SECONDS * 1000);
    const rested = residentMiB(server.pid) ?? Number.NaN;
    say(`after ${REST_SECONDS} s of rest: ${rested.toFixed(1)} MiB`);
    judge(minutes, rested);
  } finally {
    await server.stop();
  }
});

function judge(minutes: readonly Minute[], rested: number): void {
  const early = minutes[EARLY_MINUTE - 1];
  const last = minutes.at(-1);
  if (minutes.length < MIN_MINUTES_TO_JUDGE || !early || !last) {
    say(`too short to judge: at least ${MIN_MINUTES_TO_JUDGE} minutes`);
    return;
  }
  const limit = early.median + MARGIN_MIB;
  const grows = last.median > limit;
  const stays = !(rested <= limit);
  say(
    `memory, last minute against minute ${EARLY_MINUTE}: ${(last.median - early.median).toFixed(1)} MiB more`,
  );
  say(
    `at most ${MARGIN_MIB} MiB more: under attack ${grows ? 'it GROWS' : 'flat'}, then ${stays ? 'it STAYS' : 'back'}`,
  );
  if (grows || stays) process.exitCode = 1;
}

/** Starts attempts of all kinds in rotation until it is stopped. */
function attack(victim: Victim): { count(): number; stop(): Promise<void> } {
  const kinds = Object.values(HOSTILE_TRAFFIC);
  const underWay = new Set<Promise<void>>();
  let count = 0;
  const timer = setInterval(() => {
    const kind = kinds[count % kinds.length];
    if (!kind || underWay.size >= MAX_AT_ONCE) return;
    count += 1;
    // The server may close the connection of an attacker. What it answers to others is watched by health.
    const attempt = kind(victim).catch(() => undefined);
    underWay.add(attempt);
    void attempt.finally(() => underWay.delete(attempt));
  }, 1000 / RATE);
  return {
    count: () => count,
    async stop() {
      clearInterval(timer);
      await Promise.all(underWay);
    },
  };
}

/** Samples memory, and asks for health, every second. Throws when health isn't answered in time. */
async function watch(server: BuiltServer, seconds: number): Promise<{ rss: Minute; slowestMs: number }> {
  const browser = new Browserless(server.publicUrl);
  const samples: number[] = [];
  let slowestMs = 0;
  for (const endsAt = performance.now() + seconds * 1000; performance.now() < endsAt;) {
    const startedAt = performance.now();
    const late = delay(HEALTH_LIMIT_MS, undefined, { ref: false });
    const answer = await Promise.race([browser.get('/healthz'), late]);
    if (answer?.status !== 200) throw new Error(`Health was answered with ${answer?.status ?? 'nothing'}.`);
    const ms = performance.now() - startedAt;
    slowestMs = Math.max(slowestMs, ms);
    samples.push(residentMiB(server.pid) ?? Number.NaN);
    await delay(Math.max(0, 1000 - ms));
  }
  samples.sort((a, b) => a - b);
  const at = (share: number) => samples[Math.floor((samples.length - 1) * share)] ?? Number.NaN;
  return { rss: { least: at(0), median: at(0.5), most: at(1) }, slowestMs };
}

async function describeVictim(publicUrl: URL): Promise<Victim> {
  const answer = await new Browserless(publicUrl).get('/api/v1/organizations/default/applications', {
    headers: { authorization: `Bearer ${API_TOKEN}` },
  });
  const { items } = pageSchema.parse(JSON.parse(answer.body));
  const acsUrl = items
    .flatMap(({ serviceProvider }) => serviceProvider?.acsUrls ?? [])
    .find((url) => url.includes('/samples/'));
  const [first] = items;
  if (!first || acsUrl === undefined)
    throw new Error('The demo organization has no application or no sample.');
  const ssoPath = new URL(first.ssoUrl).pathname;
  return { publicUrl, ssoPath, acsPath: new URL(acsUrl).pathname, instancePath: '/demo' };
}

function shown({ least, median, most }: Minute): string {
  return [least, median, most].map((mib) => mib.toFixed(1)).join(', ');
}

function positive(name: string, given: string): number {
  const value = Number(given);
  if (value > 0) return value;
  process.stderr.write(`--${name} must be a number above 0, not “${given}”.\n`);
  process.exit(2);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
