import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { networkOf } from '../platform/ip-address.ts';
import { peerAddress } from './forwarded.ts';

/** A request that was read as far as its headers. Times are milliseconds of `performance.now()`. */
export interface OpenRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The client sends the body once it is told to (RFC 9110 §10.1.1). */
  readonly awaitsContinue: boolean;
  /** When its handler was called. */
  begunAt?: number;
  /** When its handler was done: the client may still have to read the answer. */
  handledAt?: number;
  /** Ends the wait for the answer to leave. */
  leave?: () => void;
}

/** An open connection and what it is used for. */
export interface Connection {
  readonly socket: Socket;
  /** The network of the client, which could otherwise pass for any number of clients. See `networkOf`. */
  readonly peer: string;
  /** When it was opened, or when its last answer was sent. */
  idleSince: number;
  /** The request that is being answered. */
  current: OpenRequest | undefined;
  /** The requests that the client sent before it had that answer. */
  readonly waiting: OpenRequest[];
}

/** A connection that has sent nothing yet. */
export function newConnection(socket: Socket): Connection {
  const peer = networkOf(peerAddress(socket));
  return { socket, peer, idleSince: performance.now(), current: undefined, waiting: [] };
}
