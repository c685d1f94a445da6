import assert from 'node:assert/strict';
import fc from 'fast-check';

describe('properties', () => {
  it('end before the time limit of their test, so that a counterexample is reported instead of a timeout', function () {
    // .mocharc.mjs loads the file that sets this.
    const configured: Readonly<Record<string, unknown>> = { ...fc.readConfigureGlobal() };
    const limit = Number(configured['interruptAfterTimeLimit']);
    assert.ok(limit < this.timeout(), `${limit} of ${this.timeout()} ms`);
    assert.equal(configured['markInterruptAsFailure'], true);
  });
});
