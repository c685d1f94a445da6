import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { readImportBody } from '../../../../../../src/interfaces/control-api/resources/directory/import-body.ts';
import type { Ctx } from '../../../../../../src/foundation/http/context.ts';
import { failsWith } from '../../../../../support/basics/failures.ts';

/** As much of a request as is read here. */
function request(type: string, body: AsyncIterable<Buffer>): Ctx {
  const asked = {
    get: () => '',
    is: (wanted: string) => (type.endsWith(wanted) ? type : false),
    req: Readable.from(body, { objectMode: false }),
  };
  return asked as unknown as Ctx; // nothing else of it is looked at
}

async function* brokenOff(): AsyncGenerator<Buffer> {
  yield await Promise.resolve(Buffer.from('{"user":'));
  throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' }); // what Node says of a client that went away
}

describe('the body of an import', () => {
  for (const type of ['application/json', 'application/x-ndjson']) {
    it(`that its sender breaks off is no failure of ours (${type})`, async () => {
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
