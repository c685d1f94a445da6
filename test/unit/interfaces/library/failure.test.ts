import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { invalid } from '../../../../src/foundation/platform/errors.ts';
import { StorageError } from '../../../../src/foundation/storage/storage-error.ts';
import { createGuard } from '../../../../src/interfaces/library/guard.ts';
import { refusal } from '../../../support/servers/library.ts';

/** How Node prints an error that nobody catches, below the line of the program. */
const printed = (error: Error) => inspect(error, { customInspect: false, depth: 5 });

/** The error of a method that fails with this one. */
const refusedBy = (thrown: unknown) => {
  const { inner } = createGuard(() => false)({
    inner: {
      async method() {
        await Promise.resolve();
        throw thrown; // also what isn't an Error
      },
    },
  });
  return refusal(inner.method());
};

describe('an error of the library', () => {
  it('names a wrong field by the path that programs write, also when a key contains a slash', async () => {
    for (const [pointer, field] of [
      ['/serviceProvider/acsUrls/0', 'serviceProvider.acsUrls[0]'],
      ['/template/variables/a~1b~0c', 'template.variables.a/b~c'],
      ['displayName', 'displayName'],
    ] as const) {
      const { code, message } = await refusedBy(invalid(pointer, 'It is wrong.'));
      assert.deepEqual([code, message], ['ValidationException', `${field}: It is wrong.`]);
    }
  });

  it('begins its stack where the program called the method', async () => {
    const { stack = '' } = await refusedBy(invalid('', 'It is wrong.'));
    const [said, first = ''] = stack.split('\n');
    assert.equal(said, 'VestibuleError: It is wrong.');
    assert.match(first, /refusedBy .*failure\.test\.ts/);
  });

  it('is printed as its message and code, without the wrong fields that the message contains', async () => {
    const error = await refusedBy(invalid('/email', 'It is wrong.'));
    assert.deepEqual(error.fields, [{ field: 'email', message: 'It is wrong.' }]);
    assert.match(
      printed(error),
      /^VestibuleError: email: It is wrong\.(\n +at .*)+ \{\n {2}code: 'ValidationException'\n\}$/,
    );
  });

  it('has the system’s error as its cause, as one line, when the database doesn’t answer', async () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), {
      code: 'ECONNREFUSED',
      port: 1,
    });
    // Node tries each address of a host, and reports all.
    const all = new AggregateError([refused, refused]);
    for (const thrown of [refused, all]) {
      const error = await refusedBy(new StorageError('unreachable', new Error('outer', { cause: thrown })));
      assert.equal(error.code, 'ServiceUnavailable');
      assert.match(
        printed(error),
        /\n {2}\[cause\]: \[?Error: connect ECONNREFUSED 127\.0\.0\.1:1\]? \{ code: 'ECONNREFUSED' \}\n\}$/,
      );
    }
  });

  it('is also what an unforeseen error becomes, whose stack it keeps', async () => {
    const bug = new TypeError('x is undefined');
    const error = await refusedBy(bug);
    assert.deepEqual([error.code, error.message], ['InternalError', 'Vestibule failed: x is undefined']);
    assert.equal(error.cause, bug);
    assert.equal((await refusedBy('text')).message, 'Vestibule failed: text');
  });

  it('comes of whatever a clock or a log of the program throws', async () => {
    const circular = new Error('inner');
    circular.cause = new Error('outer', { cause: circular });
    for (const [thrown, said] of [
      [circular, 'inner'],
      [Object.create(null), '[Object: null prototype] {}'],
      [{ toString: () => assert.fail() }, '{ toString: [Function: toString] }'],
      [null, 'null'],
    ] as const) {
      const { code, message } = await refusedBy(thrown);
      assert.deepEqual([code, message], ['InternalError', `Vestibule failed: ${said}`]);
    }
  });
});
