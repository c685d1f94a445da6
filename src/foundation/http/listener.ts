import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers a request. It never rejects: Koa's callback answers whatever is thrown. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export interface Listener {
  /** The port that is listened on: the one asked for, or the one that was free when 0 was asked for. */
  port: number;
  /** Hands requests to this from now on; before it every one is answered 503. */
  serve(handler: RequestHandler): void;
  /** Stops accepting, lets what is in flight finish for up to `graceMs`, then ends the rest. */
  close(graceMs: number): Promise<void>;
}

/** What one client can hold of a listener, in milliseconds, octets and connections. */
export interface ListenerLimits {
  headersTimeout: number;
  requestTimeout: number;
  /** How often the two above are looked at: a connection is cut at most this much later. */
  connectionsCheckingInterval: number;
  maxHeaderSize: number;
  keepAliveTimeout: number;
  /** Nothing in either direction for so long: somebody doesn't read what was asked for. */
  idleTimeout: number;
  /** More than these at once are closed as they come, so that there are files left for the database. */
  maxConnections: number;
}

/** Slow or endless requests are cut off: headers within 10 s, everything within 30 s. */
export const DEFAULT_LIMITS: ListenerLimits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
  maxHeaderSize: 32 * 1024,
  keepAliveTimeout: 5_000,
  idleTimeout: 120_000,
  maxConnections: 2_000,
};

/**
 * Listens on every host given, on one port. `localhost` resolves to ::1 or 127.0.0.1 depending on who asks, so loopback
 * means both. Of the hosts after the first, an address that this machine doesn't have (IPv6) is left out; whatever else
 * keeps one from listening is thrown, and none listens then.
 */
export async function listen(
  hosts: readonly string[],
  port: number,
  limits: ListenerLimits = DEFAULT_LIMITS,
): Promise<Listener> {
  let handler: RequestHandler = (_request, response) => {
    response.writeHead(503, { 'Retry-After': '1' }).end();
  };
  const servers: Server[] = [];
  let bound = port;
  for (const [index, host] of hosts.entries()) {
    const server = createServer(limits, (request, response) => {
      void handler(request, response);
    });
    server.setTimeout(limits.idleTimeout);
    server.maxConnections = limits.maxConnections;
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
    serve: (next) => (handler = next),
    async close(graceMs) {
      await Promise.all(servers.map((server) => stop(server, graceMs)));
    },
  };
}

function bind(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, ipv6Only: host.includes(':') }, () => {
      server.off('error', reject);
      // A TCP server's address is never a pipe's name.
      resolve((server.address() as AddressInfo).port);
    });
  });
}

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
