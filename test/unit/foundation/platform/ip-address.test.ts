import assert from 'node:assert/strict';
import { networkOf, readAddress } from '../../../../src/foundation/platform/ip-address.ts';

describe('an IP address', () => {
  it('has one spelling', () => {
    for (const text of ['2001:db8::1', '2001:DB8:0:0::1', '2001:0db8:0000::0001'])
      assert.equal(readAddress(text), '2001:db8::1');
    for (const text of ['203.0.113.7', '::ffff:203.0.113.7', '::FFFF:cb00:7107'])
      assert.equal(readAddress(text), '203.0.113.7');
    for (const text of ['', 'x', '203.0.113', '0x7f.1', 'fe80::1%eth0', '[::1]', '::1 '])
      assert.equal(readAddress(text), undefined, text);
  });

  it('belongs to a network of which its user can’t choose another', () => {
    assert.equal(networkOf('203.0.113.7'), '203.0.113.7');
    for (const text of ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2:3::'])
      assert.equal(networkOf(readAddress(text) ?? ''), '2001:db8:1:2::/64', text);
    assert.equal(networkOf('2001:db8::1'), '2001:db8:0:0::/64');
    assert.equal(networkOf('::1'), '0:0:0:0::/64');
    assert.equal(networkOf('1:2::5:6:7:8'), '1:2:0:0::/64');
    assert.equal(networkOf('64:ff9b::203.0.113.7'), '64:ff9b:0:0::/64');
    assert.equal(networkOf(''), '', 'a connection that is gone');
  });
});
