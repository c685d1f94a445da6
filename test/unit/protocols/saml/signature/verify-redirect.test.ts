import assert from 'node:assert/strict';
import {
  decodeRedirect,
  type RedirectSignature,
} from '../../../../../src/protocols/saml/bindings/redirect.ts';
import { verifyRedirectSignature } from '../../../../../src/protocols/saml/signature/verify-redirect.ts';
import {
  ecCertificate,
  ecPrivateKeyPem,
  keyPair,
  redirectQuery,
  requestXml,
  RSA_SHA1,
  type RedirectOptions,
} from '../helpers.ts';

const sp = keyPair('sp');
const other = keyPair('other');

function received(query: string): RedirectSignature {
  const decoded = decodeRedirect(query, { maxInflatedBytes: 100_000 });
  assert.ok(decoded.ok && decoded.signature);
  return decoded.signature;
}

function signed(options: RedirectOptions = {}): string {
  return redirectQuery(requestXml(), { relayState: 'a b', privateKeyPem: sp.privateKeyPem, ...options });
}

function verdictOf(query: string, certificates = [sp.certificate], options = {}): string {
  const verdict = verifyRedirectSignature(received(query), certificates, options);
  return verdict.ok ? 'ok' : verdict.reason;
}

describe('the signature of a redirect', () => {
  it('is accepted from the service provider', () => assert.equal(verdictOf(signed()), 'ok'));

  it('is accepted without RelayState', () => {
    const query = redirectQuery(requestXml(), { privateKeyPem: sp.privateKeyPem });
    assert.equal(verdictOf(query), 'ok');
  });

  it('is verified over the octets as they were sent, with any percent-encoding', () => {
    const lower = (text: string): string =>
      encodeURIComponent(text).replace(/%../g, (hex) => hex.toLowerCase());
    const plus = (text: string): string => encodeURIComponent(text).replaceAll('%20', '+');
    assert.equal(verdictOf(signed({ encode: lower })), 'ok');
    assert.equal(verdictOf(signed({ encode: plus })), 'ok');
  });

  for (const bits of ['384', '512']) {
    it(`may use SHA-${bits}`, () => {
      const algorithm = `http://www.w3.org/2001/04/xmldsig-more#rsa-sha${bits}`;
      assert.equal(verdictOf(signed({ hash: `sha${bits}`, algorithm })), 'ok');
    });
  }

  it('may use any of several certificates, even among unreadable and foreign ones', () => {
    assert.equal(verdictOf(signed(), [other.certificate, 'AAAA', ecCertificate, sp.certificate]), 'ok');
  });

  it('may use SHA-1 only where that is allowed', () => {
    const query = signed({ hash: 'sha1', algorithm: RSA_SHA1 });
    assert.equal(verdictOf(query), 'algorithm-not-allowed');
    assert.equal(verdictOf(query, [sp.certificate], { allowSha1: true }), 'ok');
  });

  const refused: [string, string, string[], string][] = [
    ['another key', signed({ privateKeyPem: other.privateKeyPem }), [sp.certificate], 'signature-invalid'],
    [
      'a changed RelayState',
      signed().replace('RelayState=a', 'RelayState=b'),
      [sp.certificate],
      'signature-invalid',
    ],
    [
      'RelayState added',
      redirectQuery(requestXml(), { privateKeyPem: sp.privateKeyPem }) + '&RelayState=x',
      [sp.certificate],
      'signature-invalid',
    ],
    ['RelayState removed', signed().replace('RelayState=a%20b&', ''), [sp.certificate], 'signature-invalid'],
    ['octets encoded differently', signed().replace('a%20b', 'a+b'), [sp.certificate], 'signature-invalid'],
    ['another hash than the named one', signed({ hash: 'sha1' }), [sp.certificate], 'signature-invalid'],
    [
      'HMAC with the certificate as its secret',
      signed({ algorithm: 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256' }),
      [sp.certificate],
      'algorithm-not-allowed',
    ],
    ['an unknown algorithm', signed({ algorithm: 'none' }), [sp.certificate], 'algorithm-not-allowed'],
    ['no certificate at all', signed(), [], 'no-certificate'],
    [
      'an elliptic curve signature under the name of RSA',
      signed({ privateKeyPem: ecPrivateKeyPem }),
      [ecCertificate],
      'signature-invalid',
    ],
    ['a certificate of another kind of key', signed(), [ecCertificate], 'signature-invalid'],
  ];
  for (const [what, query, certificates, reason] of refused) {
    it(`is refused with ${what}: ${reason}`, () => assert.equal(verdictOf(query, certificates), reason));
  }
});
