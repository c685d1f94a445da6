import { SAML } from '@node-saml/node-saml';
import assert from 'node:assert/strict';
import type { Body } from '../../../unit/interfaces/control-api/control-server.ts';
import type { Answer } from '../../../support/servers/browserless.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { API_TOKEN, signIn, startServer, type TestServer } from '../../../support/servers/server.ts';

const ORGANIZATION = '/api/v1/organizations/default';

const withCursor = (list: string, key: string) =>
  `${ORGANIZATION}/${list}?cursor=${Buffer.from(key).toString('base64url')}`;

describeOnEachDatabase('the control API of a whole server', (open) => {
  let server: TestServer;
  before(async function () {
    this.timeout(30_000); // the first server generates keys
    server = await startServer({ db: open() });
  });
  // The server closes the database when it stops; closing it again in the suite has no effect.
  after(() => server.stop());

  const call = (method: string, path: string, json?: unknown, authorization = `Bearer ${API_TOKEN}`) =>
    server.browser().send(method, path, { headers: { authorization }, ...(json !== undefined && { json }) });
  const read = (answer: Answer, status = 200): Body => {
    assert.equal(answer.status, status, answer.body);
    // The tests of each route compare its answers with its schema.
    return JSON.parse(answer.body) as Body;
  };

  it('takes a service provider from its registration to a response that it accepts', async () => {
    const person = { givenName: 'Cy', familyName: 'Example', displayName: 'Cy Example' };
    const user = {
      ...person,
      userName: 'cy@example.com',
      email: 'cy@example.com',
      password: 'correct-Horse-3',
    };
    const serviceProvider = { entityId: 'https://crm.example.com', acsUrls: ['https://crm.example.com/acs'] };
    const { id } = read(await call('POST', `${ORGANIZATION}/users`, user), 201);
    const group = read(await call('POST', `${ORGANIZATION}/groups`, { displayName: 'Sales' }), 201);
    assert.equal((await call('PUT', `${ORGANIZATION}/groups/${group.id}/members/${id}`)).status, 204);
    const application = { displayName: 'CRM', serviceProvider };
    const made = read(await call('POST', `${ORGANIZATION}/applications`, application), 201);
    const crm = `${ORGANIZATION}/applications/crm`;
    assert.equal(read(await call('PUT', `${crm}/assignments`, { groups: ['Sales'] })).items, undefined);

    const browser = server.browser();
    const certificate = await browser.get(new URL(made.certificateUrl).pathname);
    const metadata = await browser.get(new URL(made.metadataUrl).pathname);
    assert.ok(metadata.body.includes(`entityID="${made.entityId}"`));
    const saml = new SAML({
      ...{ issuer: serviceProvider.entityId, audience: serviceProvider.entityId, idpIssuer: made.entityId },
      ...{ callbackUrl: 'https://crm.example.com/acs', idpCert: certificate.body },
      ...{ wantAssertionsSigned: true, wantAuthnResponseSigned: true },
    });
    const { samlResponse } = read(await call('POST', `${crm}/responses`, { user: 'cy@example.com' }));
    const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: samlResponse });
    assert.equal(profile?.nameID, 'cy@example.com');

    // After a real sign-in the same user finds the same application.
    const portal = await signIn(browser, 'cy@example.com', 'correct-Horse-3');
    assert.ok(portal.body.includes('CRM'));

    const events = read(
      await call('GET', `${ORGANIZATION}/events?eventName=Federate&username=cy%40example.com`),
    );
    assert.equal(events.items.length, 1);
  });

  it('answers programs with problems instead of pages, whatever is wrong', async () => {
    const wrong = await call('GET', '/api/v1/organizations', undefined, 'Bearer wrong');
    assert.equal(wrong.status, 401);
    assert.equal(wrong.headers.get('www-authenticate'), 'Bearer');
    for (const [method, path, json, status] of [
      ['GET', '/api/v1/nothing', undefined, 404],
      ['DELETE', '/api/v1/organizations', undefined, 405],
      ['GET', `${ORGANIZATION}/users/%00`, undefined, 400],
      ['GET', `${ORGANIZATION}/users/%E0%A4%A`, undefined, 404],
      // A NUL, and numbers that don't fit: PostgreSQL would report an error.
      ...['["\\u0000"]', '["x","y"]', '[1]', 'x'].map(
        (key) => ['GET', withCursor('users', key), undefined, 400] as const,
      ),
      ...['[1e300]', '[1.5]', '[9007199254740993]'].map(
        (key) => ['GET', withCursor('events', key), undefined, 400] as const,
      ),
      ['POST', `${ORGANIZATION}/users`, { userName: 'a\0b' }, 400],
      ['POST', `${ORGANIZATION}/groups`, { displayName: 'x'.repeat(3_000_000) }, 413],
    ] as const) {
      const answer = await call(method, path, json);
      assert.equal(answer.status, status, `${method} ${path}: ${answer.body}`);
      assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
      assert.equal(
        answer.headers.get('x-request-id'),
        (JSON.parse(answer.body) as { requestId: string }).requestId,
      );
    }
  });

  it('names the field that a rule refuses by a pointer, as all refusals do', async () => {
    const groups = `${ORGANIZATION}/groups`;
    const { errors } = read(await call('POST', groups, { displayName: 'engineering' }), 409);
    assert.deepEqual(
      errors?.map(({ pointer }) => pointer),
      ['/displayName'],
    );
  });

  it('creates one default organization, however many requests ask at once', async () => {
    const input = (alias: string) => ({ name: 'Twin Corp', managementAccountId: '444455556666', alias });
    await call('DELETE', ORGANIZATION);
    const answers = await Promise.all(
      ['one', 'two', 'one'].map((alias) => call('POST', '/api/v1/organizations', input(`twin-${alias}`))),
    );
    for (const { status, body } of answers) assert.ok(status === 201 || status === 409, body);
    const { items } = read(await call('GET', '/api/v1/organizations?name=Twin%20Corp'));
    assert.equal(items.filter(({ isDefault }) => isDefault).length, 1);
    assert.equal(new Set(items.map(({ alias }) => alias)).size, items.length);
    assert.equal(items.length, answers.filter(({ status }) => status === 201).length);
  });
});
