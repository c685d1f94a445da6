import assert from 'node:assert/strict';
import { connectionFailure } from '../../../../../src/interfaces/library/browser/connection-failure.ts';

const URL_OF_THE_APP = new URL('https://app.example.com/acs?SAMLRequest=secret');
const failed = (code: string) => Object.assign(new Error(`it failed: ${code}`), { code });

describe('a request of the library’s browser without an answer', () => {
  for (const [code, reason] of [
    ['ECONNREFUSED', /refuses the connection \(ECONNREFUSED\): nothing listens there/],
    ['ENOTFOUND', /can’t be found \(ENOTFOUND\): this machine doesn’t know/],
    ['ECONNRESET', /ended the connection without an HTTP answer/],
    ['ERR_SSL_WRONG_VERSION_NUMBER', /doesn’t speak TLS/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', /has a certificate that Node\.js doesn’t trust .*NODE_EXTRA_CA_CERTS/],
    ['EUNKNOWN', /can’t be reached: it failed: EUNKNOWN/],
  ] as const) {
    it(`says what ${code} means and names the address, without its query`, () => {
      const error = connectionFailure(URL_OF_THE_APP, failed(code));
      assert.equal(error.code, 'ConnectionFailed');
      assert.ok(error.message.startsWith('https://app.example.com/acs '), error.message);
      assert.match(error.message, reason);
      assert.deepEqual(error.cause, Object.assign(new Error(`it failed: ${code}`), { code }));
    });
  }

  it('says why when a host has several addresses and none answers', () => {
    const { message } = connectionFailure(
      URL_OF_THE_APP,
      new AggregateError([failed('ECONNREFUSED'), failed('EHOSTUNREACH')]),
    );
    assert.match(message, /refuses the connection/);
  });
});
