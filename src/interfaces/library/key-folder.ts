import { accessSync, constants, lstatSync, mkdirSync, statSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';

/** Where a folder is looked for: the project’s own first, then one of this user’s in the system’s temporary folder. */
export interface KeyFolderPlaces {
  readonly from: string;
  readonly temporary: string;
  /** Undefined where the system knows no owners (Windows). */
  readonly uid: number | undefined;
}

/** The places of this process. */
export function ownPlaces(from: string): KeyFolderPlaces {
  const { uid } = userInfo();
  return { from, temporary: tmpdir(), uid: uid < 0 ? undefined : uid };
}

/**
 * A folder that keeps keys between runs, made when it isn’t there; undefined when none is safe. Everybody can write into
 * the temporary folder: whoever made ours there before us would choose the keys that a service provider trusts, or read
 * them. So it counts only if it is a folder, no link, is this user’s, and nobody else may enter it.
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

/** The `node_modules` that a program in this folder uses, if it is this user’s: whoever owns it can exchange what is in it. */
function nearestModules({ from, uid }: KeyFolderPlaces): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const modules = join(folder, 'node_modules');
    const found = statSync(modules, { throwIfNoEntry: false });
    if (found?.isDirectory()) return uid === undefined || found.uid === uid ? modules : undefined;
    if (folder === dirname(folder)) return undefined;
  }
}

/** Makes the folder when it isn’t there; whether it is one that this user alone can enter. */
function isOwn(folder: string, uid: number | undefined): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // What is there decides, whoever made it: lstat, because a link could lead into a folder of ours.
    const found = lstatSync(folder);
    const isClosed = uid === undefined || (found.uid === uid && (found.mode & 0o077) === 0);
    if (!found.isDirectory() || !isClosed) return false;
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
