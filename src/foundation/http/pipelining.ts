import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Connection, OpenRequest } from './connection.ts';

/** Answers a request. It never rejects: Koa's callback turns every exception into a response. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

interface PipeliningNeeds {
  handler: RequestHandler;
  /** A request was answered, or its connection was closed: nothing of it is held in memory. */
  ended(request: IncomingMessage): void;
  /** How many requests may wait while another of the same connection is answered. */
  maxWaiting: number;
}

/** Passes the requests of a connection to the handler one after another. */
export interface Pipelining {
  take(connection: Connection | undefined, opened: OpenRequest): void;
  /** Forgets the requests of a closed connection. */
  drop(connection: Connection): void;
}

/**
 * Node passes on every request that it finds in what was received, a thousand of them in 64 KiB, and keeps their answers
 * until the client reads them. Here a request waits until the answer before it has left, and a client that has sent too
 * many by then is cut off: otherwise 600 KB of requests would make gigabytes of answers.
 */
export function createPipelining({ handler, ended, maxWaiting }: PipeliningNeeds): Pipelining {
  const begin = async (connection: Connection, opened: OpenRequest): Promise<void> => {
    const { request, response } = opened;
    connection.current = opened;
    opened.begunAt = performance.now();
    const left = new Promise<void>((resolve) => {
      opened.leave = resolve;
      response.once('close', resolve);
    });
    if (opened.awaitsContinue) response.writeContinue();
    await handler(request, response);
    opened.handledAt = performance.now();
    await left;
    ended(request);
    connection.current = undefined;
    connection.idleSince = performance.now();
    const next = connection.waiting.shift();
    if (!next) return;
    if (connection.socket.writable) void begin(connection, next);
    else ended(next.request); // the answer before it was the last of this connection
  };
  return {
    take(connection, opened) {
      // What was received together with the request that was one too many.
      if (!connection || connection.socket.destroyed) return;
      if (!connection.current) void begin(connection, opened);
      else if (connection.waiting.length < maxWaiting) connection.waiting.push(opened);
      else connection.socket.destroy();
    },
    drop({ current, waiting }) {
      // Node tells it only to the response that it is sending.
      current?.leave?.();
      for (const { request } of waiting.splice(0)) ended(request);
    },
  };
}
