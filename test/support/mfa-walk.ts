import assert from 'node:assert/strict';
import type { Settings } from '../../src/organizations/settings.ts';
import { MINUTE_MS } from '../../src/platform/clock.ts';
import type { MfaDeviceId, SignInId, UserId } from '../../src/platform/ids.ts';
import { softwareKey, type SoftwareKey } from './authenticator.ts';
import type { Answer, Browserless } from './browserless.ts';
import { addApp, addKey, codeNow, organizationWith, optionsOf, userOf, wrongCode } from './mfa.ts';
import { startServer, type TestServer } from './server.ts';

/*
 * Random walks through signing in: any request at any time, by any of two browsers, with what is right, wrong, used or
 * another's. The walker knows what it gave properly, and decides by DESIGN's table and not by our code what that is good for.
 */

type Factor = 'PASSWORD' | 'TOTP' | 'WEBAUTHN' | 'RESYNC_TOTP' | 'EMAIL_OTP';
type Policy = Settings['mfa'];

/** A user, with the devices that the walks begin with. */
interface Person {
  userName: string;
  password: string;
  id: UserId;
  app: 'none' | 'in-sync' | 'stale';
  appId: MfaDeviceId | undefined;
  key: SoftwareKey | undefined;
  mustChange: boolean;
  hash: string;
}

/** A sign-in that a walk began. */
interface Begun {
  id: SignInId;
  path: string;
  browser: Browserless;
  person: Person | undefined;
  given: Set<Factor>;
  completed: boolean;
  page: Answer | undefined;
}

const PASSWORD = 'correct-Horse-7';
const CHANGED = 'Changed-horse-8';
const PEOPLE = [
  ['app@example.com', 'in-sync', false, false],
  ['key@example.com', 'none', true, false],
  ['both@example.com', 'in-sync', true, false],
  ['none@example.com', 'none', false, false],
  ['stale@example.com', 'stale', false, false],
  ['first@example.com', 'none', false, true],
  ['firstapp@example.com', 'in-sync', false, true],
] as const;

export interface WalkCounts {
  /** Walks in which a session came of whatever was sent. */
  random: number;
  /** Honest sign-ins that ended with a session, and those that the policy lets nobody finish here. */
  honest: number;
  denied: number;
  requests: number;
}

/** Starts a server for walks. */
export async function startWalks(random: () => number) {
  const users = PEOPLE.map(
    ([userName]) =>
      `  - {userName: ${userName}, password: ${PASSWORD}, email: ${userName}, givenName: A, familyName: B, displayName: C}`,
  );
  const organization = organizationWith({}, 100_000)
    .replace(/users:\n(?: {2}- .*\n)+/, `users:\n${users.join('\n')}\n`)
    .replace(/applications:[^]*/, '');
  const server = await startServer({ organization });
  const people: Person[] = [];
  for (const [userName, app, hasKey, mustChange] of PEOPLE) {
    const { id } = await userOf(server, userName);
    const key = hasKey ? softwareKey() : undefined;
    if (key) await addKey(server, key, userName);
    const appId = app === 'none' ? undefined : (await addApp(server, userName)).id;
    const { hash } = await server.db.read
      .selectFrom('passwords')
      .select('hash')
      .where('user_id', '=', id)
      .executeTakeFirstOrThrow();
    people.push({ ...{ userName, password: PASSWORD, id, app, appId, key, mustChange, hash } });
  }
  const counts: WalkCounts = { random: 0, honest: 0, denied: 0, requests: 0 };
  return {
    counts,
    walk: (steps: number) => new Walk(server, people, random, counts).run(steps),
    stop: () => server.stop(),
  };
}

class Walk {
  readonly #server: TestServer;
  readonly #people: Person[];
  readonly #random: () => number;
  readonly #counts: WalkCounts;
  readonly #browsers: Browserless[];
  readonly #tokens = new Map<Browserless, string>();
  readonly #begun: Begun[] = [];
  /** What this walk's users trust: user and browser. */
  readonly #trusted = new Set<string>();
  readonly #changed = new Set<Person>();
  readonly #usedSteps = new Map<Person, number>();
  #policy!: Policy;
  #told: string[] = [];

  constructor(server: TestServer, people: Person[], random: () => number, counts: WalkCounts) {
    this.#server = server;
    this.#random = random;
    // Two, so that one's sign-ins meet.
    this.#people = [this.#pick(people), this.#pick(people)];
    this.#counts = counts;
    this.#browsers = [server.browser(), server.browser()];
  }

  async run(steps: number): Promise<void> {
    await this.#begin();
    try {
      // Most walks begin where somebody has signed in before: codes are used up, a browser may be trusted.
      const browser = this.#pick(this.#browsers);
      if (this.#random() < 0.75) await this.#honest(browser);
      if (this.#random() < 0.5) await this.#setPolicy();
      await this.#open(browser);
      for (let step = 0; step < steps; step += 1) await this.#act();
      const own = this.#server.browser();
      this.#browsers.push(own);
      this.#server.clock.advance(2 * MINUTE_MS);
      if (await this.#honest(own)) this.#counts.honest += 1;
      else this.#counts.denied += 1;
    } catch (error) {
      throw new Error(`${error instanceof Error ? error.message : String(error)}\n${this.#told.join('\n')}`, {
        cause: error,
      });
    }
  }

  #pick<T>(of: readonly T[]): T {
    return of[Math.floor(this.#random() * of.length)] ?? assert.fail('nothing to pick from');
  }

  /** Another policy; users as they were at the start. */
  async #begin(): Promise<void> {
    const { db } = this.#server;
    await this.#setPolicy();
    await db.transaction(async (tx) => {
      await tx.updateTable('mfa_devices').set({ drift_steps: 0 }).where('device_type', '=', 'TOTP').execute();
      for (const { id, hash, mustChange, appId, app } of this.#people) {
        await tx
          .updateTable('passwords')
          .set({ hash, must_change: mustChange ? 1 : 0 })
          .where('user_id', '=', id)
          .execute();
        await tx.deleteFrom('password_history').where('user_id', '=', id).execute();
        if (appId === undefined) continue;
        const in_sync = app === 'stale' ? 0 : 1;
        await tx.updateTable('mfa_devices').set({ counter: null, in_sync }).where('id', '=', appId).execute();
      }
    });
  }

  async #setPolicy(): Promise<void> {
    const { db, instance } = this.#server;
    this.#policy = {
      mode: this.#pick(['disabled', 'context-aware', 'context-aware', 'always-on', 'always-on']),
      withoutDevice: this.#pick(['allow', 'register', 'email-code', 'email-code', 'block']),
      types: [...this.#pick([['totp', 'webauthn'] as const, ['totp'] as const, ['webauthn'] as const])],
      selfService: true,
    };
    this.#told.push(JSON.stringify(this.#policy));
    const settings = JSON.stringify({ ...instance.settings, mfa: this.#policy });
    await db.transaction((tx) =>
      tx.updateTable('instances').set({ settings }).where('id', '=', instance.id).execute(),
    );
  }

  async #open(browser: Browserless): Promise<void> {
    const page = await this.#send(browser, 'GET', '/demo/start');
    const path = page.location ?? assert.fail(`${page.status} instead of a sign-in`);
    const shown = await this.#send(browser, 'GET', path);
    const [, token = ''] = /name="csrf" value="([^"]+)"/.exec(shown.body) ?? [];
    this.#tokens.set(browser, token);
    const id = path.split('/').at(-1) as SignInId; // it is the last part of its address
    this.#begun.push({
      ...{ id, path, browser, person: undefined, completed: false, page: shown },
      given: new Set(),
    });
  }

  #send(browser: Browserless, method: string, path: string, form?: Record<string, string>): Promise<Answer> {
    this.#counts.requests += 1;
    return browser.send(method, path, form ? { form, site: 'same-origin' } : {});
  }

  /** Anything, to any sign-in. */
  async #act(): Promise<void> {
    const chance = this.#random();
    if (chance < 0.04) return this.#open(this.#pick(this.#browsers));
    // An administrator changes the settings while people sign in.
    if (chance < 0.1) return this.#setPolicy();
    if (chance < 0.14) {
      this.#server.clock.advance(this.#pick([30_000, MINUTE_MS, 16 * MINUTE_MS]));
      this.#told.push('time passes');
      return;
    }
    const begun = this.#pick(this.#begun.slice(-3));
    let kind = this.#pick(KINDS);
    if (this.#random() < 0.45) {
      // What the page asks for, or no walk would come far.
      begun.page = await this.#send(begun.browser, 'GET', begun.path);
      kind = honestKind(begun.page) ?? kind;
    }
    // Sometimes with the other browser's cookies, and its own token.
    const browser = this.#random() < 0.08 ? this.#pick(this.#browsers) : begun.browser;
    await this.#do(begun, browser, kind);
  }

  /** Sends one request, and looks at what came of it. */
  async #do(begun: Begun, browser: Browserless, kind: Kind): Promise<Answer> {
    const { method = 'POST', to = '', fields = {}, proves } = await this.#request(begun, kind);
    const before = await this.#factors(begun);
    const form = method === 'GET' ? undefined : { csrf: this.#tokens.get(browser) ?? 'none', ...fields };
    const cookie = browser.cookies.get(this.#cookieName);
    const answer = await this.#send(browser, method, begun.path + to, form);
    this.#told.push(`${kind} ${begun.id.slice(0, 4)} ${begun.person?.userName ?? ''} → ${answer.status}`);
    const after = await this.#factors(begun);
    if (answer.status < 400 || answer.body.includes('data-security-key')) begun.page = answer;
    if (browser === begun.browser && kind.startsWith('identify') && answer.status === 303)
      await this.#whose(begun);
    this.#judgeFactors(begun, browser, before, after, proves);
    if (proves !== 'PASSWORD' && after.length > before.length && 'trustDevice' in fields) this.#trust(begun);
    if (kind === 'change right') await this.#judgeChange(begun, browser);
    const given = browser.cookies.get(this.#cookieName);
    if (given !== undefined && given !== cookie) await this.#judgeSession(begun, browser);
    return answer;
  }

  /** A factor stands in the sign-in only when this very request gave it properly, in the browser that began it. */
  #judgeFactors(
    begun: Begun,
    browser: Browserless,
    before: Factor[],
    after: Factor[],
    proves?: Factor,
  ): void {
    begun.given = new Set(after);
    if (after.length <= before.length) return;
    assert.equal(after.length, before.length + 1);
    assert.equal(after.at(-1), proves, `${after.at(-1)} counts, and was not given`);
    assert.equal(browser, begun.browser, 'another browser gave it');
    assert.ok(proves === 'PASSWORD' || before.includes('PASSWORD'), 'before the password');
    if (proves === 'TOTP' || proves === 'RESYNC_TOTP') this.#useUp(begun);
  }

  /** A session is given for a sign-in in which all that the policy asks for was given; to the browser that began it, once. */
  async #judgeSession(begun: Begun, browser: Browserless): Promise<void> {
    assert.equal(browser, begun.browser, 'a session for another browser');
    assert.ok(!begun.completed, 'a sign-in gave two sessions');
    const { person, given } = begun;
    assert.ok(person, 'a session for nobody');
    const missing = this.#missing(person, browser, given);
    assert.equal(missing, undefined, `a session without ${missing}`);
    assert.equal((await this.#send(browser, 'GET', '/demo/start')).status, 200);
    begun.completed = true;
    this.#counts.random += 1;
    browser.cookies.delete(this.#cookieName);
  }

  /** What the table “Which second factor” asks for and this sign-in lacks. */
  #missing(person: Person, browser: Browserless, given: ReadonlySet<Factor>): string | undefined {
    if (!given.has('PASSWORD')) return 'the password';
    const { mode, withoutDevice, types } = this.#policy;
    const known = this.#trusted.has(this.#contextOf(person, browser));
    if (mode !== 'disabled' && !(mode === 'context-aware' && known)) {
      const hasDevice =
        (types.includes('totp') && person.app !== 'none') ||
        (types.includes('webauthn') && person.key !== undefined);
      if (hasDevice && !(['TOTP', 'RESYNC_TOTP', 'WEBAUTHN'] as const).some((each) => given.has(each)))
        return 'a device';
      // No walk registers one.
      if (!hasDevice && withoutDevice === 'register') return 'a registered device';
      if (!hasDevice && withoutDevice === 'block') return 'what nobody can have';
      if (!hasDevice && withoutDevice === 'email-code' && !given.has('EMAIL_OTP')) return 'the code by mail';
    }
    return person.mustChange && !this.#changed.has(person) ? 'a new password' : undefined;
  }

  /** Signs in as somebody who does what is asked: whether the policy lets them in. */
  async #honest(browser: Browserless): Promise<boolean> {
    await this.#open(browser);
    const begun = this.#begun.at(-1) ?? assert.fail();
    const before = this.#counts.random;
    await this.#do(begun, browser, 'identify');
    let answer = await this.#do(begun, browser, 'password right');
    for (let left = 4; left > 0 && !begun.completed; left -= 1) {
      const page = await this.#send(browser, 'GET', begun.path);
      begun.page = page;
      const kind = honestKind(page);
      if (!kind) break;
      answer = await this.#do(begun, browser, kind);
    }
    const person = begun.person ?? assert.fail();
    if (begun.completed) {
      this.#counts.random = before;
      return true;
    }
    const missing = this.#missing(person, browser, begun.given);
    assert.ok(
      missing === 'a registered device' || missing === 'what nobody can have',
      `an honest sign-in ended with ${answer.status}, without ${missing}`,
    );
    return false;
  }

  /** What a request of this kind holds, and the factor that it gives properly. */
  async #request(begun: Begun, kind: Kind): Promise<Sent> {
    const { person } = begun;
    const { clock } = this.#server;
    const trust: Record<string, string> = this.#random() < 0.5 ? { trustDevice: 'on' } : {};
    const present = Math.floor(clock.now() / 30_000);
    const used = person && this.#usedSteps.get(person);
    const fresh = used === undefined || present > used;
    const proof = (factor: Factor, isProper: boolean) => (isProper ? { proves: factor } : {});
    switch (kind) {
      case 'identify':
        return { to: '/identify', fields: { username: this.#pick(this.#people).userName } };
      case 'identify nobody':
        return { to: '/identify', fields: { username: 'nobody@example.com' } };
      case 'password right': {
        const password = person && this.#changed.has(person) ? CHANGED : PASSWORD;
        return { to: '/password', fields: { password }, ...proof('PASSWORD', person !== undefined) };
      }
      case 'password wrong':
        return { to: '/password', fields: { password: 'Wrong-horse-1' } };
      case 'code right':
        return {
          ...{ to: '/challenge', fields: { code: codeNow(this.#server), ...trust } },
          ...proof('TOTP', person?.appId !== undefined && fresh),
        };
      case 'code wrong':
        return { to: '/challenge', fields: { code: wrongCode(this.#server), ...trust } };
      case 'code replayed':
        return { to: '/challenge', fields: { code: codeNow(this.#server, (used ?? present - 5) - present) } };
      case 'resync right':
        return {
          ...{
            to: '/resync',
            fields: { code: codeNow(this.#server, -1), secondCode: codeNow(this.#server) },
          },
          // The first of the two must be newer than the last one used, too.
          ...proof('RESYNC_TOTP', person?.appId !== undefined && (used === undefined || present - 1 > used)),
        };
      case 'resync wrong':
        return {
          to: '/resync',
          fields: { code: codeNow(this.#server, -7), secondCode: codeNow(this.#server, -5) },
        };
      case 'key right':
      case 'key elsewhere':
        return this.#keyRequest(begun, kind === 'key right', trust);
      case 'mail right': {
        const row = await this.#row(begun);
        const kept = row.progress.mailCode;
        const mailed = kept ? await this.#newestCode(begun) : undefined;
        const good =
          mailed !== undefined && kept !== null && kept.triesLeft > 0 && clock.now() < kept.expiresAt;
        return {
          to: '/email-code',
          fields: { code: mailed ?? '000000', ...trust },
          ...proof('EMAIL_OTP', good),
        };
      }
      case 'mail wrong':
        return { to: '/email-code', fields: { code: '12 34 5', ...trust } };
      case 'mail anew':
        return { to: '/email-code/send' };
      case 'choose':
        return {
          to: '/choose',
          fields: { type: this.#pick(['TOTP', 'WEBAUTHN', 'RESYNC_TOTP', 'EMAIL_OTP', 'x']) },
        };
      case 'change right':
        return { to: '/change-password', fields: { newPassword: CHANGED, confirmPassword: CHANGED } };
      case 'change wrong':
        return { to: '/change-password', fields: { newPassword: 'short', confirmPassword: 'short' } };
      case 'continue':
        return { to: '/continue' };
      case 'restart':
        return { to: '/restart' };
      case 'look':
        return { method: 'GET' };
    }
  }

  /** The key answers the page that was seen last, which may be an old one: then it proves nothing. */
  async #keyRequest(begun: Begun, isRight: boolean, trust: Record<string, string>): Promise<Sent> {
    const key = begun.person?.key;
    const { page } = begun;
    if (!key || !page?.body.includes('data-security-key')) {
      return { to: '/challenge', fields: { assertion: '{}', ...trust } };
    }
    const options = optionsOf(page);
    const origin = isRight ? this.#server.publicUrl.origin : 'https://evil.example';
    const assertion = JSON.stringify(key.get(options, origin));
    const now = await begun.browser.get(begun.path);
    const isPresent =
      now.body.includes('data-security-key') && optionsOf(now).challenge === options.challenge;
    return {
      ...{ to: '/challenge', fields: { assertion, ...trust } },
      ...(isRight && isPresent && { proves: 'WEBAUTHN' }),
    };
  }

  /** The code that this sign-in waits for: mails stand in the order in which they were asked for. */
  async #newestCode(begun: Begun): Promise<string | undefined> {
    const { sealer } = this.#server.app.operator;
    const { mailCode } = (await this.#row(begun)).progress;
    const mails = await this.#server.db.read
      .selectFrom('mails')
      .select('text')
      .orderBy('sequence', 'desc')
      .limit(20)
      .execute();
    const codes = mails.map(({ text }) => /\b\d{6}\b/.exec(text)?.[0] ?? '');
    return codes.find((code) => sealer.mac('email-code', `${begun.id} ${code}`) === mailCode?.mac);
  }

  async #row({ id }: Begun) {
    const row = await this.#server.db.read
      .selectFrom('sign_ins')
      .select(['verified', 'progress', 'user_id'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return {
      userId: row.user_id,
      // as src/signin/store.ts wrote them
      verified: (JSON.parse(row.verified) as { type: Factor }[]).map(({ type }) => type),
      progress: JSON.parse(row.progress) as {
        mailCode: { mac: string; triesLeft: number; expiresAt: number } | null;
      },
    };
  }

  #factors = async (begun: Begun) => (await this.#row(begun)).verified;

  async #whose(begun: Begun): Promise<void> {
    const { userId } = await this.#row(begun);
    begun.person = this.#people.find(({ id }) => id === userId);
  }

  #trust({ person, browser }: Begun): void {
    if (this.#policy.mode === 'context-aware') this.#trusted.add(this.#contextOf(person, browser));
  }

  #contextOf = (person: Person | undefined, browser: Browserless) =>
    `${person?.id} ${this.#browsers.indexOf(browser)}`;

  /** A one-time password is changed when everything else was given, and in the browser that began it. */
  async #judgeChange({ person, given }: Begun, browser: Browserless): Promise<void> {
    if (!person?.mustChange || this.#changed.has(person)) return;
    const row = await this.#server.db.read
      .selectFrom('passwords')
      .select('must_change')
      .where('user_id', '=', person.id)
      .executeTakeFirst();
    if (row?.must_change !== 0) return;
    assert.equal(this.#missing(person, browser, given), 'a new password', 'it was changed too early');
    this.#changed.add(person);
  }

  #useUp({ person }: Begun): void {
    if (person) this.#usedSteps.set(person, Math.floor(this.#server.clock.now() / 30_000));
  }

  get #cookieName(): string {
    return `vestibule-${this.#server.instance.directoryId}-session`;
  }
}

interface Sent {
  method?: 'GET' | 'POST';
  to?: string;
  fields?: Record<string, string>;
  proves?: Factor;
}

const KINDS = [
  ...([
    'identify',
    'identify',
    'identify nobody',
    'password right',
    'password right',
    'password right',
  ] as const),
  ...(['password wrong', 'code right', 'code right', 'code wrong', 'code replayed', 'resync right'] as const),
  ...(['resync wrong', 'key right', 'key right', 'key elsewhere', 'mail right', 'mail right'] as const),
  ...(['mail wrong', 'mail anew', 'choose', 'choose', 'change right', 'change wrong', 'continue'] as const),
  ...(['restart', 'look', 'look'] as const),
];
type Kind = (typeof KINDS)[number];

/** What a page asks for. */
function honestKind({ body, status }: Answer): Kind | undefined {
  if (status !== 200) return undefined;
  if (body.includes('/identify"')) return 'identify';
  if (body.includes('/password"')) return 'password right';
  if (body.includes('name="secondCode"')) return 'resync right';
  if (body.includes('/email-code"')) return 'mail right';
  if (body.includes('name="code"')) return 'code right';
  if (body.includes('data-security-key')) return 'key right';
  if (body.includes('name="newPassword"')) return 'change right';
  return undefined;
}
