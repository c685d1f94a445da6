import assert from 'node:assert/strict';
import { EXAMPLE, signIn, startServer, type TestServer } from '../../../support/servers/server.ts';

const organization = EXAMPLE.replace('passwordHashCost: 4', 'passwordHashCost: 4, attemptsPerAddress: 3');

describe('the address of the client', () => {
  let server: TestServer | undefined;
  afterEach(() => server?.stop());

  const addressesAfter = async (forwardedFor: string) => {
    const browser = server?.browser() ?? assert.fail();
    browser.forwardedFor = forwardedFor;
    const page = await signIn(browser, 'ana@example.com', 'wrong-Password-1');
    const events = (await server?.events()) ?? [];
    return { status: page.status, address: events.at(-1)?.sourceIPAddress };
  };

  it('is in events the address that the proxy adds', async () => {
    server = await startServer({ organization, trustProxy: true });
    assert.equal((await addressesAfter('203.0.113.7')).address, '203.0.113.7');
    assert.equal((await addressesAfter('198.51.100.1, 203.0.113.7')).address, '203.0.113.7');
  });

  it('is the same whatever the client’s port, and the proxy’s when the header has no address', async () => {
    server = await startServer({ organization, trustProxy: true });
    const addresses = [];
    for (const forwardedFor of ['203.0.113.7:51234', '[2001:DB8::1]:443', 'unknown'])
      addresses.push((await addressesAfter(forwardedFor)).address);
    assert.deepEqual(addresses, ['203.0.113.7', '2001:db8::1', '127.0.0.1']);
  });

  it('can’t be forged to guess passwords: attempts are counted by the address that the proxy adds', async () => {
    server = await startServer({ organization, trustProxy: true });
    const statuses = [];
    for (let guess = 0; guess < 5; guess += 1)
      statuses.push((await addressesAfter(`198.51.100.${guess}, 203.0.113.7`)).status);
    assert.equal(statuses.at(-1), 429);
    assert.notEqual((await addressesAfter('198.51.100.1, 203.0.113.8')).status, 429, 'another address');
  });

  it('is the connection’s without --trust-proxy, whatever a header says', async () => {
    server = await startServer({ organization });
    assert.match((await addressesAfter('203.0.113.7')).address ?? '', /^(127\.0\.0\.1|::1)$/);
  });
});
