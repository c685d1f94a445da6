import assert from 'node:assert/strict';
import { AppError, type ErrorCode } from '../../../src/foundation/platform/errors.ts';

/**
 * Matches, for `assert.rejects`, an AppError with this code and, if fields are given, with exactly these fields at
 * fault.
 */
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
