import assert from 'node:assert/strict';
import { findSignIn } from '../../../../src/domain/sessions/sign-in-store.ts';
import type { SignInId } from '../../../../src/foundation/platform/ids.ts';
import { textOf, type Answer, type Browserless } from '../../../support/servers/browserless.ts';
import {
  addOrganization,
  startConsoleRoutes,
  type ConsoleRoutes,
} from '../../../support/servers/console-visitors.ts';
import { enterConsole } from '../../../support/servers/console.ts';
import { signIn } from '../../../support/servers/server.ts';

/** An administrator. */
const CARL = ['carl@example.com', 'correct-Horse-6'] as const;
const BO = ['bo@example.com', 'correct-Horse-8'] as const;
const OLGA = { userName: 'olga@example.com', password: 'correct-Horse-5' };
const CONSOLE = '/demo/console';
const BELOW = '/:instance/console/';

/** Pages with a form that show the values to whoever may not change them. */
const SHOW_VALUES = [
  'applications/:application/attribute-mappings',
  ...['branding', 'limits', 'logo', 'mfa', 'saml', 'session', 'sign-in'].map((name) => `settings/${name}`),
];

/** Fields that many forms have, so that a form without a right of its own would do what it is for. */
const FIELDS = { confirmation: 'DELETE', version: '1', name: 'Changed', displayName: 'Changed' };

/** The token in the forms of a console's page. */
const tokenOf = ({ body }: Answer): string =>
  /name="csrf" value="([^"]+)"/.exec(body)?.[1] ?? assert.fail('a page without a form');

const unescaped = (href: string) => href.replaceAll('&amp;', '&');

interface VisitOptions {
  /** Absent: all. */
  paths?: readonly string[];
  fill?: (path: string) => string;
}
interface GetOptions extends VisitOptions {
  followRedirects?: boolean;
}
interface PostOptions extends VisitOptions {
  site?: 'same-origin' | 'cross-site';
  /** Further fields; a name may occur several times. */
  fields?: readonly (readonly [string, string])[];
}

describe('every page and form of an instance’s console', () => {
  let routes: ConsoleRoutes;
  let other: Awaited<ReturnType<typeof addOrganization>>;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    routes = await startConsoleRoutes();
    other = await addOrganization(routes.server, 'other', OLGA);
    await addAdministrator(CARL[0]);
  });
  after(() => routes.server.stop());

  const addAdministrator = async (userName: string) => {
    const { users } = routes.server.organization;
    const names = { givenName: 'Carl', familyName: 'Chen', displayName: 'Carl Chen' };
    await users.create({ userName, password: CARL[1], email: userName, ...names });
    await users.setConsoleAccess(userName, 'full');
  };

  /** Posts every form, which must change nothing. `judge` sees each answer. */
  const postAll = (
    browser: Browserless,
    csrf: string | undefined,
    judge: (answer: Answer, path: string) => void,
    { paths = routes.forms, fill = routes.fill, site = 'same-origin', fields = [] }: PostOptions = {},
  ) =>
    routes.changesNothing('a POST', async () => {
      const form = new URLSearchParams(csrf === undefined ? FIELDS : { ...FIELDS, csrf });
      for (const [name, value] of fields) form.append(name, value);
      for (const path of paths) judge(await browser.post(fill(path), form.toString(), { site }), path);
    });
  const getAll = (
    browser: Browserless,
    judge: (answer: Answer, path: string) => void,
    { paths = routes.pages, fill = routes.fill, followRedirects = false }: GetOptions = {},
  ) =>
    routes.changesNothing('a GET', async () => {
      for (const path of paths) judge(await browser.get(fill(path), { followRedirects }), path);
    });
  const isRefused = ({ status }: Answer, path: string) => assert.equal(status, 403, path);
  const isLedToSignIn = ({ status, location }: Answer, path: string) => {
    assert.ok([302, 303].includes(status), `${path}: ${status}`);
    assert.match(location ?? '', /^\/[\w-]+\/signin\//, path);
  };
  const isShown = ({ status, body }: Answer, path: string) =>
    assert.ok(status === 200 || status === 303, `${path}: ${status} ${body.slice(0, 300)}`);

  it('are several', () => {
    assert.ok(routes.pages.length > 5 && routes.forms.length > 3);
  });

  it('lead a stranger to sign in, and back to the same page', async () => {
    const { db, sealer, instance } = routes.server;
    const led: [path: string, signIn: string][] = [];
    await getAll(routes.server.browser(), (answer, path) => {
      isLedToSignIn(answer, path);
      led.push([path, (answer.location ?? '').split('/').at(-1) ?? '']);
    });
    await postAll(routes.server.browser(), 'x', isLedToSignIn);
    for (const [path, id] of led) {
      const signIn = await findSignIn(db.read, sealer, instance.id, id as SignInId); // from the address
      const ref = routes.fill(path).replace(/^\/[^/]+\/console/, '');
      assert.deepEqual(signIn?.continuation, { kind: 'console', ref }, path);
    }
    const deep = `${CONSOLE}/groups?q=Engi`;
    const arrived = await signIn(routes.server.browser(), ...CARL, deep);
    assert.match(textOf(arrived), /Engineering/);
    assert.match(arrived.body, /value="Engi"/);
  });

  it('refuse a user to whom no access was granted', async () => {
    const bo = await routes.signedIn(...BO);
    const token = tokenOf(await bo.get('/demo/start'));
    await getAll(bo, isRefused);
    await postAll(bo, token, isRefused);
  });

  it('show a user with read-only access what there is, and change nothing', async () => {
    await routes.server.organization.users.setConsoleAccess('bo@example.com', 'read-only');
    const bo = await routes.signedIn(...BO);
    const token = tokenOf(await bo.get(`${CONSOLE}/groups`));
    const refused: string[] = [];
    const links = new Map<string, string>();
    await getAll(bo, (answer, path) => {
      if (answer.status === 403) {
        refused.push(path);
        return;
      }
      assert.equal(answer.status, 200, path);
      const [layoutsForm, ...others] = answer.body.match(/<form[^>]*method="post"[^>]*>/g) ?? [];
      assert.match(layoutsForm ?? '/signout"', /\/signout"/, path);
      assert.deepEqual(others, [], path);
      for (const [, href = ''] of answer.body.matchAll(/<a [^>]*href="([^"#]*)/g)) links.set(href, path);
    });
    // A page with a form, which has nothing else to show, is refused as its form is.
    const withForms = routes.pages.filter((path) => routes.forms.includes(path));
    assert.deepEqual(
      withForms.filter((path) => !refused.includes(path)).map((path) => path.replace(BELOW, '')),
      SHOW_VALUES,
    );
    // Nothing that is shown leads to what is refused.
    await getAll(bo, ({ status }, href) => assert.notEqual(status, 403, `${href}, from ${links.get(href)}`), {
      paths: [...links.keys()].filter((href) => /\/console(\/|$)/.test(href)),
      fill: unescaped,
    });
    await postAll(bo, token, isRefused);
  });

  it('refuse forms of an administrator without a token, and with the token of somebody else', async () => {
    const carl = await routes.signedIn(...CARL);
    const own = tokenOf(await carl.get(`${CONSOLE}/groups`));
    const again = tokenOf(await (await routes.signedIn(...CARL)).get(`${CONSOLE}/groups`));
    assert.notEqual(again, own);
    await postAll(carl, undefined, ({ status }, path) => assert.ok([400, 403].includes(status), path));
    await postAll(carl, again, isRefused);
    await postAll(carl, own, isRefused, { site: 'cross-site' });
  });

  it('are not those of another organization’s administrator, nor are their ids', async () => {
    const olga = await routes.signedIn(OLGA.userName, OLGA.password, 'other');
    const token = tokenOf(await olga.get('/other/console/groups'));
    await getAll(olga, isLedToSignIn);
    await postAll(olga, token, isLedToSignIn);
    // An entry of the catalogue belongs to no organization.
    const withIds = (paths: readonly string[]) =>
      paths.filter((path) => /:instance.*:/.test(path) && !path.endsWith('/:entry'));
    const elsewhere = (path: string) => routes.fill(path.replace(':instance', 'other'));
    const isUnknown = ({ status }: Answer, path: string) =>
      assert.ok([403, 404].includes(status), `${path}: ${status}`);
    await getAll(olga, isUnknown, { paths: withIds(routes.pages), fill: elsewhere, followRedirects: true });
    await postAll(olga, token, isUnknown, { paths: withIds(routes.forms), fill: elsewhere });
  });

  it('do nothing with ids of another organization beside own ones, nor with its keys', async () => {
    const olga = await routes.signedIn(OLGA.userName, OLGA.password, 'other');
    const token = tokenOf(await olga.get('/other/console/groups'));
    const isUnknown = ({ status }: Answer, path: string) => assert.equal(status, 404, path);
    const own: Record<string, string> = { instance: 'other', ...other };
    // The first id is an own one, the second isn't: `/users/:user/groups/:group/remove`.
    const ofTwo = routes.forms.filter((path) => (path.match(/:/g) ?? []).length > 2);
    assert.ok(ofTwo.length > 5);
    const mixed = (path: string) => {
      const [instance = '', first = ''] = path.match(/(?<=:)\w+/g) ?? [];
      return routes.fill(path, { [instance]: 'other', [first]: own[first] ?? assert.fail(path) });
    };
    await postAll(olga, token, isUnknown, { paths: ofTwo, fill: mixed });
    const ofApplications = (paths: readonly string[]) =>
      paths.filter((path) => path.includes('/:application'));
    const byKey = (path: string) => routes.fill(path, { instance: 'other', application: 'wiki' });
    await postAll(olga, token, isUnknown, { paths: ofApplications(routes.forms), fill: byKey });
    await getAll(olga, isUnknown, { paths: ofApplications(routes.pages), fill: byKey });
    const foreign = [':user', ':group'].map((name) => ['selected', routes.fill(name)] as const);
    await postAll(olga, token, ({ status }, path) => assert.ok(status < 500, path), {
      paths: [
        ...['users/selected', 'groups/:group/add-users', 'users/:user/groups/add'],
        ...['remove-access', 'assign/users', 'assign/groups'].map(
          (act) => `applications/:application/${act}`,
        ),
      ].map((path) => `${BELOW}${path}`),
      fill: (path) => routes.fill(path, own),
      fields: [...foreign, ['act', 'delete'], ['confirmed', 'yes']],
    });
  });

  it('are open to an operator, whose forms need a token too', async () => {
    const operator = routes.server.browser();
    await enterConsole(routes.server, operator);
    await getAll(operator, isShown);
    await postAll(operator, 'x', isRefused);
    const created = await operator.submit(await operator.get(`${CONSOLE}/groups/create`), {
      displayName: 'Pilots',
    });
    assert.equal(created.status, 303);
  });

  /** What ends the access of an administrator who is signed in, `userName`, and a member of Engineering. */
  const ends: Record<string, (userName: string) => Promise<unknown>> = {
    'a revoked grant': (userName) => routes.server.organization.users.setConsoleAccess(userName, null),
    'disabling the user': (userName) => routes.server.organization.users.update(userName, { enabled: false }),
    'deleting the user': (userName) => routes.server.organization.users.delete(userName),
    'another password': (userName) =>
      routes.server.organization.users.resetPassword(userName, { oneTimePassword: true }),
    'a grant that is only read-only': (userName) =>
      routes.server.organization.users.setConsoleAccess(userName, 'read-only'),
  };
  for (const [how, end] of Object.entries(ends)) {
    it(`change nothing from the next request on, after ${how}`, async () => {
      const userName = `${how.replaceAll(' ', '-')}@example.com`;
      await addAdministrator(userName);
      const browser = await routes.signedIn(userName, CARL[1]);
      const page = await browser.get(`${CONSOLE}/groups/create`);
      await end(userName);
      const form = { displayName: how };
      await routes.changesNothing(how, async () => {
        const answer = await browser.submit(page, form);
        assert.ok(answer.status === 403 || answer.location?.includes('/signin/'), String(answer.status));
      });
      if (how !== 'a grant that is only read-only')
        assert.notEqual((await browser.get(`${CONSOLE}/groups`)).status, 200);
    });
  }

  it('are open to members of a group only while they are members', async () => {
    const { groups, users } = routes.server.organization;
    const userName = 'member@example.com';
    await addAdministrator(userName);
    await users.setConsoleAccess(userName, null);
    await groups.setConsoleAccess('Engineering', 'full');
    const browser = await routes.signedIn(userName, CARL[1]);
    isRefused(await browser.get(`${CONSOLE}/groups`), 'before');
    await groups.addMember('Engineering', userName);
    isShown(await browser.get(`${CONSOLE}/groups`), 'as a member');
    await groups.removeMember('Engineering', userName);
    isRefused(await browser.get(`${CONSOLE}/groups`), 'afterwards');
  });
});
