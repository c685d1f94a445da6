import type { Visit } from './visit.ts';

/** Where a person goes on after signing in, and the application they are on the way to, if it can be told. */
export interface Destination {
  path: string;
  applicationName?: string;
}

/** Where a sign-in can lead, by the kind of its continuation. */
export type Continuations = Readonly<
  Record<string, (visit: Visit, ref: string) => Promise<Destination> | Destination>
>;
