import assert from 'node:assert/strict';
import { inConformance } from '../../../support/basics/depth.ts';
import { formOf, textOf, type Answer, type Browserless } from '../../../support/servers/browserless.ts';
import { enterConsole } from '../../../support/servers/console.ts';
import { signIn, startServer, type TestServer } from '../../../support/servers/server.ts';

const SETTINGS = '/demo/console/settings';
/** What nobody should be able to put into a page, and text that is hard to show. */
const NASTY = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '\u202enimda',
  '\u200b',
  '👩‍👩‍👧‍👦',
  'x'.repeat(5000),
];

describe('the console’s settings', () => {
  let server: TestServer;
  let ana: Browserless;
  let operator: Browserless;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer();
    await server.organization.users.setConsoleAccess('ana@example.com', 'full');
    [ana, operator] = [server.browser(), server.browser()];
    await signIn(ana, 'ana@example.com', 'correct-Horse-7');
    await enterConsole(server, operator);
  });
  after(() => server.stop());

  const settings = () => server.organization.settings.get();
  const assertRefused = (answer: Answer, message: RegExp, title: string) => {
    assert.equal(answer.status, 400, `${title} ${String(message)} ${textOf(answer).slice(0, 300)}`);
    assert.match(textOf(answer), message);
    assert.match(answer.body, new RegExp(`<title>Nothing was saved: ${title}`));
    assert.doesNotMatch(answer.body, /<script>alert|<img src=x/);
  };

  it('are shown at a glance, and each form says what it did', async () => {
    const overview = await ana.get(SETTINGS);
    for (const title of ['Identity source', 'Multi-factor authentication', 'User portal', 'Time', 'Mail'])
      assert.match(overview.body, new RegExp(`<h2[^>]*>${title}</h2>`));
    const saved = await ana.submit(await ana.get(`${SETTINGS}/mfa`), {
      mode: 'always-on',
      withoutDevice: 'block',
    });
    assert.equal(saved.location, `${SETTINGS}?done=mfa`);
    const after = textOf(await ana.get(saved.location));
    assert.match(after, /settings of multi-factor authentication were saved/);
    assert.doesNotMatch(after, /with their password only/);
    assert.deepEqual((await settings()).mfa.mode, 'always-on');
    const form = await ana.get(`${SETTINGS}/mfa`);
    assert.doesNotMatch(textOf(form), /have not registered an MFA device sign in/);
    // MFA is on, but asks nobody who has no device: the page says so.
    const allowed = await ana.submit(form, { mode: 'context-aware', withoutDevice: 'allow' });
    for (const path of [allowed.location ?? '', `${SETTINGS}/mfa`])
      assert.match(
        textOf(await ana.get(path)),
        /have not registered an MFA device sign in with their password/,
      );
    const session = await ana.submit(await ana.get(`${SETTINGS}/session`), {
      ...{ lifetime: '1.5', 'lifetime.unit': 'hours' },
    });
    assert.equal(session.status, 303);
    assert.equal((await settings()).session.lifetime, 'PT90M');
    assert.match((await ana.get(`${SETTINGS}/session`)).body, /value="90"/);
  });

  it(inConformance('are refused beside the field, and keep what was typed'), async () => {
    const before = await settings();
    const cases: [form: string, title: string, field: string, wrong: string[], message: RegExp][] = [
      [
        'mfa',
        'Configure',
        'mode',
        ['', 'never', ...NASTY],
        /Prompt users for MFA: Choose one of these modes/,
      ],
      ['mfa', 'Configure', 'types', ['sms', ...NASTY], /MFA types: Choose at least one type/],
      ['mfa', 'Configure', 'withoutDevice', ['', ...NASTY], /registered MFA device: Choose one of these/],
      [
        'session',
        'Portal session',
        'lifetime',
        ['', '0', '-1', '14', '91e9', 'PT8H', ...NASTY],
        /15 minutes to 90 days/,
      ],
      ['session', 'Portal session', 'revocation', ['', 'never', ...NASTY], /user end: Choose one of these/],
      [
        'branding',
        'Name and colour',
        'name',
        ['x'.repeat(65), '\u202enimda', '\u200b', 'a\u0007b'],
        /Name: /,
      ],
      [
        'branding',
        'Name and colour',
        'colour',
        ['red', '#12345', '#gggggg', ...NASTY],
        /Colour: Enter a colour/,
      ],
      ['sign-in', 'Failed', 'throttleWindow', ['', '0', 'x', '2000', ...NASTY], /one second to one day/],
      [
        'sign-in',
        'Failed',
        'attemptsPerUser',
        ['', '0', '1.5', '1000001', '-3', ...NASTY],
        /from 1 to 1,000,000/,
      ],
      ['saml', 'SAML', 'profile', ['', 'strict', ...NASTY], /no harm: Choose one of these/],
    ];
    for (const [form, title, field, wrong, message] of cases) {
      for (const value of wrong) {
        const page = await ana.get(`${SETTINGS}/${form}`);
        const { fields } = formOf(page, '', ['version']);
        const units = Object.keys(fields).some((name) => name === `${field}.unit`);
        const answer = await ana.submit(page, {
          [field]: value,
          ...(units && { [`${field}.unit`]: 'minutes' }),
        });
        assertRefused(answer, message, title);
      }
    }
    const twice = await ana.get(`${SETTINGS}/mfa`);
    const { csrf = '', version = '' } = formOf(twice, '', ['version']).fields;
    const none = await ana.post(`${SETTINGS}/mfa`, {
      csrf,
      version,
      mode: 'disabled',
      withoutDevice: 'allow',
    });
    assertRefused(none, /Choose at least one type/, 'Configure');
    assert.equal((await ana.post(`${SETTINGS}/mfa`, { csrf, version: 'x', mode: 'disabled' })).status, 400);
    assert.deepEqual(await settings(), before);
  });

  it('aren’t overwritten when somebody else has changed them meanwhile', async () => {
    const page = await ana.get(`${SETTINGS}/session`);
    await server.organization.settings.update({ session: { revocation: 'immediate' } });
    const late = await ana.submit(page, { lifetime: '2', 'lifetime.unit': 'days' });
    assert.equal(late.status, 409);
    assert.match(late.body, /<title>Changed meanwhile: Portal session/);
    assert.match(textOf(late), /Session duration 2 days .*90 minutes/);
    assert.match(textOf(late), /deleted user end After up to an hour At once/);
    assert.equal((await settings()).session.lifetime, 'PT90M');
    const over = await ana.submit(late, { revocation: 'as-aws' });
    assert.equal(over.status, 303);
    assert.deepEqual((await settings()).session, { lifetime: 'P2D', revocation: 'as-aws' });
  });

  it('that cost the whole server are operators’: administrators see them', async () => {
    const shown = await ana.get(`${SETTINGS}/limits`);
    assert.match(textOf(shown), /Only an operator of the server .*Events that are kept 100,000/);
    assert.doesNotMatch(shown.body, /name="events"/);
    const page = await operator.get(`${SETTINGS}/limits`);
    const { csrf: _, ...values } = formOf(page, '', ['events']).fields;
    const { csrf = '' } = formOf(await ana.get(`${SETTINGS}/mfa`), '', ['mode']).fields;
    const denied = await ana.post(
      `${SETTINGS}/limits`,
      { ...values, csrf, events: '5' },
      { site: 'same-origin' },
    );
    assert.equal(denied.status, 403);
    assert.equal((await settings()).retention.events, 100_000);
    for (const [field, value] of [
      ['events', '0'],
      ['events', '1e5'],
      ['mailBytes', '65535'],
      ['passwordHashCost', '21'],
      ['applications', '<script>alert(1)</script>'],
    ] as const)
      assertRefused(await operator.submit(page, { [field]: value }), /Enter a whole number from/, 'Quotas');
    assert.equal((await operator.submit(page, { events: '12,345' })).status, 303);
    assert.equal((await settings()).retention.events, 12_345);
  });

  it('are shown and not changed by somebody whose access is read-only', async () => {
    await server.organization.users.setConsoleAccess('ana@example.com', 'read-only');
    const overview = await ana.get(SETTINGS);
    assert.doesNotMatch(overview.body, /Customize<|Configure<|settings\/delete/);
    const shown = await ana.get(`${SETTINGS}/mfa`);
    assert.match(textOf(shown), /Your access is read-only.*Allow them to sign in/);
    assert.doesNotMatch(shown.body, /Save changes/);
    await server.organization.users.setConsoleAccess('ana@example.com', 'full');
  });
});
