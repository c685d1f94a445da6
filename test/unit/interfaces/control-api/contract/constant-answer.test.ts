import assert from 'node:assert/strict';
import { z } from 'zod';
import type { Ctx } from '../../../../../src/foundation/http/context.ts';
import { route } from '../../../../../src/interfaces/control-api/contract/route.ts';

describe('an operation whose answer is constant', () => {
  it('is carried out once, and its answers share their octets', async () => {
    let times = 0;
    const { handle } = route({
      ...{ id: 'getIt', method: 'GET', path: '/it', summary: 'Gets it.', constant: true, status: 200 },
      returns: z.object({ times: z.number() }),
      respond: () => Promise.resolve({ times: (times += 1) }),
    });
    const answer = async () => {
      // The parts of a context that the handler touches.
      const ctx = { state: { requestId: 'r' }, ip: '192.0.2.1', get: () => '' } as unknown as Ctx;
      await handle(ctx, () => Promise.resolve());
      return ctx;
    };
    const [first, second] = [await answer(), await answer()];
    assert.equal(String(first.body), '{"times":1}');
    assert.equal(first.body, second.body);
    assert.deepEqual([first.type, first.status], ['json', 200]);
  });
});
