import assert from 'node:assert/strict';
import { deflateRawSync, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { decodeRedirect } from '../../../../../src/protocols/saml/bindings/redirect.ts';
import { keyPair, redirectQuery, requestXml } from '../helpers.ts';

const limits = { maxInflatedBytes: 256 * 1024 };
const xml = requestXml();
const deflated = encodeURIComponent(deflateRawSync(Buffer.from(xml)).toString('base64'));
const encoded = (octets: Uint8Array): string => encodeURIComponent(Buffer.from(octets).toString('base64'));

describe('a request by HTTP-Redirect', () => {
  it('is read with its RelayState', () => {
    const decoded = decodeRedirect(redirectQuery(xml, { relayState: 'a b+c&d=é' }), limits);
    assert.deepEqual(decoded, { ok: true, xml, relayState: 'a b+c&d=é', spacedParameters: [] });
  });

  it('may have a question mark, other parameters, any order and the named encoding', () => {
    const query = `?lang=en&RelayState=x&lang=de&SAMLEncoding=urn%3Aoasis%3Anames%3Atc%3ASAML%3A2.0%3Abindings%3AURL-Encoding%3ADEFLATE&SAMLRequest=${deflated}&flag`;
    assert.deepEqual(decodeRedirect(query, limits), { ok: true, xml, relayState: 'x', spacedParameters: [] });
  });

  it('distinguishes an empty RelayState from a missing one', () => {
    const decoded = decodeRedirect(`SAMLRequest=${deflated}&RelayState=`, limits);
    assert.ok(decoded.ok);
    assert.equal(decoded.relayState, '');
  });

  it('reads plus signs as spaces in RelayState and as themselves in base64', () => {
    const bare = decodeURIComponent(deflated);
    const decoded = decodeRedirect(`SAMLRequest=${bare.replaceAll('=', '%3D')}&RelayState=a+b`, limits);
    assert.deepEqual(decoded, { ok: true, xml, relayState: 'a b', spacedParameters: [] });
  });

  it('says where white space was in the base64 text, and reads the signed octets as they came', () => {
    const [key, breaks] = [keyPair('sp'), '%0D%0A'];
    const [request = '', sigAlg = '', signature = ''] = redirectQuery(xml, key).split('&');
    const spaced = [`${request.slice(0, 40)}${breaks}${request.slice(40)}`, sigAlg, `${signature}${breaks}`];
    const decoded = decodeRedirect(spaced.join('&'), limits);
    assert.ok(decoded.ok);
    assert.equal(decoded.xml, xml);
    assert.deepEqual(decoded.spacedParameters, ['SAMLRequest', 'Signature']);
    assert.match(decoded.signature?.signedOctets ?? '', /%0D%0A/);
  });

  const faults: [string, string, string][] = [
    ['no query', '', 'missing-message'],
    ['no request', 'RelayState=x', 'missing-message'],
    ['an empty request', 'SAMLRequest=', 'missing-message'],
    ['a request without a value', 'SAMLRequest', 'missing-message'],
    ['the request twice', `SAMLRequest=${deflated}&SAMLRequest=${deflated}`, 'duplicate-parameter'],
    [
      'the request twice, once with an encoded name',
      `SAMLRequest=${deflated}&SAML%52equest=x`,
      'duplicate-parameter',
    ],
    ['RelayState twice', `SAMLRequest=${deflated}&RelayState=a&RelayState=b`, 'duplicate-parameter'],
    [
      'Signature twice',
      `SAMLRequest=${deflated}&SigAlg=a&Signature=aaaa&Signature=bbbb`,
      'duplicate-parameter',
    ],
    ['SigAlg twice', `SAMLRequest=${deflated}&SigAlg=a&SigAlg=a&Signature=aaaa`, 'duplicate-parameter'],
    ['a broken percent sign', `SAMLRequest=${deflated}%`, 'bad-percent-encoding'],
    ['RelayState that is not UTF-8', `SAMLRequest=${deflated}&RelayState=%E9`, 'bad-percent-encoding'],
    ['another encoding', `SAMLRequest=${deflated}&SAMLEncoding=urn:x`, 'unsupported-encoding'],
    ['a request that is not base64', 'SAMLRequest=%3Cxml%2F%3E', 'not-base64'],
    ['base64url', 'SAMLRequest=ab_-', 'not-base64'],
    [
      'base64 without its padding',
      `SAMLRequest=${decodeURIComponent(encoded(Buffer.from('abcd'))).replace(/=+$/, '')}`,
      'not-base64',
    ],
    [
      'base64 with a space in its middle, where a plus sign was lost',
      `SAMLRequest=${deflated.slice(0, 40)}%20${deflated.slice(40)}`,
      'not-base64',
    ],
    ['a request that is not compressed', `SAMLRequest=${encoded(Buffer.from(xml))}`, 'not-deflate'],
    [
      'a request compressed with zlib headers',
      `SAMLRequest=${encoded(deflateSync(Buffer.from(xml)))}`,
      'not-deflate',
    ],
    [
      'a truncated request',
      `SAMLRequest=${encoded(deflateRawSync(Buffer.from(xml)).subarray(0, 60))}`,
      'not-deflate',
    ],
    ['a zip bomb', `SAMLRequest=${encoded(deflateRawSync(Buffer.alloc(50_000_000)))}`, 'too-large'],
    [
      'a request one octet too large',
      `SAMLRequest=${encoded(deflateRawSync(Buffer.alloc(256 * 1024 + 1, 97)))}`,
      'too-large',
    ],
    [
      'a request that is not UTF-8',
      `SAMLRequest=${encoded(deflateRawSync(Buffer.from([0x3c, 0xe9, 0x3e])))}`,
      'not-utf-8',
    ],
    ['SigAlg without Signature', `SAMLRequest=${deflated}&SigAlg=x`, 'incomplete-signature'],
    ['Signature without SigAlg', `SAMLRequest=${deflated}&Signature=aaaa`, 'incomplete-signature'],
    ['a Signature that is not base64', `SAMLRequest=${deflated}&SigAlg=x&Signature=a*`, 'not-base64'],
    ['an empty Signature', `SAMLRequest=${deflated}&SigAlg=x&Signature=`, 'not-base64'],
  ];
  for (const [what, query, reason] of faults) {
    it(`is refused for ${what}: ${reason}`, () => {
      const decoded = decodeRedirect(query, limits);
      assert.equal(decoded.ok ? 'ok' : decoded.reason, reason);
    });
  }

  it('is accepted at exactly the largest size', () => {
    const query = `SAMLRequest=${encoded(deflateRawSync(Buffer.alloc(256 * 1024, 97)))}`;
    assert.equal(decodeRedirect(query, limits).ok, true);
  });

  const raw = deflateRawSync(Buffer.from(xml));
  for (const [what, octets, reason] of [
    ['XML as it is', Buffer.from(xml), /is not compressed, and must be/],
    ['zlib', deflateSync(Buffer.from(xml)), /with the header of zlib/],
    ['a missing end', raw.subarray(0, -20), /its end is missing/],
    ['octets that mean nothing', Buffer.from('ffffff', 'hex'), /is not compressed with DEFLATE$/],
  ] as const) {
    it(`is refused for the true reason: ${what}`, () => {
      const decoded = decodeRedirect(`SAMLRequest=${encoded(octets)}`, limits);
      assert.ok(!decoded.ok);
      assert.match(decoded.detail, reason);
    });
  }

  it('returns the signed octets as they were sent, in the order of the standard', () => {
    const lower = deflated.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase());
    const query = `Signature=aaaa&x=1&RelayState=a%2fb%2F+c&SigAlg=urn%3ax&SAMLRequest=${lower}`;
    const decoded = decodeRedirect(query, limits);
    assert.ok(decoded.ok);
    assert.equal(decoded.signature?.algorithm, 'urn:x');
    assert.equal(decoded.signature.signedOctets, `SAMLRequest=${lower}&RelayState=a%2fb%2F+c&SigAlg=urn%3ax`);
  });

  it('never throws, whatever the query is', () => {
    const parts = fc.array(
      fc.tuple(
        fc.constantFrom('SAMLRequest', 'RelayState', 'SigAlg', 'Signature', 'SAMLEncoding', 'x', ''),
        fc.oneof(
          fc.constant(deflated),
          fc.base64String().map(encodeURIComponent),
          fc.string({ unit: 'binary' }),
        ),
      ),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(parts, (pairs) => {
        const query = pairs.map(([name, value]) => `${name}=${value}`).join('&');
        assert.equal(typeof decodeRedirect(query, limits).ok, 'boolean');
      }),
      { numRuns: 1000 },
    );
  });
});
