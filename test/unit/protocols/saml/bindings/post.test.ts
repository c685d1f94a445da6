import assert from 'node:assert/strict';
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

  it('has a likely explanation for spaces', () => {
    const decoded = decodePost('ab cd');
    assert.ok(!decoded.ok);
    assert.match(decoded.detail, /plus signs/);
  });

  it('never throws, whatever the value is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.base64String()), (value) => {
        assert.equal(typeof decodePost(value).ok, 'boolean');
      }),
    );
  });
});
