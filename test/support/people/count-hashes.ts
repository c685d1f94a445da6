import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

/** Counts the hashes that are computed from now on, by their scrypt N, until `stop`. */
export function countHashes(): { stop(): number[] } {
  const original = crypto.scrypt;
  const costs: number[] = [];
  const counted = (...args: Parameters<typeof crypto.scrypt>) => {
    costs.push(Number(args[3].N));
    original(...args);
  };
  // One of its overloads is the one that we call.
  crypto.scrypt = counted as typeof crypto.scrypt;
  syncBuiltinESMExports();
  return {
    stop() {
      crypto.scrypt = original;
      syncBuiltinESMExports();
      return costs;
    },
  };
}
