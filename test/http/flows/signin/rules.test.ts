import assert from 'node:assert/strict';
import { z } from 'zod';
import type { Answer, Browserless } from '../../../support/servers/browserless.ts';
import { API_TOKEN, signIn, startServer, type TestServer } from '../../../support/servers/server.ts';
import { api, authenticate, targetOf, userIdOf } from '../../../support/saml/single-sign-on.ts';

describe('rules that are easy to overlook', () => {
  let server: TestServer;
  let browser: Browserless;
  beforeEach(async () => {
    server = await startServer();
    browser = server.browser();
  });
  afterEach(() => server.stop());

  const call = (method: string, path: string, json?: object): Promise<Answer> =>
    browser.send(method, `/api/v1/organizations/default/${path}`, {
      ...(json && { json }),
      headers: { authorization: `Bearer ${API_TOKEN}` },
    });

  it('a disabled user can’t be edited, reset or added to a group, and their groups can’t be viewed', async () => {
    const dora = `users/${await userIdOf(server, 'dora@example.com')}`;
    const page = await api(server, 'GET', 'groups');
    const { items } = z.object({ items: z.array(z.object({ id: z.string() })) }).parse(page);
    const [group] = items;
    assert.ok(group);
    const member = `groups/${group.id}/members/${dora.slice('users/'.length)}`;
    const tries = {
      edit: () => call('PATCH', dora, { displayName: 'D.' }),
      'edit and disable': () => call('PATCH', dora, { displayName: 'D.', enabled: false }),
      reset: () => call('PUT', `${dora}/password`, { password: 'correct-Horse-0' }),
      'add to a group': () => call('PUT', member),
      'view the groups': () => call('GET', `${dora}/groups`),
      'register a device': () => call('POST', `${dora}/mfa-devices/registrations`, { type: 'totp' }),
    };
    for (const [what, attempt] of Object.entries(tries)) {
      const { status, body } = await attempt();
      assert.equal(status, 409, what);
      assert.match(body, /dora@example\.com is disabled\. Enable the user first\./, what);
    }
    // All of these work once the user is enabled.
    assert.equal((await call('PATCH', dora, { enabled: true })).status, 200);
    for (const [what, attempt] of Object.entries(tries)) {
      if (what === 'edit and disable') continue;
      assert.ok((await attempt()).status < 300, what);
    }
    const groups = z
      .object({ items: z.array(z.object({ displayName: z.string() })) })
      .parse(await api(server, 'GET', `${dora}/groups`));
    assert.deepEqual(
      groups.items.map(({ displayName }) => displayName),
      ['Engineering'],
    );
  });

  it('assignments that are created and deleted while a user is signed in take effect at once', async () => {
    await signIn(browser, 'bo@example.com', 'correct-Horse-8');
    const portal = async () => (await browser.get('/demo/start')).body;
    assert.match(await portal(), /You do not have any applications/);
    await api(server, 'PUT', 'applications/wiki/assignments', { users: ['bo@example.com'], groups: [] });
    assert.match(await portal(), /Wiki/);
    const { path } = await targetOf(server, 'wiki');
    assert.equal((await browser.get(path)).status, 200);
    await api(server, 'PUT', 'applications/wiki/assignments', { users: [], groups: [] });
    assert.match(await portal(), /You do not have any applications/);
    assert.equal((await browser.get(path)).status, 403);
  });

  it('a sign-in leads only to this instance, whatever the request asked for', async () => {
    const evil = 'https://evil.example/';
    const asked = [
      `/demo/start?next=${evil}&RelayState=${evil}&returnTo=//evil.example`,
      `${(await targetOf(server, 'wiki')).path}?RelayState=${encodeURIComponent(evil)}`,
    ];
    for (const address of asked) {
      const person = server.browser();
      const identify = await person.get(address, { followRedirects: true });
      const password = await person.submit(
        identify,
        { username: 'ana@example.com' },
        { followRedirects: true },
      );
      const answer = await person.submit(password, { password: 'correct-Horse-7' });
      const { directoryId } = server.instance;
      assert.match(answer.location ?? '', new RegExp(`^/(demo|${directoryId})/(start|saml/)`), address);
      assert.ok(!(answer.location ?? '').includes('//'), answer.location);
    }
    const events = await server.events();
    const destinations = events.flatMap(({ eventName, additionalEventData: data }) =>
      eventName === 'UserAuthentication' ? [new URL(data?.['LoginTo'] ?? '').origin] : [],
    );
    assert.deepEqual(destinations, [server.publicUrl.origin, server.publicUrl.origin]);
  });

  it('a RelayState reaches its service provider in the form, never in a redirect of ours', async () => {
    const target = await targetOf(server, 'wiki');
    const relayState = 'https://wiki.example.com/page?a=1';
    const identify = await browser.get(target.redirect(target.request(), { relayState }), {
      site: 'cross-site',
      followRedirects: true,
    });
    const page = await authenticate(browser, identify, 'ana@example.com', 'correct-Horse-7');
    assert.equal(page.status, 200);
    assert.match(page.body, /name="RelayState" value="https:\/\/wiki\.example\.com\/page\?a=1"/);
  });
});
