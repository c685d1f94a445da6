import assert from 'node:assert/strict';
import { inConformance } from '../../../support/basics/depth.ts';
import { formOf, textOf, type Answer, type Browserless } from '../../../support/servers/browserless.ts';
import { enterConsole } from '../../../support/servers/console.ts';
import { signIn, startServer, type TestServer } from '../../../support/servers/server.ts';
import { png } from '../../../support/pages/pictures.ts';

const SETTINGS = '/demo/console/settings';
describe('the console’s pages of single settings', () => {
  let server: TestServer;
  let ana: Browserless;
  let operator: Browserless;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer();
    const { users } = server.organization;
    await users.setConsoleAccess('ana@example.com', 'full');
    [ana, operator] = [server.browser(), server.browser()];
    await signIn(ana, 'ana@example.com', 'correct-Horse-7');
    await enterConsole(server, operator);
  });
  after(() => server.stop());

  const assertRefused = (answer: Answer, message: RegExp, statuses = [400]) => {
    assert.ok(
      statuses.includes(answer.status),
      `${message.source}: ${answer.status} ${answer.location ?? ''}`,
    );
    assert.match(textOf(answer), message);
    assert.match(answer.body, /<title>(Nothing was saved|Nothing was changed|Changed meanwhile): /);
    assert.doesNotMatch(answer.body, /<script>alert/);
  };
  const submit = async (path: string, values: Record<string, string>, browser = ana) =>
    browser.submit(await browser.get(`${SETTINGS}${path}`), values);

  it(inConformance('grant, change and take away access, and warn who would lose it'), async () => {
    const added = await submit('/access/add', { name: 'BO@example.com', access: 'read-only' });
    assert.equal(added.location, `${SETTINGS}/access?done=added`);
    const list = await ana.get(`${SETTINGS}/access?q=BO`);
    assert.match(textOf(list), /bo@example\.com User Read-only/);
    assert.doesNotMatch(textOf(list), /ana@example\.com User/);
    const [, bo = ''] = /href="\/demo\/console\/settings(\/access\/users\/[^"]+)"/.exec(list.body) ?? [];
    assert.equal((await submit(bo, { access: 'none' })).location, `${SETTINGS}/access?done=removed`);
    assert.equal((await submit(bo, { access: 'none' })).status, 303, 'nothing is left to take away');

    const { id } = (await server.organization.users.get('ana@example.com'))!;
    const own = await ana.get(`${SETTINGS}/access/users/${id}`);
    const warned = await ana.submit(own, { access: 'none' });
    assertRefused(warned, /This is your own access/);
    assert.equal((await server.organization.users.consoleAccess('ana@example.com')).access, 'full');
    // With full access through a group, nothing is lost.
    await server.organization.groups.setConsoleAccess('Engineering', 'full');
    assert.equal((await ana.submit(own, { access: 'read-only' })).status, 303);
    await server.organization.users.setConsoleAccess('ana@example.com', 'full');
    await server.organization.groups.setConsoleAccess('Engineering', null);
  });

  it('grant nothing over what somebody else has granted meanwhile', async () => {
    const { users } = server.organization;
    const { id } = (await users.get('bo@example.com'))!;
    const page = await ana.get(`${SETTINGS}/access/users/${id}`);
    await users.setConsoleAccess('bo@example.com', 'read-only');
    const refused = await ana.submit(page, { access: 'full' });
    assertRefused(refused, /library changed this at .* Access Full Read-only/, [409]);
    assert.equal((await users.consoleAccess('bo@example.com')).access, 'read-only');
    assert.equal((await ana.submit(refused, { access: 'full' })).status, 303);
    assert.equal((await users.consoleAccess('bo@example.com')).access, 'full');
    await users.setConsoleAccess('bo@example.com', null);
  });

  const review = (values: Record<string, string>) =>
    ana.get(`${SETTINGS}/time/review?${new URLSearchParams(values).toString()}`);
  const post = async (name: string, values: Record<string, string> = {}) => {
    const { body } = await ana.get(`${SETTINGS}/time`);
    const [, csrf = ''] = /name="csrf" value="([^"]+)"/.exec(body) ?? [];
    const [, version = ''] = /name="version" value="([^"]+)"/.exec(body) ?? [];
    return ana.post(`${SETTINGS}/time/${name}`, { csrf, version, ...values }, { site: 'same-origin' });
  };

  it(inConformance('move, set, stop and put back the clock'), async () => {
    for (const [change, field, value, message] of [
      ['advance', 'by', '0', /forward by: Enter a number/],
      ['advance', 'by', '9999999', /forward by: The clock can show times/],
      ['set', 'now', '<script>alert(1)</script>', /Set the clock to: Enter/],
      ['set', 'now', '1970-01-01 00:00', /Set the clock to: The clock can show times/],
    ] as const)
      assertRefused(await review({ change, [field]: value, 'by.unit': 'hours' }), message);
    const page = await review({ change: 'advance', by: '1', 'by.unit': 'minutes' });
    assert.match(textOf(page), /Difference 1 minute forward What will happen No session, link or active/);
    const moved = await ana.submit(page, { 'by.unit': 'minutes' });
    assert.equal(moved.location, `${SETTINGS}/time?done=advance`);
    assert.match(textOf(await ana.get(moved.location)), /moved forward.*1 minute ahead/);
    assertRefused(await ana.submit(page, { 'by.unit': 'minutes' }), /changed meanwhile/, [409]);
    assert.equal((await post('freeze')).location, `${SETTINGS}/time?done=freeze`);
    assert.equal((await post('resume')).location, `${SETTINGS}/time?done=resume`);
    const ending = textOf(await review({ change: 'advance', by: '9', 'by.unit': 'hours' }));
    assert.match(ending, /What will happen Your own session ends: you sign in again\. \d+ session/);
    assert.match(textOf(await review({ change: 'reset' })), /1 minute back/);
    assert.equal((await post('reset')).location, `${SETTINGS}/time?done=reset`);
    assert.match(textOf(await ana.get(`${SETTINGS}/time`)), /Difference none/);
  });

  it('let those change the clock in its banner who may', async () => {
    const { organization } = server;
    await organization.clock.advance('PT1M');
    await organization.users.setConsoleAccess('bo@example.com', 'read-only');
    const bo = server.browser();
    await signIn(bo, 'bo@example.com', 'correct-Horse-8');
    const [full, readOnly] = [await ana.get('/demo/console/users'), await bo.get('/demo/console/users')];
    assert.match(textOf(readOnly), /1 minute ahead/);
    assert.doesNotMatch(readOnly.body, /settings\/time/);
    assert.match(textOf(await ana.get('/demo/start')), /1 minute ahead\)\. Change the clock/);
    assert.match(textOf(full), /1 minute ahead\)\. \+1 hour \+9 hours A date… Freeze the clock Back/);
    const { action, fields } = formOf(full, '/freeze');
    const frozen = await ana.post(action, fields, { site: 'same-origin' });
    assert.equal(frozen.location, `${SETTINGS}/time?done=freeze`);
    assert.match(textOf(await ana.get('/demo/console')), /\(frozen\)\..* Run the clock/);
    await organization.clock.reset();
    await organization.users.setConsoleAccess('bo@example.com', null);
  });

  it('set a logo, and remove it', async () => {
    const page = await ana.get(`${SETTINGS}/logo`);
    const [, version = ''] = /name="version" value="([^"]+)"/.exec(page.body) ?? [];
    const send = (content: string) => ana.submit(page, { version }, { files: { logo: content } });
    assertRefused(await send(png(3000, 1).toString('latin1')), /Logo: The file /);
    assert.equal(await server.organization.logo.get(), undefined);
    await server.organization.logo.set(png(30, 20));
    assert.match((await ana.get(`${SETTINGS}/logo`)).body, /alt="The logo"/);
    const now = await ana.get(`${SETTINGS}/logo`);
    const [, csrf = ''] = /name="csrf" value="([^"]+)"/.exec(now.body) ?? [];
    const [, present = ''] = /name="version" value="([^"]+)"/.exec(now.body) ?? [];
    const removed = await ana.post(
      `${SETTINGS}/logo/remove`,
      { csrf, version: present },
      { site: 'same-origin' },
    );
    assert.equal(removed.location, `${SETTINGS}?done=logo-removed`);
    assert.equal(await server.organization.logo.get(), undefined);
  });

  it('customize the URL once, delete the configuration, and enable it again', async () => {
    const made = { name: 'Orchard', managementAccountId: '444455556666', region: 'eu-west-1', alias: '' };
    const create = async (change: object) =>
      operator.submit(await operator.get('/organizations/create'), { ...made, ...change });
    assertRefused(await create({ alias: 'demo' }), /The alias demo is taken/, [409]);
    const { location = '' } = await create({});
    assert.match(location, /^\/d-[0-9a-f]{10}\/console\/settings\?done=created$/);
    assert.match(textOf(await operator.get(location)), /organization was created/);
    const [, directory = ''] = location.split('/');
    const settings = `/${directory}/console/settings`;

    const url = await operator.get(`${settings}/url`);
    assert.match(textOf(url), /permanent: you can’t edit the URL later/);
    assertRefused(await operator.submit(url, { alias: 'demo' }), /The alias demo is taken/, [409]);
    assert.equal((await operator.submit(url, { alias: 'orchard' })).status, 303);
    assertRefused(await operator.submit(url, { alias: 'garden' }), /It can’t be changed/, [409]);
    assert.equal((await operator.get('/orchard/start')).status, 302);

    const page = await operator.get(`${settings}/delete`);
    const all = { applications: 'yes', assignments: 'yes', users: 'yes', confirmation: 'DELETE' };
    assertRefused(
      await operator.submit(page, { confirmation: 'DELETE', users: 'yes' }),
      /Check “All applications.*Check “All user assignments/,
    );
    assertRefused(await operator.submit(page, { ...all, version: '99' }), /changed meanwhile/, [409]);
    assert.equal((await operator.get('/orchard/start')).status, 302);
    const deleted = await operator.submit(page, all);
    const enable = deleted.location ?? '';
    assert.match(enable, /^\/organizations\/o-\w+\/console\?done=deleted$/);
    for (const gone of ['/orchard/start', `/${directory}/start`, settings])
      assert.equal((await operator.get(gone)).status, 404, gone);

    const form = await operator.get(enable);
    assert.match(textOf(form), /configuration was deleted.*Orchard has no identity centre/);
    const enabled = await operator.submit(form, { region: 'eu-west-1', alias: 'orchard' });
    assert.equal(enabled.location, '/orchard/console/settings?done=enabled');
    assert.match(textOf(await operator.get(enabled.location)), /identity centre is enabled, and empty/);
    assert.doesNotMatch(textOf(await operator.get('/orchard/console/settings')), new RegExp(directory));
    assert.equal((await operator.get(enable)).location, '/orchard/console');
  });

  it('close the console of the administrator who deletes the configuration', async () => {
    const page = await ana.get(`${SETTINGS}/delete`);
    const all = { applications: 'yes', assignments: 'yes', users: 'yes', confirmation: 'DELETE' };
    const deleted = await ana.submit(page, all);
    assert.equal(deleted.status, 200);
    assert.match(textOf(deleted), /The configuration was deleted.*An operator of the server can enable/);
    assert.equal((await ana.get(SETTINGS)).status, 404);
    assert.match(textOf(await operator.get('/organizations')), /Example Corp default o-\w+ no instance/);
    const events = await server.organization.events({ eventName: 'DeleteInstance' });
    assert.match(JSON.stringify(events[0]?.userIdentity), /AssumedRole.*ana@example\.com/);
  });
});
