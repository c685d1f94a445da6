import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

/** Records the scrypt N of every hash that is computed from now on, until `stop`. */
export function countHashes(): { stop(): number[] } {
  const original = crypto.scrypt;
  const costs: number[] = [];
  const counted = (...args: Parameters<typeof crypto.scrypt>) => {
    costs.push(Number(args[3].N));
    original(...args);
  };
  // Only one of the overloads is called.
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
