import type { Socket } from 'node:net';
import { newConnection, type Connection } from './connection.ts';
import { leastNeeded } from './dispensable.ts';

/** The open connections. */
export interface Connections {
  /** Takes up a new connection, and closes another for it when there are too many. */
  admit(socket: Socket): void;
  /** Undefined for a connection that was not taken up. */
  of(socket: Socket): Connection | undefined;
}

/**
 * Keeps at most `max` connections. A client that opens as many and is silent can't lock the others out: a new
 * connection replaces one that is of the least use. Only while every one is being answered is the new one closed.
 * `closed` is called once for each connection.
 */
export function createConnections({
  max,
  closed,
}: {
  max: number;
  closed(connection: Connection): void;
}): Connections {
  const open = new Map<Socket, Connection>();

  const forget = (connection: Connection): void => {
    if (open.delete(connection.socket)) closed(connection);
  };
  return {
    admit(socket) {
      if (open.size >= max) {
        const victim = leastNeeded(open.values(), performance.now());
        if (!victim) {
          socket.destroy();
          return;
        }
        // Its file handle is free at once, but its event comes later.
        forget(victim);
        victim.socket.destroy();
      }
      const connection = newConnection(socket);
      open.set(socket, connection);
      socket.once('close', () => forget(connection));
    },
    of: (socket) => open.get(socket),
  };
}
