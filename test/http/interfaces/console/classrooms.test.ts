import assert from 'node:assert/strict';
import { inConformance } from '../../../support/basics/depth.ts';
import { textOf, type Answer, type Browserless } from '../../../support/servers/browserless.ts';
import { cardsOf, pressed, settledClass } from '../../../support/servers/classroom.ts';
import { enterConsole } from '../../../support/servers/console.ts';
import { signIn, startServer, type TestServer } from '../../../support/servers/server.ts';

/** Without applications, so that no keys are made. */
const TEMPLATE = `version: 1
organization: {name: Template Corp, managementAccountId: "111122223333"}
instance: {alias: template, region: eu-west-1}
settings: {signIn: {passwordHashCost: 4, demoMail: true}, mfa: {mode: disabled}}
groups: [{displayName: Staff, console: full}]
users:
  - userName: nina
    email: nina@example.com
    givenName: Nina
    familyName: Berg
    displayName: Nina Berg
    password: known-To-All-1
    totp: JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP
    groups: [Staff]
    console: full
`;

const FORM = { name: 'SAML 101', source: 'file', template: TEMPLATE, addresses: 'names' };
const HERE = '/organizations/classrooms';

describe('a class, in the console', function () {
  this.timeout(30_000); // work in the background, and password hashes
  let server: TestServer;
  let operator: Browserless;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer();
    operator = server.browser();
    await enterConsole(server, operator);
  });
  after(() => server.stop());

  const add = async (values: Record<string, string>) =>
    operator.submit(await operator.get(`${HERE}/add`), { ...FORM, ...values });
  /** Makes a class, and returns its path once its organizations are made. */
  const make = async (students: string, name = FORM.name): Promise<string> => {
    const preview = await add({ students, name });
    assert.equal(preview.status, 200, textOf(preview));
    const { status, location = '' } = await press(preview, 'addresses');
    assert.equal(status, 303);
    await settled(location);
    return location;
  };
  const settled = (path: string) => settledClass(operator, path);
  const press = (page: Answer, field: string) => pressed(operator, page, field);
  const sheetOf = async (path: string) => {
    const sheet = await press(await operator.get(`${path}/sheet`), 'sheets');
    assert.equal(sheet.status, 200);
    return { sheet, cards: cardsOf(sheet) };
  };
  const mayEnter = async (alias: string, userName: string, password: string) => {
    const arrived = await signIn(server.browser(), userName, password, `/${alias}/console`);
    return arrived.status === 200 && arrived.body.includes('v-look-console');
  };
  const countOrganizations = async () =>
    (await server.db.read.selectFrom('organizations').select('id').execute()).length;

  it('is previewed, made, and gives each student an organization that only her card opens', async () => {
    const before = await countOrganizations();
    const preview = await add({ students: 'name,email\nAda Lovelace,ada@example.org\nZoë Ünal\n李雷\nNina' });
    assert.match(textOf(preview), /4 organizations for the class “ ?SAML 101 ?”/);
    assert.match(textOf(preview), /Zoë Ünal zoe\.unal \/zoe-unal\/start/);
    assert.match(textOf(preview), /李雷 student\.3 \/student-3\/start/);
    assert.equal(await countOrganizations(), before, 'a preview makes nothing');
    const made = await press(preview, 'addresses');
    const path = made.location ?? '';
    assert.match(
      textOf(await settled(path)),
      /4 students .* Ada Lovelace ada\.lovelace Has not signed in yet no card/,
    );
    assert.equal(await countOrganizations(), before + 4);

    const { sheet, cards } = await sheetOf(path);
    assert.equal(sheet.headers.get('cache-control'), 'no-store');
    assert.deepEqual(
      cards.map(({ alias, userName }) => [alias, userName]),
      [
        ['ada-lovelace', 'ada.lovelace'],
        ['zoe-unal', 'zoe.unal'],
        ['student-3', 'student.3'],
        ['nina', 'nina.admin'],
      ],
    );
    const [ada, zoe] = cards;
    assert.ok(ada && zoe);
    for (const { alias, userName, password } of [ada, zoe])
      assert.ok(await mayEnter(alias, userName, password));
    // Attack: a student knows the template, its passwords, and how others are called.
    assert.ok(!(await mayEnter(zoe.alias, zoe.userName, ada.password)));
    assert.ok(!(await mayEnter(zoe.alias, ada.userName, ada.password)));
    for (const password of ['known-To-All-1', ada.usersPassword, ada.password])
      assert.ok(!(await mayEnter(zoe.alias, 'nina', password)), password);
    // A template's administrator is a user like others, with the password of this organization.
    const nina = await signIn(server.browser(), 'nina', zoe.usersPassword, `/${zoe.alias}/start`);
    assert.equal(nina.status, 200);
    assert.ok(!(await mayEnter(zoe.alias, 'nina', zoe.usersPassword)));
    assert.match(textOf(await operator.get(path)), /Ada Lovelace ada\.lovelace Has signed in Authenticate/);
  });

  it('is not made from a list or a file with mistakes, which are told with their lines', async () => {
    const before = await countOrganizations();
    for (const [values, message] of [
      [{ students: '' }, /Write the names here/],
      [{ students: 'Ada\nAda' }, /Line 2, column 1: This name or address is on line 1 already/],
      [{ students: 'Ada,not an address' }, /Line 1, column 1: Expected an email address after the name/],
      [{ students: `Ada\n${'x'.repeat(65)}` }, /Line 2, column 1: A name must have 1 to 64 characters/],
      [{ students: 'Ada\u0007' }, /Line 1, column 1: A name has a character that can&#39;t be used|Line 1/],
      [{ students: Array.from({ length: 101 }, (_, n) => `S${n}`).join('\n') }, /at most 100 students/],
      [{ students: 'Nina Two,nina@example.com' }, /a user of the organization file has the address/],
      [{ students: 'Ada', name: ' ' }, /The name of the class must have/],
      [{ students: 'Ada', template: 'version: 2' }, /Line 1, column 10: Expected version: 1/],
      [{ students: 'Ada', template: `${TEMPLATE}\nx: 1` }, /Line \d+/],
    ] as const) {
      const { status, body } = await add(values);
      assert.equal(status, 400, JSON.stringify(values).slice(0, 80));
      assert.match(textOf({ body } as Answer), message);
    }
    assert.equal(await countOrganizations(), before);
  });

  it(inConformance('shows passwords once: loading the sheet again makes no other passwords'), async () => {
    const path = await make('Once Only', 'Once');
    const question = await operator.get(`${path}/sheet`);
    const [card] = cardsOf(await press(question, 'sheets'));
    assert.ok(card);
    const again = await press(question, 'sheets');
    assert.equal(again.status, 409);
    assert.match(textOf(again), /This sheet was made already, and passwords are shown once/);
    assert.ok(await mayEnter(card.alias, card.userName, card.password));
    const one = await press(await operator.get(`${path}/students/1/sheet`), 'sheets');
    const [other] = cardsOf(one);
    assert.ok(other && !(await mayEnter(card.alias, card.userName, card.password)));
    assert.ok(await mayEnter(other.alias, other.userName, other.password));
  });

  it(inConformance('gives a student who broke her organization the one of her card back'), async () => {
    const path = await make('Bea Broken\nCem Calm', 'Broken');
    const [bea, cem] = (await sheetOf(path)).cards;
    assert.ok(bea && cem);
    const browser = server.browser();
    await signIn(browser, bea.userName, bea.password, `/${bea.alias}/console`);
    const deletion = await browser.get(`/${bea.alias}/console/settings/delete`);
    const checks = Object.fromEntries(
      [...deletion.body.matchAll(/type="checkbox"[^>]*name="([^"]+)"/g)].map(([, name = '']) => [
        name,
        'yes',
      ]),
    );
    await browser.submit(deletion, { ...checks, confirmation: 'DELETE' });
    assert.equal((await browser.get(`/${bea.alias}/start`)).status, 404);
    assert.match(textOf(await operator.get(path)), /Bea Broken bea\.broken Has deleted the configuration/);
    // Attack: another student takes the address that has become free, to receive what Bea types.
    assert.equal(
      (await browser.get(`/${cem.alias}/console`, { followRedirects: true })).body.includes('v-look-console'),
      false,
    );

    assert.equal(
      (await operator.submit(await operator.get(`${path}/students/1/reset`), { confirmation: 'reset' }))
        .status,
      400,
    );
    const reset = await operator.submit(await operator.get(`${path}/students/1/reset`), {
      confirmation: 'RESET',
    });
    assert.equal(reset.location, `${path}?done=reset`);
    assert.ok(await mayEnter(bea.alias, bea.userName, bea.password));
    const copy = await operator.get(`${path}/students/1/file`);
    assert.match(copy.body, /userName: bea\.broken/);
    // Attack: whoever asks for a link to a classmate's password is shown the mail.
    assert.match(copy.body, /demoMail: false/);
    assert.doesNotMatch(copy.body, /passwordHash:|privateKey|JBSWY3DP/);
    const gone = await operator.submit(await operator.get(`${path}/delete`), { confirmation: 'DELETE' });
    assert.equal(gone.location, `${HERE}?done=deleted`);
    assert.equal((await server.browser().get(`/${cem.alias}/start`)).status, 404);
  });

  it(inConformance('frees students who are throttled'), async () => {
    const path = await make('Tom Typo', 'Throttled');
    const [card] = (await sheetOf(path)).cards;
    assert.ok(card);
    for (let count = 0; count < 11; count += 1)
      await signIn(server.browser(), card.userName, 'wrong', `/${card.alias}/start`).catch(() => undefined);
    assert.match(textOf(await operator.get(path)), /throttled/);
    const page = await operator.get(path);
    const { location = '' } = await operator.post(
      `${path}/students/1/unblock`,
      { csrf: tokenOf(page) },
      { site: 'same-origin' },
    );
    assert.doesNotMatch(textOf(await operator.get(location)), /throttled/);
    assert.ok(await mayEnter(card.alias, card.userName, card.password));
  });

  it('is nothing for students and strangers', async () => {
    const path = await make('Eve Evil', 'Attacked');
    const [eve] = (await sheetOf(path)).cards;
    assert.ok(eve);
    const browser = server.browser();
    await signIn(browser, eve.userName, eve.password, `/${eve.alias}/console`);
    const token = tokenOf(await browser.get(`/${eve.alias}/console/groups`));
    for (const below of ['', '/add', path.slice(HERE.length), `${path.slice(HERE.length)}/sheet`]) {
      assert.equal((await browser.get(`${HERE}${below}`)).location, '/organizations/signin');
    }
    for (const below of [
      '/sheet',
      '/reset',
      '/delete',
      '/stop',
      '/continue',
      '/unblock',
      '/students/1/sheet',
    ]) {
      const form = { csrf: token, confirmation: 'DELETE', sheets: '1' };
      assert.equal(
        (await browser.post(`${path}${below}`, form, { site: 'same-origin' })).location,
        '/organizations/signin',
      );
      // The operator's own forms need a token of the operator's session.
      assert.equal((await operator.post(`${path}${below}`, form, { site: 'same-origin' })).status, 403);
    }
    // She can raise no quota of her own organization, and change nothing that costs the whole server.
    const content = TEMPLATE.replace('Template Corp', 'Eve Evil').replace(
      'alias: template, region: eu-west-1}\nsettings: {',
      `alias: ${eve.alias}, region: eu-west-1}\nsettings: {quotas: {applications: 100000}, `,
    );
    assert.match(content, /quotas/);
    const imported = await browser.post(
      `/${eve.alias}/console/organization-file/import`,
      { csrf: token, content },
      { site: 'same-origin' },
    );
    assert.equal(imported.status, 400);
    assert.match(textOf(imported), /Only an operator of the server/);
    for (const of of ['/students/2/reset', '/students/0/sheet', '/students/99/file'])
      assert.equal((await operator.get(`${path}${of}`)).status, 404);
    assert.equal((await operator.get(`${HERE}/${'0'.repeat(36)}/sheet`)).status, 404);
  });
});

const tokenOf = ({ body }: Answer): string =>
  /name="csrf" value="([^"]+)"/.exec(body)?.[1] ?? assert.fail('a page without a form');
