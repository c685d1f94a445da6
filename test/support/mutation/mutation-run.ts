import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TestServer } from '../servers/server.ts';
import { draws, type Draw } from './mutate.ts';
import { rawRequest, sendRaw, type RawAnswer, type RawRequest } from '../servers/raw-http.ts';
import { isFull } from '../basics/depth.ts';

/** `npm run conformance` runs each property this many times longer. */
const FULL_FACTOR = 25;
/**
 * The seed is the same in every run, so that a failure comes from a change of the code. `MUTATION_SEED=new` picks
 * another seed and prints it.
 */
const SEED = seedOf(process.env['MUTATION_SEED']);

function seedOf(given = '20260115'): number {
  return given === 'new' ? Date.now() % 2 ** 31 : Number(given);
}

/** Every request must be answered within this time. */
const SLOWEST_MS = 1000;

/** Checks a property with `runs` mutated inputs in `npm test`. A failure names the seed. */
export async function overMutatedInput(runs: number, judge: (draw: Draw) => Promise<void>): Promise<void> {
  const numRuns = isFull ? runs * FULL_FACTOR : runs;
  if (isFull) process.stdout.write(`    seed ${SEED}, ${numRuns} runs\n`);
  await fc.assert(fc.asyncProperty(draws, judge), {
    numRuns,
    seed: SEED,
    // Each step of shrinking is a request, so the search for a smaller example must end early.
    endOnFailure: false,
    interruptAfterTimeLimit: isFull ? 60_000 : 8_000,
    markInterruptAsFailure: false,
  });
}

/** The time limit of a test with such a property. */
export const MUTATION_TIMEOUT_MS = isFull ? 120_000 : 40_000;

/** Records the results that occurred, so that a test can assert that every possible refusal was met. */
export class Seen {
  readonly #counts = new Map<string, number>();
  add(reason: string): void {
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + 1);
  }
  count(reason: string): number {
    return this.#counts.get(reason) ?? 0;
  }
  /** Fails when one of these never occurred. */
  assertAll(known: readonly string[]): void {
    assert.deepEqual(
      known.filter((reason) => !this.#counts.has(reason)),
      [],
      `never met; met: ${[...this.#counts].map(([reason, count]) => `${reason} ${count}`).join(', ')}`,
    );
  }
}

/** Sends a raw request, and asserts that the answer is acceptable for any client. */
export async function sendChecked(server: TestServer, request: RawRequest): Promise<RawAnswer> {
  const octets = rawRequest(server.publicUrl.host, request);
  const port = Number(server.publicUrl.port);
  const answer = await sendRaw(port, octets);
  const told = () =>
    `${octets.toString('latin1').slice(0, 3000)}\n→ ${answer.status} ${answer.body.slice(0, 500)}`;
  assertDecent(answer, told);
  // The machine may be busy with something else: an answer is slow if it is slow three times. The first one counts,
  // because the same request is refused when it comes again.
  let { ms } = answer;
  for (let again = 0; ms > SLOWEST_MS && again < 2; again += 1) ({ ms } = await sendRaw(port, octets));
  assert.ok(ms <= SLOWEST_MS, `${ms} ms: ${told()}`);
  return answer;
}

const INTERNALS = /node_modules|node:internal|\n\s+at .+:\d+:\d+|\/src\/[a-z]|SQLITE_|SqliteError|ZodError/;

/** Asserts that an answer is no failure of the server, reveals no internals, and has all headers. */
export function assertDecent(answer: RawAnswer, told: () => string): void {
  assert.ok(answer.status >= 200 && answer.status < 500, told());
  assert.doesNotMatch(answer.body, INTERNALS, told());
  assert.ok(!answer.body.includes(process.cwd()), told());
  // Node's parser refuses some requests before our code sees them, with a line without a body, and closes the
  // connection.
  if (!answer.headers.has('x-request-id')) {
    assert.ok([400, 408, 413, 417, 431].includes(answer.status), told());
    assert.equal(answer.body, '', told());
    return;
  }
  assertHeaders(answer, told);
}

/** The policy of a mail, for a frame of our own page: it runs and loads nothing, in an origin of its own. */
const SANDBOXED =
  /^default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox$/;

/** Asserts the headers that every answer has. */
function assertHeaders({ status, headers }: RawAnswer, told: () => string): void {
  assert.equal(headers.get('x-content-type-options'), 'nosniff', told());
  assert.match(headers.get('cross-origin-opener-policy') ?? '', /^(same-origin|unsafe-none)$/, told());
  assert.match(
    headers.get('cache-control') ?? '',
    /^no-store$|^public, max-age=31536000, immutable$/,
    told(),
  );
  const policy = headers.get('content-security-policy') ?? '';
  assert.match(policy, /^default-src 'none'/, told());
  if (SANDBOXED.test(policy)) {
    assert.equal(headers.get('x-frame-options'), 'SAMEORIGIN', told());
  } else {
    assert.equal(headers.get('x-frame-options'), 'DENY', told());
    assert.match(policy, /frame-ancestors 'none'/, told());
    assert.doesNotMatch(policy, /unsafe-inline/, told());
  }
  assert.doesNotMatch(policy, /unsafe-eval|\*/, told());
  assert.equal(headers.get('x-powered-by'), undefined, told());
  const type = headers.get('content-type');
  if (type !== undefined && /text|json|xml|javascript/.test(type) && !/json/.test(type)) {
    assert.match(type, /charset=utf-8/, `${type}: ${told()}`);
  }
  for (const cookie of headers.get('set-cookie')?.split('\n') ?? []) {
    assert.match(cookie, /^vestibule-[\w-]+=/, told());
    assert.match(cookie, /httponly/i, told());
    assert.match(cookie, /samesite=(lax|strict)/i, told());
  }
  const location = headers.get('location');
  if (location !== undefined && status < 400)
    assert.match(location, /^(\/(?![/\\])|http:\/\/localhost:)/, told());
}
