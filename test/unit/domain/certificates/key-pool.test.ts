import assert from 'node:assert/strict';
import { createKeyPool } from '../../../../src/domain/certificates/key-pool.ts';
import type { KeyPairPem } from '../../../../src/domain/certificates/key-pair.ts';

/** A generator whose keys are finished by the test. */
function controlled() {
  const running: { resolve: (pair: KeyPairPem) => void; reject: (error: Error) => void }[] = [];
  let made = 0;
  return {
    running,
    get started() {
      return made + running.length;
    },
    generate: () => new Promise<KeyPairPem>((resolve, reject) => running.push({ resolve, reject })),
    /** Finishes the oldest running key, and lets the callers that wait for it continue. */
    async finish() {
      made += 1;
      running.shift()?.resolve({ privateKeyPem: `private ${made}`, publicKeyPem: `public ${made}` });
      await settled();
    },
    async fail(message: string) {
      running.shift()?.reject(new Error(message));
      await settled();
    },
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the key pool', () => {
  it('generates nothing before the first request', async () => {
    const source = controlled();
    createKeyPool({ size: 3, generate: source.generate });
    await settled();
    assert.equal(source.started, 0);
  });

  it('generates a key on request, and no stock before it is told to fill', async () => {
    const source = controlled();
    const pool = createKeyPool({ size: 3, generate: source.generate });
    const taken = pool.take();
    await source.finish();
    assert.equal((await taken).privateKeyPem, 'private 1');
    assert.equal(source.running.length, 0);
  });

  it('fills one key at a time, and fills up again', async () => {
    const source = controlled();
    const pool = createKeyPool({ size: 2, generate: source.generate });
    pool.fill();
    pool.fill();
    assert.equal(source.running.length, 1);
    await source.finish();
    assert.equal(source.running.length, 1);
    await source.finish();
    assert.equal(source.running.length, 0);
    assert.equal((await pool.take()).privateKeyPem, 'private 1');
    assert.equal(source.running.length, 1);
  });

  it('gives no key twice, and generates at most two at a time for waiting callers', async () => {
    const source = controlled();
    const pool = createKeyPool({ size: 1, generate: source.generate });
    const taken = Promise.all(Array.from({ length: 5 }, () => pool.take()));
    for (let left = 5; left > 0; left -= 1) {
      assert.equal(source.running.length, Math.min(2, left));
      await source.finish();
    }
    assert.equal(new Set((await taken).map(({ privateKeyPem }) => privateKeyPem)).size, 5);
  });

  it('serves waiting callers before it fills', async () => {
    const source = controlled();
    const pool = createKeyPool({ size: 2, generate: source.generate });
    pool.fill();
    const taken = pool.take();
    await source.finish();
    assert.equal((await taken).privateKeyPem, 'private 1');
  });

  it('prepares as many keys as are expected, one at a time, and no others once they are taken', async () => {
    const source = controlled();
    const pool = createKeyPool({ size: 1, generate: source.generate });
    pool.prepare(3);
    pool.prepare(2);
    for (let count = 0; count < 3; count += 1) {
      assert.equal(source.running.length, 1);
      await source.finish();
    }
    assert.equal(source.running.length, 0);
    for (let count = 0; count < 3; count += 1) await pool.take();
    assert.equal(source.started, 3);
  });

  it('reports a failure to the waiting caller, and tries again for the next', async () => {
    const source = controlled();
    const pool = createKeyPool({ size: 1, generate: source.generate });
    const refused = assert.rejects(pool.take(), /no entropy/);
    await source.fail('no entropy');
    await refused;
    const taken = pool.take();
    await source.finish();
    assert.equal((await taken).privateKeyPem, 'private 1');
  });

  it('does not retry endlessly when filling fails', async () => {
    const source = controlled();
    createKeyPool({ size: 1, generate: source.generate }).fill();
    await source.fail('no entropy');
    assert.equal(source.running.length, 0);
  });

  it('generates nothing after it is closed, and refuses waiting and new callers', async () => {
    const source = controlled();
    const pool = createKeyPool({ size: 5, generate: source.generate });
    pool.fill();
    const waiting = assert.rejects(pool.take(), /closed/);
    pool.close();
    await waiting;
    await assert.rejects(pool.take(), /closed/);
    const before = source.started;
    while (source.running.length > 0) await source.finish();
    assert.equal(source.started, before);
  });
});
