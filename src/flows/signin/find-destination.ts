import type { Continuation } from '../../domain/sessions/sign-in.ts';
import type { Continuations, Destination } from '../visit/continuations.ts';
import type { Visit } from '../visit/visit.ts';

/**
 * Where a sign-in leads. Throws for an unknown kind, because silently redirecting elsewhere would hide the
 * mistake.
 */
export async function findDestination(
  continuations: Continuations,
  visit: Visit,
  { kind, ref }: Continuation,
): Promise<Destination> {
  const resolve = continuations[kind];
  if (!resolve) throw new Error(`No feature continues a sign-in of the kind ${kind}.`);
  return resolve(visit, ref);
}
