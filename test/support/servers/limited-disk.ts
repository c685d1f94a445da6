import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder on a real file system of its own, with as much room as was asked for. */
export interface Room {
  readonly path: string;
  /** From now on nothing can be written in it, not even by root; nobody may have a file open there. */
  closeForWriting(): void;
  dispose(): void;
}

export type FoundRoom = { ok: true; room: Room } | { ok: false; reason: string };

/** Mounts a file system in memory. Where that isn't allowed (it takes root, and a machine that lets root) it says why. */
export function makeRoom(mebibytes: number): FoundRoom {
  const path = mkdtempSync(join(tmpdir(), 'vestibule-room-'));
  try {
    mount('-t', 'tmpfs', '-o', `size=${mebibytes}m,mode=0700`, 'tmpfs', path);
  } catch (error) {
    rmdirSync(path);
    const said = error instanceof Error ? (error.message.split('\n')[1] ?? error.message) : String(error);
    return { ok: false, reason: `no file system of a given size can be mounted here: ${said}` };
  }
  return {
    ok: true,
    room: {
      path,
      closeForWriting: () => mount('-o', 'remount,ro', path),
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
