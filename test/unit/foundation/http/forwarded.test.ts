import assert from 'node:assert/strict';
import { clientAddress, peerAddress, requestedHost } from '../../../../src/foundation/http/forwarded.ts';

describe('the address of a client behind a proxy', () => {
  const PROXY = '192.0.2.1';
  const addressIn = (header: string | undefined, peer = PROXY, trustProxy = true) =>
    clientAddress({ headers: { 'x-forwarded-for': header }, socket: { remoteAddress: peer } }, trustProxy);

  it('is the last one in X-Forwarded-For, which the proxy adds', () => {
    assert.equal(addressIn('203.0.113.7'), '203.0.113.7');
    assert.equal(addressIn('198.51.100.1, unknown,203.0.113.7 '), '203.0.113.7');
    assert.equal(addressIn(`${'198.51.100.1, '.repeat(2000)}203.0.113.7`), '203.0.113.7');
  });

  it('has no port, which differs with each connection, and no brackets', () => {
    assert.equal(addressIn('203.0.113.7:51234'), '203.0.113.7');
    assert.equal(addressIn('[2001:db8::1]:443'), '2001:db8::1');
    assert.equal(addressIn('[2001:db8::1]'), '2001:db8::1');
    assert.equal(addressIn('2001:db8::1'), '2001:db8::1');
  });

  it('is spelled in one way', () => {
    assert.equal(addressIn('2001:DB8:0:0::1'), '2001:db8::1');
    assert.equal(addressIn('::ffff:203.0.113.7'), '203.0.113.7');
    assert.equal(addressIn('[::FFFF:CB00:7107]:80'), '203.0.113.7');
    assert.equal(addressIn(undefined, '::ffff:127.0.0.1'), '127.0.0.1');
    assert.equal(addressIn(undefined, 'fe80::1%eth0'), 'fe80::1');
  });

  it('is the proxy’s when the last value is no address (a new name for each guess)', () => {
    for (const value of [
      ...['', ',', '203.0.113.7,', 'unknown', '_hidden', 'localhost', 'for=203.0.113.7', '"203.0.113.7"'],
      ...[
        '203.0.113.7:',
        '203.0.113.7:123456',
        '203.0.113.7:80:80',
        '203.0.113',
        '203.0.113.256',
        '0x7f.0.0.1',
      ],
      ...[
        '010.0.0.1',
        '2001:db8::1%eth0',
        '[203.0.113.7]',
        '[2001:db8::1',
        '2001:db8::1]:80',
        '[::1]x',
        ':::',
      ],
      ...['203.0.113.7 x', '1'.repeat(4096), `::1%${'a'.repeat(4096)}`],
    ])
      assert.equal(addressIn(value), PROXY, value);
  });

  it('is the connection’s without --trust-proxy', () => {
    assert.equal(addressIn('203.0.113.7', PROXY, false), PROXY);
  });

  it('is empty when the connection is already closed', () => {
    assert.equal(clientAddress({ headers: {}, socket: {} }, true), '');
    assert.equal(peerAddress({}), '');
  });
});

describe('the host that a client asked for', () => {
  const headers = { host: 'vestibule:8080', 'x-forwarded-host': 'sso.example.com, Evil.example' };

  it('is the last value of X-Forwarded-Host, which the proxy adds', () => {
    assert.equal(requestedHost({ headers }, true), 'evil.example');
    assert.equal(requestedHost({ headers: { host: 'a', 'x-forwarded-host': '' } }, true), '');
    assert.equal(requestedHost({ headers: { host: 'a' } }, true), 'a');
  });

  it('is the Host header without --trust-proxy', () => {
    assert.equal(requestedHost({ headers }, false), 'vestibule:8080');
    assert.equal(requestedHost({ headers: {} }, false), '');
  });
});
