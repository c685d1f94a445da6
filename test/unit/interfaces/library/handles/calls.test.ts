import assert from 'node:assert/strict';
import { invalid } from '../../../../../src/foundation/platform/errors.ts';
import { createCall } from '../../../../../src/interfaces/library/handles/calls.ts';

describe('a call of the library', () => {
  it('names a wrong field by the path that programs write, also when a key contains a slash', async () => {
    const call = createCall(() => false);
    for (const [pointer, field] of [
      ['/serviceProvider/acsUrls/0', 'serviceProvider.acsUrls[0]'],
      ['/template/variables/a~1b~0c', 'template.variables.a/b~c'],
      ['displayName', 'displayName'],
    ] as const) {
      await assert.rejects(
        call(() => Promise.reject(invalid(pointer, 'It is wrong.'))),
        { code: 'ValidationException', message: `${field}: It is wrong.` },
      );
    }
  });
});
