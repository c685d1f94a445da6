import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isLoopbackAddress } from '../platform/loopback.ts';
import { createBodyBudget } from './body-budget.ts';
import { createConnections } from './connections.ts';
import { affordableConnections } from './file-handles.ts';
import { refuseIllFormed } from './ill-formed.ts';
import { createPipelining, type RequestHandler } from './pipelining.ts';

export interface Listener {
  /** The port that it listens on: the given one, or a free one when 0 was given. */
  port: number;
  /** Whether only this machine can reach it, by the addresses that it listens on. */
  isLoopback: boolean;
  /** Passes requests to `handler` from now on; until then each is answered with 503. */
  serve(handler: RequestHandler): void;
  /** Accepts no more connections, gives open requests up to `graceMs` to finish, then closes the rest. */
  close(graceMs: number): Promise<void>;
}

/** Limits on what clients can occupy: times in milliseconds, sizes in octets. */
export interface ListenerLimits {
  headersTimeout: number;
  requestTimeout: number;
  /** How often the two timeouts above are checked: a connection is closed at most this much later. */
  connectionsCheckingInterval: number;
  maxHeaderSize: number;
  keepAliveTimeout: number;
  /** A connection with no traffic for this long is closed: its client doesn't read the response that it asked for. */
  idleTimeout: number;
  /** With so many connections, one that isn't being answered is closed for each new one. */
  maxConnections: number;
  /** How many requests a client may send ahead while one of the same connection is answered. */
  maxWaiting: number;
  /** The bodies of all requests that are being received or answered. */
  maxBodyOctets: number;
}

/**
 * Slow or endless requests are closed: the headers must arrive within 10 s, the whole request within 30 s. What all
 * connections can occupy together is computed in docs/server.md.
 */
export const DEFAULT_LIMITS: ListenerLimits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
  maxHeaderSize: 32 * 1024,
  keepAliveTimeout: 5_000,
  idleTimeout: 120_000,
  maxConnections: 2_000,
  maxWaiting: 4,
  maxBodyOctets: 256 * 1024 * 1024,
};

/**
 * Listens on all `hosts`, on one port. Clients resolve `localhost` to ::1 or to 127.0.0.1, so the loopback default is
 * both hosts. A host after the first is skipped when this machine doesn't have its address (no IPv6). Any other error
 * is thrown, and then no host is listened on.
 */
export async function listen(
  hosts: readonly string[],
  port: number,
  limits: ListenerLimits = DEFAULT_LIMITS,
): Promise<Listener> {
  let handler: RequestHandler = (_request, response) => {
    response.writeHead(503, { 'Retry-After': '1' }).end();
  };
  const newServer = serverFactory(limits, (...given) => handler(...given));
  const servers: Server[] = [];
  let bound = port;
  for (const [index, host] of hosts.entries()) {
    const server = newServer();
    try {
      bound = await bind(server, host, bound);
      servers.push(server);
    } catch (error) {
      if (index === 0 || !isMissingAddress(error)) {
        await Promise.all(servers.map((started) => stop(started, 0)));
        throw error;
      }
    }
  }
  return {
    port: bound,
    isLoopback: servers.every((server) => isLoopbackAddress(addressOf(server).address)),
    serve: (next) => (handler = next),
    async close(graceMs) {
      await Promise.all(servers.map((server) => stop(server, graceMs)));
    },
  };
}

/** Makes servers that share the limits: two hosts have no more connections than one. */
function serverFactory(limits: ListenerLimits, handler: RequestHandler): () => Server {
  const bodies = createBodyBudget(limits.maxBodyOctets);
  const pipelining = createPipelining({
    handler: refuseIllFormed(handler),
    ended: bodies.release,
    maxWaiting: limits.maxWaiting,
  });
  const connections = createConnections({
    max: affordableConnections(limits.maxConnections),
    closed: pipelining.drop,
  });
  return () => {
    const { IncomingMessage } = bodies;
    // Node would refuse requests without a Host at once; refuseIllFormed does it when it is their turn.
    const server = createServer({ ...limits, IncomingMessage, requireHostHeader: false });
    server.setTimeout(limits.idleTimeout);
    server.on('connection', connections.admit);
    const take = (request: IncomingMessage, response: ServerResponse, awaitsContinue = false): void => {
      pipelining.take(connections.of(request.socket), { request, response, awaitsContinue });
    };
    server.on('request', take);
    server.on('checkExpectation', take);
    server.on('checkContinue', (request, response) => take(request, response, true));
    return server;
  };
}

function bind(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, ipv6Only: host.includes(':') }, () => {
      server.off('error', reject);
      resolve(addressOf(server).port);
    });
  });
}

// A TCP server's address is an AddressInfo; only a pipe's is a string.
const addressOf = (server: Server) => server.address() as AddressInfo;

function isMissingAddress(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT')
  );
}

function stop(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
