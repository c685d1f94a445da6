import assert from 'node:assert/strict';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Connection, OpenRequest } from '../../../../src/foundation/http/connection.ts';
import { leastNeeded } from '../../../../src/foundation/http/dispensable.ts';

const NOW = 1_000_000;

/** A connection that has been idle for a minute, unless something else is given. */
function connection(given: Partial<Connection> = {}): Connection {
  return {
    socket: new Socket(),
    peer: 'a',
    idleSince: NOW - 60_000,
    current: undefined,
    waiting: [],
    ...given,
  };
}

/** A request that was received `complete`, or not yet. */
function opened(complete: boolean, times: Pick<OpenRequest, 'begunAt' | 'handledAt'>): OpenRequest {
  const request = new IncomingMessage(new Socket());
  request.complete = complete;
  return { request, response: new ServerResponse(request), awaitsContinue: false, ...times };
}

describe('which connection is closed for a new one', () => {
  const silent = connection();
  const receiving = connection({ current: opened(false, { begunAt: NOW - 20_000 }) });
  const unread = connection({ current: opened(true, { begunAt: NOW - 90_000, handledAt: NOW - 89_000 }) });
  const answered = connection({ current: opened(true, { begunAt: NOW - 90_000 }) });
  const flushing = connection({ current: opened(true, { begunAt: NOW - 90_000, handledAt: NOW - 1000 }) });
  const fresh = connection({ idleSince: NOW - 100 });

  it('one without a request, then an incomplete request, then an unread answer, then a fresh one', () => {
    const order = [silent, receiving, unread, fresh];
    for (const [index, expected] of order.entries()) {
      const left = [answered, flushing, ...order.slice(index)].reverse();
      assert.equal(leastNeeded(left, NOW), expected, String(index));
    }
  });

  it('none that is being answered', () => {
    assert.equal(leastNeeded([answered, flushing], NOW), undefined);
  });

  it('the oldest of the peer with the most', () => {
    const alone = connection({ peer: 'b', idleSince: NOW - 90_000 });
    const [newer, older] = [connection({ idleSince: NOW - 5000 }), connection({ idleSince: NOW - 9000 })];
    assert.equal(leastNeeded([alone, newer, older], NOW), older);
  });
});
