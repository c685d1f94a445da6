import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { inConformance } from '../support/basics/depth.ts';
import { totpCode } from '../support/mfa/totp-code.ts';
import { secretOf } from '../support/mfa/registration.ts';
import { formOf, textOf, type Answer, Browserless } from '../support/servers/browserless.ts';
import { builtServers } from '../support/servers/built-server.ts';
import { cardsOf, pressed, settledClass, type ReadCard } from '../support/servers/classroom.ts';
import { signIn } from '../support/servers/server.ts';

const TOKEN = 'a-token-of-the-trainer-0123456789';
const HERE = '/organizations/classrooms';
const STUDENTS = 30;
const BREAKER = 7;

/** The demo, in which everybody registers a device at the first sign-in. */
const TEMPLATE = readFileSync('examples/demo/organization.yaml', 'utf8').replace(
  'settings:',
  'settings:\n  mfa: {mode: always-on, withoutDevice: register}',
);

describe(inConformance('a class of thirty'), function () {
  this.timeout(600_000); // a busy machine takes minutes to generate 180 keys twice
  const { serve } = builtServers();

  it('is made by the console, used by all at once, watched, and put right where a student broke hers', async () => {
    const server = serve(['--memory'], { VESTIBULE_API_TOKEN: TOKEN });
    const operator = await server.ready();
    const [, publicUrl = ''] = await server.says(/Vestibule is ready: (\S+)/);
    const origin = new URL(publicUrl);
    const student = () => new Browserless(origin);
    const times: string[] = [];
    const timed = async <T>(what: string, act: () => Promise<T>): Promise<T> => {
      const begun = performance.now();
      const result = await act();
      times.push(
        `${what}: ${((performance.now() - begun) / 1000).toFixed(1)} s, ${residentMiB(server.child.pid)} MiB`,
      );
      return result;
    };

    await operator.submit(await operator.get('/organizations/signin'), { token: TOKEN });
    const names = Array.from({ length: STUDENTS }, (_, index) => `Student Nummer ${index + 1}`);
    const values = { name: 'Thirty', source: 'file', template: TEMPLATE, students: names.join('\n') };
    const preview = await timed('preview', async () =>
      operator.submit(await operator.get(`${HERE}/add`), { ...values, addresses: 'names' }),
    );
    assert.match(textOf(preview), /30 organizations/);
    const path = await timed('making thirty with six applications each', async () => {
      const { location = '' } = await pressed(operator, preview, 'addresses');
      assert.match(textOf(await settledClass(operator, location)), /30 students/);
      return location;
    });
    const sheet = await timed('sheet', async () =>
      pressed(operator, await operator.get(`${path}/sheet`), 'sheets'),
    );
    const cards = cardsOf(sheet);
    assert.equal(cards.length, STUDENTS);

    const isAllAtWork = timed('thirty sign in, register a device and open an application', () =>
      Promise.all(cards.map((card) => work(student(), card))),
    );
    const seen = new Set<string>();
    const watched = await watch(operator, path, isAllAtWork, seen);
    const browsers = await isAllAtWork;
    times.push(`the page of the class meanwhile: at most ${Math.round(watched)} ms`);
    assert.ok(
      [...seen].some((step) => step.startsWith('Signs in')),
      [...seen].join(),
    );
    assert.equal(countOf(await operator.get(path), 'Has opened an application'), STUDENTS);

    const [card, browser] = [cards[BREAKER], browsers[BREAKER]];
    assert.ok(card && browser);
    await breakHers(browser, card);
    assert.equal(countOf(await operator.get(path), 'Has deleted the configuration'), 1);
    assert.equal(countOf(await operator.get(path), 'Has opened an application'), STUDENTS - 1);
    await timed('reset of one', async () => {
      const asked = await operator.get(`${path}/students/${BREAKER + 1}/reset`);
      await operator.submit(asked, { confirmation: 'RESET' });
      await settledClass(operator, path);
    });
    await work(student(), card);
    await attack(student, cards, operator, path);
    await timed('reset of all', async () => {
      await operator.submit(await operator.get(`${path}/reset`), { confirmation: 'RESET' });
      assert.equal(countOf(await settledClass(operator, path), 'Has not signed in yet'), STUDENTS);
    });
    await timed('deletion', async () => {
      await operator.submit(await operator.get(`${path}/delete`), { confirmation: 'DELETE' });
      await settledClass(operator, path);
    });
    assert.doesNotMatch(textOf(await operator.get('/organizations')), /Nummer/);
    process.stdout.write(`${times.map((line) => `      ${line}`).join('\n')}\n`);
  });
});

const countOf = ({ body }: Answer, words: string) => body.split(`>${words}`).length - 1;

/** Memory of a process, without what it shares; 0 where there is no /proc. */
function residentMiB(pid: number | undefined): number {
  try {
    const [, kib = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Math.round(Number(kib) / 1024);
  } catch {
    return 0;
  }
}

/** What a student does first: signs in, registers an app as she must, and opens an application by SAML. */
async function work(browser: Browserless, { alias, userName, password }: ReadCard): Promise<Browserless> {
  const asked = await signIn(browser, userName, password, `/${alias}/start`);
  assert.match(textOf(asked), /Register MFA device/);
  const { action, fields } = formOf(asked, '/register');
  const setUp = await browser.post(
    action,
    { ...fields, type: 'TOTP' },
    { site: 'same-origin', followRedirects: true },
  );
  const code = totpCode(secretOf(setUp), Date.now());
  const naming = await browser.get((await browser.submit(setUp, { code })).location ?? '');
  const portal = await browser.submit(naming, { name: 'Phone' }, { followRedirects: true });
  const [, tile] = /href="([^"]*\/saml\/assertion\/[^"]*)"/.exec(portal.body) ?? assert.fail(textOf(portal));
  const delivery = formOf(await browser.get(tile ?? ''));
  const { location } = await browser.post(new URL(delivery.action).pathname, delivery.fields, {
    site: 'same-origin',
  });
  assert.match(textOf(await browser.get(location ?? '')), /Hello, Student/);
  return browser;
}

/** Looks at the page of the class until all have done their work. Returns the longest time that it took, in ms. */
async function watch(
  operator: Browserless,
  path: string,
  isOver: Promise<unknown>,
  seen: Set<string>,
): Promise<number> {
  let longest = 0;
  const end = isOver.then(
    () => true,
    () => true,
  );
  const soon = () =>
    new Promise<false>((resolve) =>
      setTimeout(() => {
        resolve(false);
      }, 200),
    );
  while (!(await Promise.race([end, soon()]))) {
    const begun = performance.now();
    const page = await operator.get(path);
    longest = Math.max(longest, performance.now() - begun);
    for (const [, step = ''] of page.body.matchAll(/data-label="Where"><div>([^<]+)/g)) seen.add(step);
  }
  return longest;
}

/** She deletes her configuration, as the guide says it. */
async function breakHers(browser: Browserless, { alias }: ReadCard): Promise<void> {
  const page = await browser.get(`/${alias}/console/settings/delete`);
  const checks = [...page.body.matchAll(/type="checkbox"[^>]*name="([^"]+)"/g)].map(([, name = '']) => [
    name,
    'yes',
  ]);
  await browser.submit(page, { ...(Object.fromEntries(checks) as object), confirmation: 'DELETE' });
  assert.equal((await browser.get(`/${alias}/start`)).status, 404);
}

/** What one student tries on another, and on the trainer. */
async function attack(
  student: () => Browserless,
  [me, other]: readonly ReadCard[],
  operator: Browserless,
  path: string,
): Promise<void> {
  assert.ok(me && other);
  const browser = student();
  // Her own password, that of her users and that of the template open nothing of the other's.
  for (const [userName, password] of [
    [other.userName, me.password],
    [other.userName, me.usersPassword],
    ['ana@example.com', me.usersPassword],
    ['ana@example.com', 'Welcome-2026!'],
  ] as const) {
    const answer = await signIn(student(), userName, password, `/${other.alias}/start`);
    assert.doesNotMatch(textOf(answer), /Register MFA device|Sign out/, `${userName} ${password}`);
  }
  // The template's administrator administers nothing.
  const ana = student();
  assert.match(
    textOf(await signIn(ana, 'ana@example.com', me.usersPassword, `/${me.alias}/start`)),
    /Register MFA/,
  );
  for (const page of ['/organizations', HERE, path, `${path}/sheet`, `${path}/students/2/file`])
    assert.equal((await browser.get(page)).location, '/organizations/signin', page);
  for (const method of ['GET', 'POST'])
    assert.equal((await browser.send(method, '/api/v1/classrooms', { json: {} })).status, 401);
  assert.equal((await operator.get(`${path}/students/31/file`)).status, 404);
}
