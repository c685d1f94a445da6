import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { readAhead } from '../../../../src/administration/bulk-import/read-ahead.ts';

describe('reading ahead', () => {
  /** Records in order what began and what ended. */
  const traced = () => {
    const trace: string[] = [];
    const make = async (item: string) => {
      trace.push(`make ${item}`);
      await setImmediate();
      trace.push(`made ${item}`);
      if (item === 'bad') throw new Error('no');
      return item.toUpperCase();
    };
    return { trace, make };
  };

  it('yields each item with its result, in the order of the items', async () => {
    const { make } = traced();
    for (const items of [[], ['a'], ['a', 'b', 'c']]) {
      const given = [];
      for await (const pair of readAhead(items, make)) given.push(pair);
      assert.deepEqual(
        given,
        items.map((item) => [item, item.toUpperCase()]),
      );
    }
  });

  it('has the next result in progress while the caller is busy, and no more than one', async () => {
    const { trace, make } = traced();
    for await (const [item] of readAhead(['a', 'b', 'c'], make)) {
      trace.push(`use ${item}`);
      for (let turn = 0; turn < 3; turn++) await setImmediate();
      trace.push(`used ${item}`);
    }
    assert.ok(trace.indexOf('made b') < trace.indexOf('used a'), trace.join(', '));
    assert.ok(trace.indexOf('make c') > trace.indexOf('used a'), trace.join(', '));
  });

  it('fails when the failed item’s turn comes, not before', async () => {
    const { make } = traced();
    const given: string[] = [];
    const all = async () => {
      for await (const [item] of readAhead(['a', 'bad', 'c'], make)) {
        given.push(item);
        await setImmediate();
      }
    };
    await assert.rejects(all(), /^Error: no$/);
    assert.deepEqual(given, ['a']);
  });

  it('leaves nothing in progress when the caller fails', async () => {
    const { trace, make } = traced();
    const all = async () => {
      for await (const [item] of readAhead(['a', 'bad'], make)) throw new Error(`${item} can’t be used`);
    };
    await assert.rejects(all(), /a can’t be used/);
    assert.ok(trace.includes('made bad'), trace.join(', '));
  });
});
