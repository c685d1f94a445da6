import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder on a file system of its own, with a fixed size. */
export interface LimitedDisk {
  readonly path: string;
  /** Makes it read-only, even for root. No file in it may be open. */
  makeReadOnly(): void;
  dispose(): void;
}

export type LimitedDiskResult = { ok: true; disk: LimitedDisk } | { ok: false; reason: string };

/**
 * Mounts a file system in memory. The result has the reason when this isn't possible: it takes root, and a machine that
 * lets root mount.
 */
export function mountLimitedDisk(mebibytes: number): LimitedDiskResult {
  const path = mkdtempSync(join(tmpdir(), 'vestibule-disk-'));
  try {
    mount('-t', 'tmpfs', '-o', `size=${mebibytes}m,mode=0700`, 'tmpfs', path);
  } catch (error) {
    rmdirSync(path);
    const said = error instanceof Error ? (error.message.split('\n')[1] ?? error.message) : String(error);
    return { ok: false, reason: `no file system of a given size can be mounted here: ${said}` };
  }
  return {
    ok: true,
    disk: {
      path,
      makeReadOnly: () => mount('-o', 'remount,ro', path),
      dispose() {
        execFileSync('umount', ['--lazy', path]);
        rmdirSync(path);
      },
    },
  };
}

function mount(...args: string[]): void {
  execFileSync('mount', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
