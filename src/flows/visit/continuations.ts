import type { Visit } from './visit.ts';

/** Where the browser goes after a sign-in, and the application that the user is opening, if known. */
export interface Destination {
  path: string;
  /** Stands in events for a path that has a token. */
  recordedPath?: string;
  applicationName?: string;
}

/**
 * The kinds of continuations that lead to a service provider. It may have opened the sign-in in a popup, which must
 * stay connected with the page that opened it.
 */
const TO_SERVICE_PROVIDERS: ReadonlySet<string> = new Set(['saml', 'application', 'administrator']);

/** Whether a sign-in with this kind of continuation leads to a service provider. */
export function leadsToServiceProvider(kind: string): boolean {
  return TO_SERVICE_PROVIDERS.has(kind);
}

/** Where a sign-in can lead, by the kind of its continuation. */
export type Continuations = Readonly<
  Record<string, (visit: Visit, ref: string) => Promise<Destination> | Destination>
>;
