import assert from 'node:assert/strict';
import { transportPolicy } from '../../../../src/foundation/http/strict-transport.ts';

describe('Strict-Transport-Security', () => {
  it('is sent only if it is asked for, and for names below ours only if that is asked for', () => {
    const publicUrl = new URL('https://sso.example.com');
    const maxAge = 31_536_000;
    assert.equal(transportPolicy('off', publicUrl), false);
    assert.deepEqual(transportPolicy('host', publicUrl), { maxAge, includeSubDomains: false });
    assert.deepEqual(transportPolicy('subdomains', publicUrl), { maxAge, includeSubDomains: true });
  });

  for (const publicUrl of [
    'http://sso.example.com',
    'https://localhost:8443',
    'https://LOCALHOST',
    'https://idp.localhost:8443',
    'https://localhost.',
    'https://127.0.0.1:8443',
    'https://127.9.8.7',
    'https://127.1',
    'https://[::1]:8443',
    'https://[0:0:0:0:0:0:0:1]',
  ]) {
    it(`is never sent at ${publicUrl}, where it would break other programs`, () => {
      assert.equal(transportPolicy('subdomains', new URL(publicUrl)), false);
    });
  }

  for (const publicUrl of [
    'https://localhost.example.com',
    'https://notlocalhost',
    'https://127.0.0.1.example',
  ])
    it(`is sent at ${publicUrl}, which only resembles a loopback name`, () => {
      assert.ok(transportPolicy('host', new URL(publicUrl)));
    });
});
