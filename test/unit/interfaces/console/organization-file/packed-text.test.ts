import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { AppError } from '../../../../../src/foundation/platform/errors.ts';
import {
  MAX_OCTETS,
  packText,
  unpackText,
} from '../../../../../src/interfaces/console/organization-file/packed-text.ts';

const MIB = 1024 * 1024;

describe('an organization file in the preview’s form', () => {
  for (const [title, text] of [
    ['of quotes', '"'.repeat(MIB)],
    ['of Chinese names', '名'.repeat(Math.floor(MAX_OCTETS / 3))],
    ['that does not compress', randomBytes(MIB / 2).toString('hex')],
    ['that is empty', ''],
  ] as const)
    it(`is not escaped and grows by a third at most, one ${title}`, () => {
      const packed = packText(text);
      assert.match(packed, /^[\w-]*$/);
      assert.ok(packed.length <= (Buffer.byteLength(text) * 4) / 3 + 64, String(packed.length));
      assert.ok(unpackText(packed) === text);
    });

  for (const [title, packed] of [
    ['a decompression bomb (attack)', deflateRawSync(Buffer.alloc(MAX_OCTETS + 1)).toString('base64url')],
    ['what was never packed', 'version: 1'],
    ['nothing', ''],
  ] as const)
    it(`is refused when it is ${title}`, () => {
      assert.throws(
        () => unpackText(packed),
        (error) => error instanceof AppError && error.status === 400,
      );
    });
});
