import type { Visit } from './visit.ts';

/** Where the browser goes after a sign-in, and the application that the user is opening, if known. */
export interface Destination {
  path: string;
  /** Stands in events for a path that has a token. */
  recordedPath?: string;
  applicationName?: string;
}

/** Where a sign-in can lead, by the kind of its continuation. */
export type Continuations = Readonly<
  Record<string, (visit: Visit, ref: string) => Promise<Destination> | Destination>
>;
