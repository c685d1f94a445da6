import type { Connection } from './connection.ts';

/**
 * A connection that was opened, answered or began a request less than this long ago, in milliseconds, is closed only
 * when no other can be: a request that is on its way must not lose to one that an attacker keeps unfinished.
 */
const FRESH_MS = 500;
/** A client that doesn't read its answer for this long, in milliseconds, may be cut off. */
const UNREAD_MS = 2000;

/**
 * The connection to close in favour of a new one when there are too many; undefined when each is being answered. Those
 * without a request go first, then those that are still sending one, then those whose client doesn't read its answer,
 * and fresh ones last. Among equals it is the peer with the most of them that loses its oldest, so that a client which
 * opens many connections replaces only its own. `now` is a time of `performance.now()`.
 */
export function leastNeeded(connections: Iterable<Connection>, now: number): Connection | undefined {
  const ranks: Ranked[][] = [[], [], [], []];
  for (const connection of connections) {
    const use = useOf(connection, now);
    if (use) ranks[use.rank]?.push({ connection, since: use.since });
  }
  const candidates = ranks.find((each) => each.length > 0);
  if (!candidates) return undefined;
  const peer = commonestPeer(candidates);
  let oldest: Ranked | undefined;
  for (const each of candidates)
    if (each.connection.peer === peer && (!oldest || each.since < oldest.since)) oldest = each;
  return oldest?.connection;
}

interface Ranked {
  readonly connection: Connection;
  readonly since: number;
}

type Rank = 0 | 1 | 2 | 3;

/** How dispensable a connection is: the lower the rank, the more. Undefined: a request is being answered. */
function useOf({ current, idleSince }: Connection, now: number): { rank: Rank; since: number } | undefined {
  const ranked = (rank: Rank, since: number) => ({ rank: now - since < FRESH_MS ? 3 : rank, since }) as const;
  if (!current) return ranked(0, idleSince);
  const { request, begunAt = now, handledAt } = current;
  if (handledAt === undefined) return request.complete ? undefined : ranked(1, begunAt);
  return now - handledAt > UNREAD_MS ? ranked(2, handledAt) : undefined;
}

function commonestPeer(candidates: readonly Ranked[]): string {
  const counts = new Map<string, number>();
  let [commonest, most] = ['', 0];
  for (const { connection } of candidates) {
    const count = (counts.get(connection.peer) ?? 0) + 1;
    counts.set(connection.peer, count);
    if (count > most) [commonest, most] = [connection.peer, count];
  }
  return commonest;
}
