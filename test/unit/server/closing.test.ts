import assert from 'node:assert/strict';
import { createClosing } from '../../../src/server/closing.ts';

describe('closing a server', () => {
  it('closes the last opened first, one after another, once', async () => {
    const closing = createClosing();
    const order: string[] = [];
    for (const name of ['database', 'pool', 'listener'])
      closing.add(async (graceMs) => {
        await Promise.resolve();
        order.push(`${name} ${graceMs}`);
      });
    assert.equal(closing.isUnderWay, false);
    const closed = Promise.all([closing.run(4000), closing.run(0)]);
    assert.equal(closing.isUnderWay, true);
    await closed;
    assert.deepEqual(order, ['listener 4000', 'pool 4000', 'database 4000']);
  });

  it('closes the others when one fails, and reports the failure', async () => {
    const closing = createClosing();
    let closedDatabase = false;
    closing.add(() => (closedDatabase = true));
    closing.add(() => {
      throw new Error('stuck');
    });
    await assert.rejects(closing.run(0), (error: unknown) => {
      assert.ok(error instanceof Error && error.cause instanceof Error);
      assert.equal(error.cause.message, 'stuck');
      return true;
    });
    assert.ok(closedDatabase);
  });
});
