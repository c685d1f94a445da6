import type { Ids } from '../../../src/foundation/platform/ids.ts';

let sources = 0;

/**
 * Ids that are counted up, so that they are easy to tell apart and the same in every run. Each source counts in a range
 * of its own: tenants that share a database don't collide.
 */
export function countingIds(): Ids {
  let count = (sources += 1) * 100_000;
  const next = () => (count += 1);
  return {
    uuid: () => `00000000-0000-4000-8000-${next().toString(16).padStart(12, '0')}`,
    token: () => next().toString(36).padStart(43, 't'),
    hex: (digits) => next().toString(16).padStart(digits, '0').slice(-digits),
  };
}
