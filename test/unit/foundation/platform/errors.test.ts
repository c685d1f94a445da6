import assert from 'node:assert/strict';
import { AppError, invalid, notFound } from '../../../../src/foundation/platform/errors.ts';
import { toIso, toIsoSeconds } from '../../../../src/foundation/platform/clock.ts';

describe('errors', () => {
  it('have a status by their code, a message for people, and a separate cause', () => {
    const cause = new Error('secret detail');
    const error = new AppError('ThrottlingException', 'Wait a little.', { cause, retryAfterSeconds: 30 });
    assert.deepEqual([error.code, error.status, error.retryAfterSeconds], ['ThrottlingException', 429, 30]);
    assert.deepEqual([error.publicMessage, error.fields, error.cause], ['Wait a little.', [], cause]);
    assert.doesNotMatch(error.publicMessage, /secret/);
  });

  it('name what does not exist and which field is wrong', () => {
    assert.deepEqual([notFound('The user').status, invalid('/email', 'x').status], [404, 400]);
    assert.equal(notFound('The user').publicMessage, 'The user does not exist, or no longer does.');
    assert.deepEqual(invalid('/email', 'Expected an address.').fields, [
      { field: '/email', message: 'Expected an address.' },
    ]);
  });
});

describe('instants', () => {
  it('are formatted as in events and as in the control API', () => {
    const at = Date.UTC(2020, 11, 7, 20, 33, 58, 999);
    assert.deepEqual([toIsoSeconds(at), toIso(at)], ['2020-12-07T20:33:58Z', '2020-12-07T20:33:58.999Z']);
  });
});
