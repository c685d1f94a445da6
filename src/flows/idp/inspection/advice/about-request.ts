import { RELAXATIONS, type Finding } from '../../requests/findings.ts';
import type { Advice } from './advice.ts';

/** What was let pass in a request, as advice: other identity providers may refuse it. */
export function adviceOf({ code, message }: Finding): Advice {
  const { why, remedy } = RELAXATIONS[code];
  return { code, severity: 'warning', what: message, why, remedy };
}
