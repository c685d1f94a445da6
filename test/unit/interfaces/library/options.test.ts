import assert from 'node:assert/strict';
import { VestibuleError } from '../../../../src/index.ts';
import { readOptions } from '../../../../src/interfaces/library/options.ts';
import type { VestibuleOptions } from '../../../../src/interfaces/library/types/vestibule.ts';

/** What a program without types passes. */
const read = (options: unknown) => readOptions(options as VestibuleOptions);

/** Each option with values that it can't have. */
const WRONG: Readonly<Record<Exclude<keyof VestibuleOptions, 'organization'>, readonly unknown[]>> = {
  port: ['x', 70_000, -1, {}],
  publicUrl: [5, 'no address', 'http://a/b', {}],
  clock: [5, {}, { now: 5 }, null],
  data: [5, '', {}],
  databaseUrl: [5, 'mysql://a/b', {}],
  secret: [5, 'short', {}],
  certs: [5, '', true, null],
  apiToken: [5, 'short', {}],
  smtpUrl: [5, 'http://a', {}],
  mailFrom: [5, 'nobody', {}],
  log: [5, {}, 'stdout', null],
  logLevel: [5, 'loud', {}],
};

describe('the options of the library', () => {
  for (const [name, values] of Object.entries(WRONG)) {
    it(`refuse a wrong ${name}, naming it`, () => {
      for (const value of values) {
        assert.throws(
          () => read({ [name]: value }),
          (error) =>
            error instanceof VestibuleError &&
            error.code === 'StartFailed' &&
            new RegExp(`(^An option is wrong: | {2})${name}: .{10}`, 'm').test(error.message),
          String(value),
        );
      }
    });
  }

  it('are an object', () => {
    for (const options of [null, 5, 'text'])
      assert.throws(() => read(options), /Expected the options as an object/);
  });
});
