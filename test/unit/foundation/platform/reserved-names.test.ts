import assert from 'node:assert/strict';
import { reservedDomainOf } from '../../../../src/foundation/platform/reserved-names.ts';

describe('the reserved domain of a host', () => {
  for (const [host, domain] of [
    ['example.com', 'example.com'],
    ['wiki.example.com', 'example.com'],
    ['a.b.example.net', 'example.net'],
    ['example.org.', 'example.org'],
    ['sp.example', '.example'],
    ['app.test', '.test'],
    ['a.b.invalid.', '.invalid'],
  ] as const) {
    it(`of ${host} is ${domain}`, () => assert.equal(reservedDomainOf(host), domain));
  }

  for (const host of [
    ...['localhost', 'app.localhost', '127.0.0.1', '[::1]', '192.0.2.1'],
    // Containers and machines of a local network.
    ...['test', 'example', 'wiki', 'sp.internal'],
    ...['myexample.com', 'example.com.au', 'example.dev', 'test.com', 'mytest', 'latest', 'app.latest'],
    ...['example.com.evil.dev', 'xn--test-.dev', ''],
  ]) {
    it(`is none for ${host === '' ? 'an empty name' : host}`, () => {
      assert.equal(reservedDomainOf(host), undefined);
    });
  }
});
