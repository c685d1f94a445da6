import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Connection, Turn } from './connection.ts';

/** Answers a request. It never rejects: Koa's callback turns every exception into a response. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

interface TurnNeeds {
  handler: RequestHandler;
  /** A request was answered, or its connection was closed: nothing of it is held in memory. */
  ended(request: IncomingMessage): void;
  /** How many requests may wait while another of the same connection is answered. */
  maxWaiting: number;
}

/** Passes the requests of a connection to the handler one after another. */
export interface Turns {
  take(connection: Connection | undefined, turn: Turn): void;
  /** Forgets the requests of a closed connection. */
  drop(connection: Connection): void;
}

/**
 * Node passes on every request that it finds in what was received, a thousand of them in 64 KiB, and keeps their answers
 * until the client reads them. Here a request waits until the answer before it has left, and a client that has sent too
 * many by then is cut off: otherwise 600 KB of requests would make gigabytes of answers.
 */
export function createTurns({ handler, ended, maxWaiting }: TurnNeeds): Turns {
  const begin = async (connection: Connection, turn: Turn): Promise<void> => {
    const { request, response } = turn;
    connection.turn = turn;
    turn.begunAt = performance.now();
    const left = new Promise<void>((resolve) => response.once('close', resolve));
    if (turn.awaitsContinue) response.writeContinue();
    await handler(request, response);
    turn.handledAt = performance.now();
    await left;
    ended(request);
    connection.turn = undefined;
    connection.idleSince = performance.now();
    const next = connection.waiting.shift();
    if (next) void begin(connection, next);
  };
  return {
    take(connection, turn) {
      // What was received together with the request that was one too many.
      if (!connection || connection.socket.destroyed) return;
      if (!connection.turn) void begin(connection, turn);
      else if (connection.waiting.length < maxWaiting) connection.waiting.push(turn);
      else connection.socket.destroy();
    },
    drop({ waiting }) {
      for (const { request } of waiting.splice(0)) ended(request);
    },
  };
}
