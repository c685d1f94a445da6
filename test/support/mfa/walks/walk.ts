import assert from 'node:assert/strict';
import { MINUTE_MS } from '../../../../src/foundation/platform/clock.ts';
import type { SignInId } from '../../../../src/foundation/platform/ids.ts';
import { targetOf, type Target } from '../../saml/single-sign-on.ts';
import type { Answer, Browserless } from '../../servers/browserless.ts';
import type { TestServer } from '../../servers/server.ts';
import { assertAnswers, missingFrom, pickPolicy, type Policy } from './expected.ts';
import { resetPeople, startWithPeople, type Person } from './people.ts';
import {
  CONTEXTS,
  honestKind,
  KINDS,
  readSignIn,
  requestOf,
  type Begun,
  type Demanded,
  type Factor,
  type Kind,
  type Scene,
} from './requests.ts';

/*
 * Random walks through signing in: any request at any time from either of two browsers, with values that are right,
 * wrong, used or from another sign-in. The walker records which factors it proved, and judges the result by the table
 * in docs/signing-in.md instead of the code under test.
 */

export interface WalkCounts {
  /** Walks of random requests that ended with a session. */
  random: number;
  /** Regular sign-ins that ended with a session, and those that the policy doesn't let the user finish. */
  honest: number;
  denied: number;
  requests: number;
}

/** Starts a server for walks. */
export async function startWalks(random: () => number) {
  const { server, people } = await startWithPeople();
  const wiki = await targetOf(server, 'wiki');
  const counts: WalkCounts = { random: 0, honest: 0, denied: 0, requests: 0 };
  return {
    counts,
    walk: (steps: number) => new Walk(server, wiki, people, random, counts).run(steps),
    stop: () => server.stop(),
  };
}

class Walk {
  readonly #server: TestServer;
  readonly #wiki: Target;
  readonly #people: Person[];
  readonly #random: () => number;
  readonly #counts: WalkCounts;
  readonly #browsers: Browserless[];
  readonly #tokens = new Map<Browserless, string>();
  readonly #begun: Begun[] = [];
  /** The trusted pairs of user and browser in this walk. */
  readonly #trusted = new Set<string>();
  readonly #changed = new Set<Person>();
  readonly #usedSteps = new Map<Person, number>();
  readonly #scene: Scene;
  #policy!: Policy;
  #told: string[] = [];

  constructor(server: TestServer, wiki: Target, people: Person[], random: () => number, counts: WalkCounts) {
    this.#server = server;
    this.#wiki = wiki;
    this.#random = random;
    // The same user may be picked twice, so that sign-ins of one user meet.
    this.#people = [this.#pick(people), this.#pick(people)];
    this.#counts = counts;
    this.#browsers = [server.browser(), server.browser()];
    const { changed, usedSteps } = { changed: this.#changed, usedSteps: this.#usedSteps };
    this.#scene = { server, people: this.#people, changed, usedSteps, pick: (of) => this.#pick(of) };
  }

  async run(steps: number): Promise<void> {
    await this.#begin();
    try {
      // Most walks begin after a sign-in in that browser: codes are used up, and the browser may be trusted.
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

  /** Sets another policy and restores the users. */
  async #begin(): Promise<void> {
    await this.#setPolicy();
    await resetPeople(this.#server, this.#people);
  }

  async #setPolicy(): Promise<void> {
    const { db, instance } = this.#server;
    this.#policy = pickPolicy((of) => this.#pick(of));
    this.#told.push(JSON.stringify(this.#policy));
    const settings = JSON.stringify({ ...instance.settings, mfa: this.#policy });
    await db.transaction((tx) =>
      tx.updateTable('instances').set({ settings }).where('id', '=', instance.id).execute(),
    );
  }

  async #open(browser: Browserless): Promise<void> {
    const demanded = this.#random() < 0.4 ? await this.#demand(browser) : undefined;
    const page = await this.#send(browser, 'GET', demanded?.waitsAt ?? '/demo/start');
    const path = page.location ?? assert.fail(`${page.status} instead of a sign-in`);
    const shown = await this.#send(browser, 'GET', path);
    const [, token = ''] = /name="csrf" value="([^"]+)"/.exec(shown.body) ?? [];
    this.#tokens.set(browser, token);
    const id = path.split('/').at(-1) as SignInId; // The id is the last part of the address.
    this.#begun.push({
      ...{ id, path, browser, person: undefined, completed: false, demanded, page: shown },
      given: new Set(),
    });
  }

  /** Opens a request for a second factor from a service provider in the browser. */
  async #demand(browser: Browserless): Promise<Demanded> {
    const context = this.#pick(CONTEXTS);
    const content = `<samlp:RequestedAuthnContext><saml:AuthnContextClassRef>${context.classRef}</saml:AuthnContextClassRef></samlp:RequestedAuthnContext>`;
    const path = this.#wiki.redirect(this.#wiki.request({ content }));
    const { location, status } = await this.#send(browser, 'GET', path);
    this.#told.push(`asked for ${context.classRef}`);
    return { context, waitsAt: location ?? assert.fail(`${status} instead of a request that waits`) };
  }

  #send(browser: Browserless, method: string, path: string, form?: Record<string, string>): Promise<Answer> {
    this.#counts.requests += 1;
    return browser.send(method, path, form ? { form, site: 'same-origin' } : {});
  }

  /** Sends a random request to a random sign-in. */
  async #act(): Promise<void> {
    const chance = this.#random();
    if (chance < 0.04) return this.#open(this.#pick(this.#browsers));
    // An administrator changes the settings while users sign in.
    if (chance < 0.1) return this.#setPolicy();
    if (chance < 0.14) {
      this.#server.clock.advance(this.#pick([30_000, MINUTE_MS, 16 * MINUTE_MS]));
      this.#told.push('time passes');
      return;
    }
    const begun = this.#pick(this.#begun.slice(-3));
    let kind = this.#pick(KINDS);
    if (this.#random() < 0.45) {
      // Without the kind of request that the page asks for, few walks would get far.
      begun.page = await this.#send(begun.browser, 'GET', begun.path);
      kind = honestKind(begun.page) ?? kind;
    }
    // A small part of the requests has the cookies and the token of the other browser.
    const browser = this.#random() < 0.08 ? this.#pick(this.#browsers) : begun.browser;
    await this.#do(begun, browser, kind);
  }

  /** Sends one request and judges its result. */
  async #do(begun: Begun, browser: Browserless, kind: Kind): Promise<Answer> {
    const { method = 'POST', to = '', fields = {}, proves } = await requestOf(this.#scene, begun, kind);
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

  /** The sign-in contains a new factor only if this request proved it in the browser that began the sign-in. */
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

  /**
   * A session begins only for a sign-in that proved everything the policy requires, once, in the browser that began it.
   */
  async #judgeSession(begun: Begun, browser: Browserless): Promise<void> {
    assert.equal(browser, begun.browser, 'a session for another browser');
    assert.ok(!begun.completed, 'a sign-in gave two sessions');
    const { person, given } = begun;
    assert.ok(person, 'a session for nobody');
    const missing = this.#missing(person, browser, begun);
    assert.equal(missing, undefined, `a session without ${missing}`);
    assert.equal((await this.#send(browser, 'GET', '/demo/start')).status, 200);
    if (begun.demanded)
      assertAnswers(await this.#send(browser, 'GET', begun.demanded.waitsAt), begun.demanded, given);
    begun.completed = true;
    this.#counts.random += 1;
    browser.cookies.delete(this.#cookieName);
  }

  #missing(person: Person, browser: Browserless, begun: Begun): string | undefined {
    const isTrusted = this.#trusted.has(this.#contextOf(person, browser));
    const facts = { isTrusted, hasChanged: this.#changed.has(person) };
    return missingFrom(begun, { person, policy: this.#policy, ...facts });
  }

  /** Signs in as a user who does what each page asks, and returns whether the policy lets them in. */
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
    const missing = this.#missing(person, browser, begun);
    assert.ok(
      missing === 'a registered device' || missing === 'what nobody can have',
      `an honest sign-in ended with ${answer.status}, without ${missing}`,
    );
    return false;
  }

  #factors = async (begun: Begun) => (await readSignIn(this.#server, begun.id)).verified;

  async #whose(begun: Begun): Promise<void> {
    const { userId } = await readSignIn(this.#server, begun.id);
    begun.person = this.#people.find(({ id }) => id === userId);
  }

  #trust({ person, browser }: Begun): void {
    if (this.#policy.mode === 'context-aware') this.#trusted.add(this.#contextOf(person, browser));
  }

  #contextOf = (person: Person | undefined, browser: Browserless) =>
    `${person?.id} ${this.#browsers.indexOf(browser)}`;

  /** A one-time password is changed only after everything else was proved, in the browser that began the sign-in. */
  async #judgeChange(begun: Begun, browser: Browserless): Promise<void> {
    const { person } = begun;
    if (!person?.mustChange || this.#changed.has(person)) return;
    const row = await this.#server.db.read
      .selectFrom('passwords')
      .select('must_change')
      .where('user_id', '=', person.id)
      .executeTakeFirst();
    if (row?.must_change !== 0) return;
    assert.equal(this.#missing(person, browser, begun), 'a new password', 'it was changed too early');
    this.#changed.add(person);
  }

  #useUp({ person }: Begun): void {
    if (person) this.#usedSteps.set(person, Math.floor(this.#server.clock.now() / 30_000));
  }

  get #cookieName(): string {
    return `vestibule-${this.#server.instance.directoryId}-session`;
  }
}
