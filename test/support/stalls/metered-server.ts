import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browserless } from '../servers/browserless.ts';
import { BuiltServer } from '../servers/built-server.ts';
import { rawRequest, sendRaw, type RawAnswer, type RawRequest } from '../servers/raw-http.ts';
import { API_TOKEN } from '../servers/server.ts';

/** Loaded first by `--import`, it measures its process; see `loop-meter.mjs`. */
export const METER = pathToFileURL(join(import.meta.dirname, 'loop-meter.mjs')).href;
const POLL_MS = 50;

/** What a server's main thread did since the last look, in milliseconds of processor time. */
export interface Work {
  /** The longest time without returning to the event loop. */
  stallMs: number;
  /** All of it. */
  workMs: number;
}

export interface Measured extends Work {
  answer: RawAnswer;
}

/** The built server with `loop-meter.mjs` in it, and a database in memory. */
export class MeteredServer {
  readonly #folder: string;
  readonly #built: BuiltServer;
  readonly port: number;
  readonly browser: Browserless;

  private constructor(folder: string, built: BuiltServer, port: number, browser: Browserless) {
    this.#folder = folder;
    this.#built = built;
    this.port = port;
    this.browser = browser;
  }

  /** Starts it with an organization file. The caller stops it in `after`. */
  static async start(organization: string): Promise<MeteredServer> {
    const folder = mkdtempSync(join(tmpdir(), 'vestibule-stalls-'));
    writeFileSync(join(folder, 'organization.yaml'), organization);
    const built = new BuiltServer(
      folder,
      ['--memory', '--trust-proxy', '--org', 'organization.yaml'],
      { VESTIBULE_API_TOKEN: API_TOKEN, UV_THREADPOOL_SIZE: '2' },
      { preload: METER },
    );
    const browser = await built.ready();
    return new MeteredServer(folder, built, await built.port(), browser);
  }

  /** What was measured since the last call. */
  async take(): Promise<Work> {
    const told = once(this.#built.child, 'message');
    this.#built.child.send('take');
    const [work] = (await told) as [Work]; // the only message that the meter sends
    return work;
  }

  /** Sends a request and measures until it is answered and, after a 202, until the work that it began is done. */
  async measure(request: RawRequest): Promise<Measured> {
    await this.take();
    const answer = await this.#send(request);
    const { stallMs, workMs } = await this.take();
    const measured = { answer, stallMs, workMs };
    while (answer.status === 202 && (await this.#isRunning(request, answer))) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      const more = await this.take();
      measured.stallMs = Math.max(measured.stallMs, more.stallMs);
      measured.workMs += more.workMs;
    }
    return measured;
  }

  #send(request: RawRequest): Promise<RawAnswer> {
    return sendRaw(this.port, rawRequest(`localhost:${this.port}`, request));
  }

  /** Whether the job that a 202 created is still running. It has an address of its own. */
  async #isRunning({ target, headers = [] }: RawRequest, { body }: RawAnswer): Promise<boolean> {
    const { id } = JSON.parse(body) as { id: string }; // as every answer with 202
    const job = await this.#send({ target: `${target.toString().split('?')[0]}/${id}`, headers });
    return (JSON.parse(job.body) as { status: string }).status === 'running'; // as every job
  }

  async stop(): Promise<void> {
    await this.#built.exit('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
