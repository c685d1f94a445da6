import assert from 'node:assert/strict';
import { AppError, type ErrorCode } from '../../../src/foundation/platform/errors.ts';

/** For `assert.rejects`: an AppError of this code, at fault in exactly these fields when they are given. */
export function failsWith(code: ErrorCode, ...fields: string[]) {
  return (error: unknown): true => {
    assert.ok(error instanceof AppError, String(error));
    assert.equal(error.code, code);
    if (fields.length > 0)
      assert.deepEqual(
        error.fields.map((fault) => fault.field),
        fields,
      );
    return true;
  };
}
