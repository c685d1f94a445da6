import assert from 'node:assert/strict';
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { decodePost, encodePost } from '../../../../../src/protocols/saml/bindings/post.ts';
import { requestXml } from '../helpers.ts';

describe('a message by HTTP-POST', () => {
  const xml = requestXml({ attributes: 'ProviderName="é😀"' });

  it('is read', () => assert.deepEqual(decodePost(encodePost(xml)), { ok: true, xml }));

  it('may be broken into lines', () => {
    const lines =
      encodePost(xml)
        .match(/.{1,76}/g)
        ?.join('\r\n') ?? '';
    assert.deepEqual(decodePost(`${lines}\r\n`), { ok: true, xml });
  });

  const faults: [string, string, string][] = [
    ['nothing', '', 'not-base64'],
    ['XML that is not encoded', xml, 'not-base64'],
    ['base64url', 'ab_-', 'not-base64'],
    ['truncated base64', encodePost(xml).slice(0, -1), 'not-base64'],
    ['bits after the end', 'YWJ=', 'not-base64'],
    ['padding in the middle', 'YQ==YQ==', 'not-base64'],
    ['octets that are not UTF-8', Buffer.from([0x3c, 0xff]).toString('base64'), 'not-utf-8'],
  ];
  for (const [what, value, reason] of faults) {
    it(`is refused for ${what}: ${reason}`, () => {
      const decoded = decodePost(value);
      assert.equal(decoded.ok ? 'ok' : decoded.reason, reason);
    });
  }

  // The reason must lead the sender to the mistake, so it must be true.
  const reasons: [string, string, RegExp][] = [
    ['spaces', 'ab cd', /contains spaces, .* plus signs/],
    ['base64url', 'ab_-', /is base64url/],
    ['XML that is not encoded', xml, /is XML that is not encoded in base64$/],
    ['nothing', '', /is empty$/],
    ['a percent sign', 'YWJj%2B==', /contains “%”$/],
    ['an invisible character', 'YWJj\u200bYWJj', /contains U\+200B$/],
    ['a missing end', encodePost(xml).slice(0, -1), /cut off or its padding is missing$/],
    ['padding in the middle', 'YQ==YQ==', /its padding is wrong/],
    ['DEFLATE', deflateRawSync(xml).toString('base64'), /compressed with DEFLATE, as for HTTP-Redirect/],
    ['zlib', deflateSync(xml).toString('base64'), /compressed with zlib/],
    ['gzip', gzipSync(xml).toString('base64'), /compressed with gzip/],
    ['a bomb', deflateRawSync(Buffer.alloc(1 << 20)).toString('base64'), /compressed with DEFLATE/],
    ['octets that are neither text nor compressed', '/////w==', /is not UTF-8$/],
    ['compressed octets that are no XML', deflateSync('abc').toString('base64'), /is not UTF-8$/],
  ];
  for (const [what, value, reason] of reasons) {
    it(`is refused for the true reason: ${what}`, () => {
      const decoded = decodePost(value);
      assert.ok(!decoded.ok);
      assert.match(decoded.detail, reason);
      assert.ok(decoded.detail.length < 120, decoded.detail);
    });
  }

  it('never throws, whatever the value is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.base64String()), (value) => {
        assert.equal(typeof decodePost(value).ok, 'boolean');
      }),
    );
  });
});
