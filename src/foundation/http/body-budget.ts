import type { IncomingMessage } from 'node:http';
import { JoinedMessage } from './joined-body.ts';

/** Limits the memory of all request bodies together. */
export interface BodyBudget {
  /** Requests whose bodies count. */
  readonly IncomingMessage: typeof JoinedMessage;
  /** A request was answered: its body counts no more. */
  release(request: IncomingMessage): void;
  /** The octets that count at the moment. */
  held(): number;
}

/**
 * Counts the octets of bodies from their arrival until their requests are answered. When they would exceed `maxOctets`,
 * the connection that has been sending its body for the longest time is closed: each body is limited by its route, but
 * two thousand clients that never finish theirs would hold gigabytes. Bodies that have arrived are never given up; if
 * they alone fill the budget, the new body's connection is closed.
 */
export function createBodyBudget(maxOctets: number): BodyBudget {
  /** In the order in which their first octets came. */
  const bodies = new Map<IncomingMessage, number>();
  let total = 0;

  /** Whose further octets don't count: their requests were answered early, and nothing but Node's buffer keeps them. */
  const ended = new WeakSet<IncomingMessage>();
  const release = (request: IncomingMessage): void => {
    ended.add(request);
    total -= bodies.get(request) ?? 0;
    bodies.delete(request);
  };
  const close = (request: IncomingMessage): void => {
    release(request);
    request.socket.destroy();
  };
  const unfinished = (): IncomingMessage | undefined => {
    for (const request of bodies.keys()) if (!request.complete) return request;
    return undefined;
  };
  /** Whether the octets fit in, perhaps after others were given up. */
  const take = (request: IncomingMessage, octets: number): boolean => {
    if (ended.has(request)) return true;
    while (total + octets > maxOctets) {
      const victim = unfinished() ?? request;
      close(victim);
      if (victim === request) return false;
    }
    bodies.set(request, (bodies.get(request) ?? 0) + octets);
    total += octets;
    return true;
  };

  class CountedMessage extends JoinedMessage {
    /** Node calls this with each piece of the body that it receives, and with null at the end. */
    override push(piece: Buffer | null): boolean {
      if (piece !== null && (this.socket.destroyed || !take(this, piece.length))) return false;
      return super.push(piece);
    }
  }
  return { IncomingMessage: CountedMessage, release, held: () => total };
}
