import { join } from 'node:path';
import { residentMiB, startBuilt } from './built-server.ts';
import { median } from './numbers.ts';

export interface StartUp {
  /** Time from the start of the process to the first 200, for each run. */
  healthzMs: number[];
  readyzMs: number[];
  residentMiB: number | undefined;
}

interface StartUpOptions {
  folder: string;
  kind: 'memory' | 'file';
  runs: number;
  /** How long a started server is left idle before its memory is read. */
  restMs: number;
}

/**
 * Starts a built server repeatedly: in memory with the demo organization, as `npm start -- --memory` does, with its
 * keys cached; or on a file that an earlier start filled. The first start, which generates keys, isn't counted.
 */
export async function measureStartUp({ folder, kind, runs, restMs }: StartUpOptions): Promise<StartUp> {
  const flags =
    kind === 'memory' ? ['--memory', '--certs', join(folder, 'certs')] : ['--data', join(folder, 'data')];
  const healthzMs: number[] = [];
  const readyzMs: number[] = [];
  let resident: number | undefined;
  for (let run = -1; run < runs; run++) {
    const server = await startBuilt(flags, folder);
    try {
      const healthz = await server.firstAnswerMs('/healthz');
      const readyz = await server.firstAnswerMs('/readyz');
      if (run >= 0) {
        healthzMs.push(healthz);
        readyzMs.push(readyz);
      }
      if (run === runs - 1) {
        await new Promise((resolve) => setTimeout(resolve, restMs));
        resident = residentMiB(server.pid);
      }
    } finally {
      await server.stop();
    }
  }
  return { healthzMs, readyzMs, residentMiB: resident };
}

export const typical = ({ healthzMs, readyzMs }: StartUp) => ({
  healthzMs: median(healthzMs),
  readyzMs: median(readyzMs),
});
