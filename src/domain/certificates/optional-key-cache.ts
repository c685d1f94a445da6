import type { KeyCache } from './key-cache.ts';

const REASONS: Readonly<Partial<Record<string, string>>> = {
  EACCES: 'this user may not write there',
  EPERM: 'it belongs to another user',
  EROFS: 'its disk is read-only',
  ENOSPC: 'its disk is full',
  EDQUOT: 'its disk is full',
  EEXIST: 'it is not a folder',
  ENOTDIR: 'it is not a folder',
};

/**
 * A cache that is only a convenience: where a key can't be kept, the server goes on with a key that it has until it
 * stops. Containers often run as a user that may not write in their folders, or whose disks turn read-only. `warn`
 * gets one sentence, for the first key that isn't kept.
 */
export function optionalKeyCache(
  cache: KeyCache,
  { folder, warn }: { folder: string; warn: (sentence: string) => void },
): KeyCache {
  let isTold = false;
  return {
    get: (naturalKey) => cache.get(naturalKey),
    async put(naturalKey, key) {
      try {
        await cache.put(naturalKey, key);
      } catch (error) {
        if (isTold) return;
        isTold = true;
        warn(
          `Keys can’t be kept in ${folder} (${reasonOf(error)}), so applications have other certificates after a restart.`,
        );
      }
    },
  };
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS[code] ?? String(error);
}
