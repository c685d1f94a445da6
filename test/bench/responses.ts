import { DatabaseSync } from '@photostructure/sqlite';
import type autocannon from 'autocannon';
import { join } from 'node:path';
import { z } from 'zod';
import { processorMs, residentMiB, startBuilt } from './built-server.ts';
import { judgeDelivery } from './judge-response.ts';
import { describeWiki, load } from './load.ts';
import { median } from './numbers.ts';
import { signIn, signInsPerSecond } from './sign-in.ts';

export const ORGANIZATION_FILE = join(import.meta.dirname, 'organization.yaml');
const WARM_UP_RESPONSES = 5000;
const PEOPLE_IN_PARALLEL = 4;

export interface Responses {
  /** Responses a second, for each run. */
  runs: number[];
  perSecond: number;
  latencyMs: { p50: number; p99: number };
  /** Processor time of one response in the server's main thread, and in all of its threads. */
  processorMs: { main: number; all: number } | undefined;
  residentMiB: { atRest: number | undefined; afterLoad: number | undefined };
  signInsPerSecond: number;
}

export interface ResponsesOptions {
  folder: string;
  runs: number;
  seconds: number;
  /** The most times that the length of a run is spent on warming up. */
  warmUpTurns: number;
  restMs: number;
}

/**
 * Signed responses a second over HTTP by one server process that keeps its data in a SQLite file: the server reads a
 * session's cookie, the session and the assignment, signs Response and Assertion, and commits event and exchange. Throws
 * as soon as an answer isn't a delivery page.
 */
export async function measureResponses(options: ResponsesOptions): Promise<Responses> {
  const data = join(options.folder, 'data');
  const server = await startBuilt(['--data', data, '--org', ORGANIZATION_FILE], options.folder);
  try {
    await server.firstAnswerMs('/readyz');
    const browser = await signIn(server.publicUrl);
    const wiki = await describeWiki(browser);
    judgeDelivery(await browser.get(wiki.path), wiki.acsUrl, wiki.certificatePem);
    await new Promise((resolve) => setTimeout(resolve, options.restMs));
    const atRest = residentMiB(server.pid);

    const target = { port: server.publicUrl.port, host: server.publicUrl.host, path: wiki.path, browser };
    // Counted in responses instead of time: a slow machine needs longer until the engine has compiled the hot code.
    for (let warm = 0, turn = 0; warm < WARM_UP_RESPONSES && turn < options.warmUpTurns; turn++) {
      warm += (await load(target, options.seconds))['2xx'];
    }
    const before = processorMs(server.pid);
    const storedBefore = countEvents(data);
    const results: autocannon.Result[] = [];
    for (let run = 0; run < options.runs; run++) results.push(await load(target, options.seconds));
    const after = processorMs(server.pid);
    const answered = results.reduce((sum, result) => sum + result['2xx'], 0);
    const stored = countEvents(data) - storedBefore;
    if (stored < answered) throw new Error(`${answered} responses went out and ${stored} events were kept.`);
    judgeDelivery(await browser.get(wiki.path), wiki.acsUrl, wiki.certificatePem);
    const afterLoad = residentMiB(server.pid);

    const runs = results.map((result) => result['2xx'] / result.duration);
    return {
      runs,
      perSecond: median(runs),
      latencyMs: {
        p50: median(results.map(({ latency }) => latency.p50)),
        p99: median(results.map(({ latency }) => latency.p99)),
      },
      processorMs: before &&
        after && {
          main: (after.main - before.main) / answered,
          all: (after.all - before.all) / answered,
        },
      residentMiB: { atRest, afterLoad },
      signInsPerSecond: await signInsPerSecond(server.publicUrl, {
        inParallel: PEOPLE_IN_PARALLEL,
        ms: 3000,
      }),
    };
  } finally {
    await server.stop();
  }
}

/** Counts in another process, as a person who inspects the file would: only committed events count. */
function countEvents(data: string): number {
  const sqlite = new DatabaseSync(join(data, 'vestibule.db'), { readOnly: true });
  try {
    const row: unknown = sqlite
      .prepare(`select count(*) as count from events where event_name = 'Federate'`)
      .get();
    return z.object({ count: z.number() }).parse(row).count;
  } finally {
    sqlite.close();
  }
}
