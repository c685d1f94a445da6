import assert from 'node:assert/strict';
import { responseOf } from '../../../support/saml/delivery.ts';
import { assertRefused } from '../../../support/saml/refusals.ts';
import { CODE, signedIn } from '../../../support/saml/organization.ts';
import type { TestServer } from '../../../support/servers/server.ts';
import { startSignedServer } from '../../../support/saml/signed-requests.ts';
import { redirectRequest, targetOf, type Target } from '../../../support/saml/single-sign-on.ts';
import { keyPair, redirectQuery, RSA_SHA1 } from '../../../unit/protocols/saml/helpers.ts';

const { privateKeyPem } = keyPair('sp');
const OTHER = keyPair('other');

describe('invalid signatures on queries', () => {
  let server: TestServer;
  let strict: Target;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startSignedServer();
    strict = await targetOf(server, 'strict');
  });
  after(() => server.stop());

  /** Queries of HTTP-Redirect without a valid signature of themselves. */
  const queries: [string, () => string, RegExp, string?][] = [
    ['no signature', () => redirectQuery(strict.request()), /this one is not signed/],
    [
      'the signature of another key',
      () => redirectQuery(strict.request(), { privateKeyPem: OTHER.privateKeyPem }),
      /no certificate of the service provider made/,
    ],
    [
      'SHA-1',
      () => redirectQuery(strict.request(), { privateKeyPem, hash: 'sha1', algorithm: RSA_SHA1 }),
      /rsa-sha1 is not accepted/,
    ],
    [
      'an unknown algorithm',
      () => redirectQuery(strict.request(), { privateKeyPem, algorithm: 'none' }),
      /none is not accepted/,
    ],
    [
      'an algorithm other than the one that was used',
      () =>
        redirectQuery(strict.request(), {
          privateKeyPem,
          algorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
        }),
      /no certificate of/,
    ],
    [
      'RelayState changed',
      () => redirectQuery(strict.request(), { relayState: '/mine', privateKeyPem }).replace('mine', 'yours'),
      /no certificate of/,
    ],
    [
      'RelayState taken away',
      () =>
        redirectQuery(strict.request(), { relayState: '/mine', privateKeyPem }).replace(
          /&RelayState=[^&]*/,
          '',
        ),
      /no certificate of/,
    ],
    [
      'RelayState emptied',
      () =>
        redirectQuery(strict.request(), { relayState: '/mine', privateKeyPem }).replace(
          /(&RelayState=)[^&]*/,
          '$1',
        ),
      /no certificate of/,
    ],
    [
      'RelayState added',
      () => redirectQuery(strict.request(), { privateKeyPem }).replace('&SigAlg', '&RelayState=x&SigAlg'),
      /no certificate of/,
    ],
    [
      'the signature of another request',
      () => {
        const [, ...signature] = redirectQuery(strict.request(), { privateKeyPem }).split('&');
        return [redirectQuery(strict.request({ attributes: 'ForceAuthn="false"' })), ...signature].join('&');
      },
      /no certificate of/,
    ],
    [
      'the same parameters, percent-encoded anew in lower case',
      () =>
        redirectQuery(strict.request(), { relayState: '/r?é', privateKeyPem }).replace(
          /%[0-9A-F]{2}/g,
          (each) => each.toLowerCase(),
        ),
      /no certificate of/,
    ],
    [
      'the same parameters with a plus sign for a space that was signed as %20',
      () => redirectQuery(strict.request(), { relayState: 'a b', privateKeyPem }).replace('a%20b', 'a+b'),
      /no certificate of/,
    ],
    [
      'an empty signature',
      () => redirectQuery(strict.request(), { privateKeyPem }).replace(/(&Signature=).*/, '$1'),
      /not-base64/,
      'unreadable',
    ],
    [
      'a signed request without a Destination, which could be carried elsewhere',
      () => redirectQuery(strict.request({ destination: null }), { privateKeyPem }),
      /is signed but has no Destination/,
      'destination',
    ],
  ];
  for (const [what, make, says, reason] of queries) {
    it(`${what} (Redirect)`, () =>
      assertRefused(server, () => server.browser().get(`${strict.path}?${make()}`), {
        says,
        reason: reason ?? 'signature',
      }));
  }

  it('unlike a genuine one, which is still answered afterwards', async () => {
    const page = await redirectRequest(await signedIn(server), strict, strict.request(), { privateKeyPem });
    assert.deepEqual((await responseOf(page)).status, [`${CODE}Success`]);
  });
});
