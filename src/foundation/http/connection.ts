import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

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
  /** The client's IPv4 address, or the network of its IPv6 address. */
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
  const peer = peerOf(socket.remoteAddress ?? '');
  return { socket, peer, idleSince: performance.now(), current: undefined, waiting: [] };
}

/**
 * An IPv4 address as it is, and the first 64 bits of an IPv6 address: one client has all addresses of such a network
 * (RFC 4291 §2.5.4), so a client could otherwise pass for any number of them.
 */
export function peerOf(address: string): string {
  if (address.includes('.')) return address.replace(/^::ffff:/i, '');
  const [start = ''] = address.split('::');
  return `${start.split(':').slice(0, 4).join(':')}::`;
}
