import assert from 'node:assert/strict';
import { describeFailure, StartError } from '../../../src/server/start-error.ts';

describe('what a command prints when it fails', () => {
  it('is the sentence of an error that was foreseen', () => {
    const told = describeFailure(new StartError('Port 80 can’t be listened on.'), { logLevel: 'debug' });
    assert.equal(told, 'Port 80 can’t be listened on.');
  });

  it('is one line for any other error, and its stack only with the log levels debug and trace', () => {
    const error = new Error('EMFILE: too many open files');
    for (const logLevel of ['info', 'silent'] as const) {
      const told = describeFailure(error, { logLevel });
      assert.equal(
        told,
        'Vestibule failed: EMFILE: too many open files. VESTIBULE_LOG_LEVEL=debug shows where.',
      );
    }
    assert.match(describeFailure(error, { logLevel: 'trace' }), /\n\s+at .*start-error\.test\.ts/);
    assert.match(describeFailure('thrown text', { logLevel: 'info' }), /^Vestibule failed: thrown text\./);
  });
});
