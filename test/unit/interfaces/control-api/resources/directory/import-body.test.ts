import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { readImportBody } from '../../../../../../src/interfaces/control-api/resources/directory/import-body.ts';
import type { Ctx } from '../../../../../../src/foundation/http/context.ts';
import { failsWith } from '../../../../../support/basics/failures.ts';

/** The part of a request that the reader uses. */
function request(type: string, body: AsyncIterable<Buffer>): Ctx {
  const asked = {
    get: () => '',
    is: (wanted: string) => (type.endsWith(wanted) ? type : false),
    req: Readable.from(body, { objectMode: false }),
  };
  return asked as unknown as Ctx; // The reader uses nothing else.
}

async function* brokenOff(): AsyncGenerator<Buffer> {
  yield await Promise.resolve(Buffer.from('{"user":'));
  throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' }); // Node's error for a client that disconnected.
}

describe('the body of a bulk import', () => {
  for (const type of ['application/json', 'application/x-ndjson']) {
    it(`is no failure of ours when its client breaks it off (${type})`, async () => {
      await assert.rejects(readImportBody(request(type, brokenOff())), failsWith('BadRequest'));
    });
  }

  it('is refused with a JSON pointer to each unknown member', async () => {
    async function* body(): AsyncGenerator<Buffer> {
      yield await Promise.resolve(Buffer.from('{"users":[],"a/b~c":1}'));
    }
    await assert.rejects(readImportBody(request('application/json', body())), {
      code: 'ValidationException',
      fields: [{ field: '/a~1b~0c', message: 'a/b~c is not known here.' }],
    });
  });
});
