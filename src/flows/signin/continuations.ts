import type { Visit } from '../visit/visit.ts';
import type { Continuation } from '../../domain/sessions/sign-in.ts';

/** Where a person goes on after signing in, and the application they are on the way to, if it can be told. */
export interface Destination {
  path: string;
  applicationName?: string;
}

/** What goes on after a sign-in, by kind. Each feature brings its own; app.ts puts them together. */
export type Continuations = Readonly<
  Record<string, (visit: Visit, ref: string) => Promise<Destination> | Destination>
>;

/** Where a sign-in leads. Throws for a kind that nobody registered: a person must not end somewhere else in silence. */
export async function findDestination(
  continuations: Continuations,
  visit: Visit,
  { kind, ref }: Continuation,
): Promise<Destination> {
  const resolve = continuations[kind];
  if (!resolve) throw new Error(`Nothing goes on after a sign-in of the kind ${kind}.`);
  return resolve(visit, ref);
}
