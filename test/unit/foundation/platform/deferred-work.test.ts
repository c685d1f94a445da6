import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { createDeferredWork } from '../../../../src/foundation/platform/deferred-work.ts';
import { createLogger } from '../../../../src/foundation/platform/logger.ts';

describe('deferred work', () => {
  const lines: string[] = [];
  const create = async () =>
    createDeferredWork(
      await createLogger({ level: 'error', pretty: false, write: (line) => void lines.push(line) }),
    );

  it('begins after the request that deferred it, and is done when it is settled', async () => {
    const { defer, settle } = await create();
    const done: string[] = [];
    await defer(async () => {
      await setImmediate();
      done.push('first');
    });
    assert.deepEqual(done, []);
    await settle();
    assert.deepEqual(done, ['first']);
    await settle();
  });

  it('that is deferred again and again doesn’t hold whoever waits for it (flood)', async () => {
    const { defer, settle } = await create();
    let rounds = 0;
    const again = async () => {
      rounds += 1;
      if (rounds < 100) await defer(again);
    };
    await defer(again);
    await settle();
    assert.equal(rounds, 1);
    await settle();
    assert.equal(rounds, 2);
  });

  it('is logged when it fails, and the rest goes on', async () => {
    const { defer, settle } = await create();
    let isDone = false;
    await defer(() => Promise.reject(new Error('no such mailbox')));
    await defer(() => Promise.resolve(void (isDone = true)));
    await settle();
    assert.ok(isDone);
    assert.match(lines.join(), /no such mailbox/);
  });

  it('is bounded: when very much waits, it is done first (flood)', async () => {
    const { defer, settle } = await create();
    let done = 0;
    const work = () => Promise.resolve(void (done += 1));
    for (let each = 0; each < 1001; each += 1) await defer(work);
    assert.ok(done >= 1000);
    await settle();
    assert.equal(done, 1001);
  });
});
