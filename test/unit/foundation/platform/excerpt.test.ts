import assert from 'node:assert/strict';
import { excerpt, isWithin } from '../../../../src/foundation/platform/excerpt.ts';

const WIDE = '\u{1F600}';

describe('an excerpt', () => {
  it('is the text itself, up to the limit in characters of any width', () => {
    for (const text of ['', 'a'.repeat(80), WIDE.repeat(80)]) assert.equal(excerpt(text), text);
    assert.equal(excerpt('a'.repeat(81)), `${'a'.repeat(80)}…`);
    assert.equal(excerpt(`${WIDE.repeat(3)}a`, 3), `${WIDE.repeat(3)}…`);
  });

  it('never ends within a surrogate pair, which no encoding can hold', () => {
    for (let max = 1; max < 10; max += 1) {
      const text = excerpt(`a${WIDE.repeat(100)}`, max);
      assert.equal(Buffer.from(text).toString(), text);
    }
  });

  it('takes no longer for a longer text', () => {
    const text = WIDE.repeat(1_000_000);
    const startedAt = performance.now();
    for (let each = 0; each < 1000; each += 1) assert.equal(isWithin(excerpt(text), 80), false);
    assert.ok(performance.now() - startedAt < 1000);
  });
});
