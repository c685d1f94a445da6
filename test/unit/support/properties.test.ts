import assert from 'node:assert/strict';
import fc from 'fast-check';

describe('properties', () => {
  it('end before the time of their test, so that a counterexample is told and not that time is over', function () {
    // Set by what .mocharc.mjs loads.
    const configured: Readonly<Record<string, unknown>> = { ...fc.readConfigureGlobal() };
    const limit = Number(configured['interruptAfterTimeLimit']);
    assert.ok(limit < this.timeout(), `${limit} of ${this.timeout()} ms`);
    assert.equal(configured['markInterruptAsFailure'], true);
  });
});
