import type { Instant } from '../platform/clock.ts';
import type { UserId } from '../platform/ids.ts';

/** Who asks for a change. */
export type Actor =
  | { type: 'operator'; name: 'control-api' | 'organization-file' | 'library' }
  | { type: 'user'; userId: UserId; userName: string };

/** What every command carries: who asked, from where, when (policy time), and under which request id. */
export interface Context {
  actor: Actor;
  requestId: string;
  ip: string;
  userAgent: string;
  at: Instant;
}

/**
 * Whether an actor may carry out an action (named as AWS names it). Operators hold the server's API token or wrote
 * its organization file and may do everything; a user may change nothing but through the flows made for users.
 */
export function authorize(actor: Actor, _action: string): boolean {
  switch (actor.type) {
    case 'operator':
      return true;
    case 'user':
      return false;
  }
}
