import { readFileSync } from 'node:fs';

/** What the database, logs and mail need beside the connections. */
const RESERVED = 200;

/**
 * `wanted` connections, or as many as the limit on open files allows (`ulimit -n`): each connection is an open file, and
 * a process without a free one can neither accept a connection nor open its database. At least half of the limit.
 */
export function affordableConnections(wanted: number, maxOpenFiles = readMaxOpenFiles()): number {
  if (maxOpenFiles === undefined) return wanted;
  return Math.min(wanted, Math.max(maxOpenFiles - RESERVED, Math.floor(maxOpenFiles / 2)));
}

/** Undefined where there is no limit, and on systems other than Linux. */
function readMaxOpenFiles(): number | undefined {
  try {
    const [, soft] = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    return soft === undefined ? undefined : Number(soft);
  } catch {
    return undefined;
  }
}
