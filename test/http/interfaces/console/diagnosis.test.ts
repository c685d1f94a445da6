import assert from 'node:assert/strict';
import { textOf, type Browserless } from '../../../support/servers/browserless.ts';
import { API_TOKEN, signIn, startServer, type TestServer } from '../../../support/servers/server.ts';

const DIAGNOSIS = '/demo/console/diagnosis';

describe('the console’s diagnosis', () => {
  let server: TestServer;
  let ana: Browserless;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer();
    await server.organization.users.setConsoleAccess('ana@example.com', 'read-only');
    ana = server.browser();
    await signIn(ana, 'ana@example.com', 'correct-Horse-7');
  });
  after(() => server.stop());

  /** Creates something by the control API; returns its id. */
  const api = async (method: string, path: string, body: unknown) => {
    const answer = await fetch(new URL(`/api/v1/organizations${path}`, server.publicUrl), {
      ...{ method, body: JSON.stringify(body) },
      headers: { Authorization: `Bearer ${API_TOKEN}`, 'Content-Type': 'application/json' },
    });
    const { id } = (await answer.json()) as { id?: string }; // asserted below
    return id ?? assert.fail(`${path}: ${answer.status}`);
  };
  const ask = (user: string, application: string) =>
    ana.get(`${DIAGNOSIS}?${new URLSearchParams({ user, application }).toString()}`);

  it('names the cause first, and leads to where it can be changed', async () => {
    const page = await ask('dora@example.com', 'wiki');
    assert.equal(page.status, 200);
    assert.match(textOf(page), /dora@example.com can’t sign in to Wiki: the user is disabled, and/);
    assert.match(textOf(page), /Stops it: Access The application isn’t assigned to the user/);
    assert.match(page.body, /href="[^"]*\/applications\/ins-[0-9a-f]+\/users"/);
    assert.match(textOf(await ask('ana@example.com', 'Notes')), /Nothing stops ana@example.com/);
  });

  it('offers those that a part of a name may mean, and takes the only one', async () => {
    const several = await ask('example.com', 'wiki');
    assert.match(textOf(several), /Which user\? .*ana@example.com .*bo@example.com/);
    assert.match(several.body, /diagnosis\?user=bo%40example.com&amp;application=wiki/);
    assert.match(textOf(await ask('Bo Ber', 'wik')), /bo@example.com can’t sign in to Wiki/);
    assert.match(textOf(await ask('ana@example.com', '')), /Which application\? .*Notes .*Wiki/);
    assert.match(textOf(await ask('', 'wiki')), /Which user\?/);
  });

  it('is led to from the user, from the application and from a refused sign-on', async () => {
    const bo = server.browser();
    await signIn(bo, 'bo@example.com', 'correct-Horse-8');
    const { id } = (await server.organization.applications.get('wiki')) ?? assert.fail();
    await bo.get(`/${server.organization.directoryId}/saml/assertion/${id}`, { followRedirects: true });
    const [refused] = await server.organization.events({ eventName: 'Federate', failed: true });
    const [user] = await server.organization.users.list({ userName: 'bo@example.com' });
    for (const [path, link] of [
      [`events/${refused?.eventID ?? ''}`, `user=bo%40example.com&amp;application=${id}`],
      [`users/${user?.id ?? ''}`, 'user=bo%40example.com'],
      [`applications/${id}/users`, `application=${id}`],
    ] as const) {
      const { body } = await ana.get(`/demo/console/${path}`);
      assert.ok(body.includes(`href="${DIAGNOSIS}?${link}"`), path);
    }
    assert.match(textOf(await ask('bo@example.com', 'wiki')), /Last sign-on Refused on .* Event/);
  });

  it('leads administrators with full access to the last exchange', async () => {
    const { id } = (await server.organization.applications.get('notes')) ?? assert.fail();
    await ana.get(`/${server.organization.directoryId}/saml/assertion/${id}`);
    assert.doesNotMatch((await ask('ana@example.com', 'notes')).body, /console\/exchanges\/_/);
    await server.organization.users.setConsoleAccess('ana@example.com', 'full');
    const [, href = ''] =
      /href="([^"]*console\/exchanges\/[^"]+)">Exchange</.exec(
        (await ask('ana@example.com', 'notes')).body,
      ) ?? [];
    assert.match(textOf(await ana.get(href)), /Exchange of .*Notes/);
    await server.organization.users.setConsoleAccess('ana@example.com', 'read-only');
  });

  it('has nothing to say about users and applications of another organization', async () => {
    const other = await api('POST', '', { name: 'Other', managementAccountId: '444455556666' });
    const eve = await api('POST', `/${other}/users`, {
      ...{ userName: 'eve@elsewhere', email: 'eve@elsewhere.example', displayName: 'Eve' },
      ...{ givenName: 'Eve', familyName: 'E' },
    });
    const secret = await api('POST', `/${other}/applications`, {
      ...{ key: 'secret', displayName: 'Secret' },
      serviceProvider: { entityId: 'https://s.example', acsUrls: ['https://s.example/acs'] },
    });
    for (const name of [eve, 'eve@elsewhere']) {
      const text = textOf(await ask(name, 'wiki'));
      assert.ok(text.includes(`${name} can’t sign in to Wiki: no user has this name`), text);
    }
    for (const name of [secret, 'secret', 'Secret']) {
      assert.equal((await ask('bo@example.com', name)).status, 400, name);
    }
  });

  for (const [what, query, status] of [
    ['a text that is too long', `user=${'x'.repeat(201)}`, 400],
    ['a user given twice', 'user=a&user=b', 400],
    ['NUL', 'user=%00&application=wiki', 400],
    ['an application that there isn’t', 'user=ana@example.com&application=nothing', 400],
    ['white space', 'user=%20&application=%E2%80%83', 200],
    ['markup', 'user=%3Cscript%3Ealert(1)%3C/script%3E&application=wiki', 200],
    ['text that turns', `user=${encodeURIComponent('\u202Eليلى👩🏽‍🚀\u200B%_!')}&application=wiki`, 200],
  ] as const) {
    it(`is asked for by ${what}: ${status}`, async () => {
      const answer = await ana.get(`${DIAGNOSIS}?${query}`);
      assert.equal(answer.status, status);
      assert.doesNotMatch(answer.body, /<script>alert/);
    });
  }
});
