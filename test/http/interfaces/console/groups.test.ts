import assert from 'node:assert/strict';
import { formOf, textOf, type Browserless } from '../../../support/servers/browserless.ts';
import { signIn, startServer, type TestServer } from '../../../support/servers/server.ts';

const GROUPS = '/demo/console/groups';

describe('the console’s groups', () => {
  let server: TestServer;
  let ana: Browserless;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer();
    await server.organization.users.setConsoleAccess('ana@example.com', 'full');
    ana = server.browser();
    await signIn(ana, 'ana@example.com', 'correct-Horse-7');
  });
  after(() => server.stop());

  const create = async (displayName: string, description = '') =>
    ana.submit(await ana.get(`${GROUPS}/create`), { displayName, description });

  it('are created, listed and found', async () => {
    const created = await create('Örchard', 'Grows apples');
    assert.match(created.location ?? '', /^\/demo\/console\/groups\/[\w-]+\?done=created$/);
    assert.match(
      (await ana.get(created.location ?? '')).body,
      /<a href="\/demo\/console\/applications">Assign an application/,
    );
    assert.match(textOf(await ana.get(GROUPS)), /Örchard Grows apples/);
    assert.match(textOf(await ana.get(`${GROUPS}?q=${encodeURIComponent('öRCH')}`)), /Örchard/);
    assert.match(textOf(await ana.get(`${GROUPS}?q=%25`)), /No group found/);
    assert.equal((await ana.get(`${GROUPS}?q=${'x'.repeat(201)}`)).status, 400);
  });

  it('are changed, unless somebody else has changed them meanwhile', async () => {
    const group = await server.organization.groups.create({ displayName: 'Pickers' });
    const path = `${GROUPS}/${group.id}`;
    const form = await ana.get(`${path}/edit`);
    const changed = await ana.submit(form, { displayName: 'Harvesters', description: 'Picks' });
    assert.equal(changed.location, `${path}?done=changed`);
    const conflict = await ana.submit(form, { displayName: 'Gatherers', description: 'Picks' });
    assert.equal(conflict.status, 409);
    assert.match(textOf(conflict), /ana@example.com changed this at .* Group name Gatherers Harvesters/);
    assert.equal((await server.organization.groups.get('Harvesters'))?.id, group.id);
    const over = await ana.submit(conflict, { displayName: 'Gatherers' });
    assert.equal(over.location, `${path}?done=changed`);
    assert.equal((await server.organization.groups.get('Gatherers'))?.description, 'Picks');
  });

  it('have members, who are added from a search and removed again', async () => {
    const group = await server.organization.groups.create({ displayName: 'Tasters' });
    const path = `${GROUPS}/${group.id}`;
    const bo = await server.organization.users.get('bo@example.com');
    const found = await ana.get(`${path}/add-users?q=bo%40example`);
    assert.match(textOf(found), /1 user found|1 user/);
    const { fields } = formOf(found, '/add-users', ['csrf']);
    const send = (selected: object) =>
      ana.post(`${path}/add-users`, { ...fields, ...selected }, { site: 'same-origin' });
    assert.equal((await send({})).status, 400, 'nobody was chosen');
    const add = () => send({ selected: bo?.id ?? '' });
    assert.equal((await add()).location, `${path}/members?done=added-1`);
    assert.equal((await add()).location, `${path}/members?done=added-0`);
    const members = await ana.get(`${path}/members?q=BO`);
    assert.match(textOf(members), /bo@example.com/);
    const removal = formOf(members, '/remove');
    const removed = await ana.post(removal.action, removal.fields, { site: 'same-origin' });
    assert.equal(removed.location, `${path}/members?done=removed`);
    assert.deepEqual(await server.organization.groups.members(group.id), []);
    await server.organization.users.update('bo@example.com', { enabled: false });
    const refused = await add();
    assert.equal(refused.status, 409);
    assert.match(textOf(refused), /disabled/);
    await server.organization.users.update('bo@example.com', { enabled: true });
  });

  it('are deleted after the word, unless somebody else has changed them meanwhile', async () => {
    const group = await server.organization.groups.create({ displayName: 'Sellers' });
    const path = `${GROUPS}/${group.id}`;
    const form = await ana.get(`${path}/delete`);
    await server.organization.groups.update(group.id, { description: 'Sells' });
    assert.equal((await ana.submit(form, { confirmation: 'DELETE' })).status, 409);
    const again = await ana.submit(await ana.get(`${path}/delete`), { confirmation: 'DELETE' });
    assert.equal(again.location, `${GROUPS}?done=deleted`);
    assert.match(textOf(await ana.get(again.location)), /The group was deleted/);
    assert.equal((await ana.get(path)).status, 404);
  });
});
