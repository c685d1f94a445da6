import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { median } from './numbers.ts';

const INDEX = join(import.meta.dirname, '../../dist/index.js');
const RUN_LIMIT_MS = 60_000;

export interface LibraryTimes {
  /** From the start of the process, which loads the library, to the first 200 on /healthz. */
  readonly coldMs: number;
  /** The same for another server in a process that has started one before. */
  readonly warmMs: number;
  /** Time to create an empty organization in a running server. */
  readonly freshOrganizationMs: number;
}

/** A program like the tests of a user: it measures itself, and nothing else runs in its process. */
const PROGRAM = `
import { get } from 'node:http';
const { startVestibule } = await import(process.argv[1]);
const healthy = (port) => new Promise((resolve, reject) => {
  get({ host: '127.0.0.1', port, path: '/healthz', agent: false }, (response) => {
    response.resume();
    response.statusCode === 200 ? resolve() : reject(new Error('not healthy'));
  }).on('error', reject);
});
const first = await startVestibule({ certs: false });
await healthy(first.port);
const cold = performance.now();
const warm = [];
for (let run = 0; run < 10; run++) {
  const startedAt = performance.now();
  const server = await startVestibule({ certs: false });
  await healthy(server.port);
  warm.push(performance.now() - startedAt);
  await server.stop();
}
const fresh = [];
for (let run = 0; run < 50; run++) {
  const startedAt = performance.now();
  await first.createOrganization();
  fresh.push(performance.now() - startedAt);
}
await first.stop();
process.stdout.write(JSON.stringify({ cold, warm, fresh }));
`;

const measured = z.object({ cold: z.number(), warm: z.array(z.number()), fresh: z.array(z.number()) });

/** Measures the built library (dist/index.js): medians over `runs` processes, each with several warm starts and new organizations. */
export async function measureLibrary({ runs = 3 }: { runs?: number } = {}): Promise<LibraryTimes> {
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-bench-'));
  try {
    const results: z.output<typeof measured>[] = [];
    for (let run = 0; run < runs; run++) {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ['--input-type=module', '-e', PROGRAM, INDEX],
        { cwd: folder, timeout: RUN_LIMIT_MS },
      );
      results.push(measured.parse(JSON.parse(stdout)));
    }
    return {
      coldMs: median(results.map(({ cold }) => cold)),
      warmMs: median(results.flatMap(({ warm }) => warm)),
      freshOrganizationMs: median(results.flatMap(({ fresh }) => fresh)),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
