import assert from 'node:assert/strict';
import { affordableConnections } from '../../../../src/foundation/http/file-handles.ts';

describe('how many connections the limit on open files allows', () => {
  it('all that are wanted, less what others need, but at least half', () => {
    for (const [openFiles, expected] of [
      [20_000, 2000],
      [1024, 824],
      [256, 128],
    ] as const)
      assert.equal(affordableConnections(2000, openFiles), expected);
  });
});
