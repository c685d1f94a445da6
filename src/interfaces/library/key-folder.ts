import { accessSync, constants, lstatSync, mkdirSync, statSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';

/** Where to look for a folder: in the project first, then this user’s folder in the system’s temporary folder. */
export interface KeyFolderPlaces {
  readonly from: string;
  readonly temporary: string;
  /** Undefined on systems without file owners (Windows). */
  readonly uid: number | undefined;
}

/** The places for this process. */
export function ownPlaces(from: string): KeyFolderPlaces {
  const { uid } = userInfo();
  return { from, temporary: tmpdir(), uid: uid < 0 ? undefined : uid };
}

/**
 * Finds or creates a folder that keeps keys between runs; undefined when none is safe. Anyone can write into
 * the temporary folder: an attacker who created our folder there first would choose the keys that a service
 * provider trusts, or read them. So a folder is used only if it isn't a link, belongs to this user, and
 * nobody else can enter it.
 */
export function findKeyFolder(places: KeyFolderPlaces): string | undefined {
  const modules = nearestModules(places);
  const name = `vestibule-${places.uid ?? 'user'}`;
  const candidates = [
    ...(modules === undefined ? [] : [join(modules, '.cache', 'vestibule', 'keys')]),
    join(places.temporary, name, 'keys'),
  ];
  return candidates.find((folder) => isOwn(dirname(folder), places.uid) && isOwn(folder, places.uid));
}

/**
 * The `node_modules` that a program in this folder uses, if it belongs to this user: another owner could
 * exchange its content.
 */
function nearestModules({ from, uid }: KeyFolderPlaces): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const modules = join(folder, 'node_modules');
    const found = statSync(modules, { throwIfNoEntry: false });
    if (found?.isDirectory()) return uid === undefined || found.uid === uid ? modules : undefined;
    if (folder === dirname(folder)) return undefined;
  }
}

/** Creates the folder if necessary. Returns whether only this user can enter it. */
function isOwn(folder: string, uid: number | undefined): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // Checked even if mkdir created it. lstat, because a link could lead to another folder of this user.
    const found = lstatSync(folder);
    const isClosed = uid === undefined || (found.uid === uid && (found.mode & 0o077) === 0);
    if (!found.isDirectory() || !isClosed) return false;
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
