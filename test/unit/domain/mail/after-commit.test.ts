import assert from 'node:assert/strict';
import { notifyAfterCommit } from '../../../../src/domain/mail/after-commit.ts';
import { openSqlite } from '../../../../src/foundation/storage/sqlite.ts';

describe('the notification after a commit', () => {
  it('reports new messages once, and neither before the commit nor after a rollback', async () => {
    const inner = openSqlite({ location: ':memory:', durability: 'process' });
    let told = 0;
    const { db, posted } = notifyAfterCommit(inner, () => (told += 1));
    const result = await db.transaction((tx) => {
      posted(tx);
      posted(tx);
      assert.equal(told, 0);
      return Promise.resolve('result');
    });
    assert.deepEqual([result, told], ['result', 1]);
    const failing = db.transaction((tx) => {
      posted(tx);
      return Promise.reject(new Error('rolled back'));
    });
    await assert.rejects(failing, /rolled back/);
    await db.transaction(() => Promise.resolve());
    assert.equal(told, 1);
    await db.sharedTransaction(() => Promise.resolve());
    assert.equal(told, 1);
    await db.sharedTransaction((tx) => {
      posted(tx);
      return Promise.resolve();
    });
    assert.equal(told, 2);
    await db.close();
  });
});
