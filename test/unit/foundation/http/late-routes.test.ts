import assert from 'node:assert/strict';
import { lazyRoutes } from '../../../../src/foundation/http/lazy-routes.ts';

describe('routes that are loaded on demand', () => {
  it('are loaded once, and again after a failure', async () => {
    let loads = 0;
    const late = lazyRoutes('/api', () => {
      loads += 1;
      return loads === 1 ? Promise.reject(new Error('EMFILE')) : Promise.resolve([]);
    });
    await assert.rejects(late.router(), /EMFILE/);
    assert.equal(await late.router(), await late.router());
    assert.equal(loads, 2);
  });
});
