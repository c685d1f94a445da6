import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashPassword } from '../../src/domain/credentials/passwords/password.ts';
import { newTotpSecret } from '../../src/domain/credentials/mfa/totp/totp.ts';
import { Browserless, type Answer } from '../support/servers/browserless.ts';
import { softwareKey, type SoftwareKey } from '../support/mfa/software-key.ts';
import { totpCode } from '../support/mfa/totp-code.ts';
import { API_TOKEN, startBuilt } from './built-server.ts';
import { median } from './numbers.ts';

/*
 * Whole sign-ins a second by second factor, on the built server with a SQLite file. Measuring them one at a time as well as
 * four at a time would show the same: the password's hash takes nearly all of the time.
 */

const PEOPLE_IN_PARALLEL = 4;
/** A code works once in 30 seconds, so each run needs as many people as sign in during it. */
const PEOPLE = 400;
const PASSWORD = 'correct-Horse-7';
const API = '/api/v1/organizations/default';

export type Factor = 'password' | 'totp' | 'webauthn' | 'email-code' | 'trusted';

/** The settings that require each factor. */
const SETTINGS: Readonly<Record<Factor, object>> = {
  password: { mode: 'disabled' },
  totp: { mode: 'always-on', types: ['totp'] },
  webauthn: { mode: 'always-on', types: ['webauthn'] },
  'email-code': { mode: 'always-on', types: ['webauthn'], withoutDevice: 'email-code' },
  trusted: { mode: 'context-aware', types: ['webauthn'] },
};

export interface FactorRate {
  factor: Factor;
  perSecond: number;
}

interface Person {
  userName: string;
  secret: string;
}

/** Sign-ins a second by factor, at a hash cost (log2 of scrypt's N). Throws unless each sign-in leads to the portal. */
export async function measureFactors(options: {
  folder: string;
  cost: number;
  runs: number;
  ms: number;
}): Promise<FactorRate[]> {
  const { folder, cost, runs, ms } = options;
  const people = await Promise.all(
    Array.from({ length: PEOPLE }, async (_, index) => ({
      userName: `person-${String(index)}@example.com`,
      secret: await newTotpSecret(),
    })),
  );
  const file = join(folder, 'factors.json');
  await writeFile(file, JSON.stringify(await organizationOf(people, cost)));
  const server = await startBuilt(['--data', join(folder, 'data'), '--org', file], folder);
  try {
    await server.firstAnswerMs('/readyz');
    const client = new Client(server.publicUrl);
    const rates = new Map<Factor, number[]>();
    const factors: Factor[] = ['password', 'totp', 'webauthn', 'email-code', 'trusted'];
    const keys = await client.registerKeys(people.slice(0, PEOPLE_IN_PARALLEL));
    // The factors take turns, so that other load on the machine affects all of them alike.
    for (let run = 0; run < runs; run++) {
      const usedAt = run * Math.floor(PEOPLE / (runs + 1));
      for (const factor of factors) {
        await client.call('PATCH', `${API}/settings`, { mfa: SETTINGS[factor] });
        const measured = await client.signInsPerSecond(factor, people, keys, { usedAt, ms });
        rates.set(factor, [...(rates.get(factor) ?? []), measured]);
      }
    }
    return factors.map((factor) => ({ factor, perSecond: median(rates.get(factor) ?? []) }));
  } finally {
    await server.stop();
  }
}

async function organizationOf(people: readonly Person[], cost: number): Promise<object> {
  // All people share one hash, which each sign-in computes anew all the same.
  const passwordHash = await hashPassword(PASSWORD, cost);
  return {
    version: 1,
    organization: { name: 'Factors', managementAccountId: '111122223333' },
    instance: { alias: 'bench', region: 'us-east-1' },
    settings: {
      signIn: { passwordHashCost: cost, attemptsPerUser: 1_000_000, attemptsPerAddress: 1_000_000 },
    },
    users: people.map(({ userName, secret }) => ({
      ...{ userName, passwordHash, email: userName, totp: secret },
      ...{ givenName: 'Ana', familyName: 'Souza', displayName: 'Ana Souza' },
    })),
  };
}

class Client {
  readonly #publicUrl: URL;

  constructor(publicUrl: URL) {
    this.#publicUrl = publicUrl;
  }

  async call(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    const response = await fetch(new URL(path, this.#publicUrl), {
      method,
      headers: { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Record<string, unknown>; // each caller reads what its operation returns
  }

  /** Registers a key for each of these people. */
  async registerKeys(people: readonly Person[]): Promise<Map<string, SoftwareKey>> {
    const keys = new Map<string, SoftwareKey>();
    for (const { userName } of people) {
      const users = await this.call('GET', `${API}/users?userName=${encodeURIComponent(userName)}`);
      const [{ id }] = users['items'] as [{ id: string }]; // found by its unique name
      const devices = `${API}/users/${id}/mfa-devices`;
      const begun = await this.call('POST', `${devices}/registrations`, { type: 'webauthn' });
      const key = softwareKey();
      const response = key.create(begun['options'] as object, this.#publicUrl.origin); // for the registration of a key
      await this.call('POST', devices, { response });
      keys.set(userName, key);
    }
    return keys;
  }

  async signInsPerSecond(
    factor: Factor,
    people: readonly Person[],
    keys: ReadonlyMap<string, SoftwareKey>,
    { usedAt, ms }: { usedAt: number; ms: number },
  ): Promise<number> {
    let next = usedAt;
    let count = 0;
    // People with keys or trusted browsers sign in again and again; a code needs another person each time.
    const own = people.slice(0, PEOPLE_IN_PARALLEL);
    const browsers = own.map(() => new Browserless(this.#publicUrl));
    const signIn = async (index: number) => {
      const again = factor === 'webauthn' || factor === 'trusted';
      const person = again
        ? own[index]
        : people[PEOPLE_IN_PARALLEL + (next++ % (PEOPLE - PEOPLE_IN_PARALLEL))];
      const kept = browsers[index];
      if (!person || !kept) throw new Error('There are not enough people.');
      const browser = factor === 'trusted' ? kept : new Browserless(this.#publicUrl);
      await this.#signIn(browser, person, keys.get(person.userName), factor);
    };
    // A browser that is to be trusted becomes trusted now, before the measurement.
    await Promise.all(browsers.map((_, index) => signIn(index)));
    const startedAt = performance.now();
    await Promise.all(
      browsers.map(async (_, index) => {
        while (performance.now() - startedAt < ms) {
          await signIn(index);
          count += 1;
        }
      }),
    );
    return (count * 1000) / (performance.now() - startedAt);
  }

  async #signIn(browser: Browserless, person: Person, key: SoftwareKey | undefined, factor: Factor) {
    const options = { followRedirects: true };
    for (const name of browser.cookies.keys()) if (name.endsWith('-session')) browser.cookies.delete(name);
    const identify = await browser.get('/bench/start', options);
    const asked = await browser.submit(identify, { username: person.userName }, options);
    let page = await browser.submit(asked, { password: PASSWORD }, options);
    if (page.body.includes('data-security-key=') && key) {
      const [, json = ''] = /data-security-key="([^"]*)"/.exec(page.body) ?? [];
      const answer = key.get(JSON.parse(json.replaceAll('&quot;', '"')) as object, this.#publicUrl.origin); // options from our page
      const trust: Record<string, string> = factor === 'trusted' ? { trustDevice: 'yes' } : {};
      page = await browser.submit(page, { assertion: JSON.stringify(answer), ...trust }, options);
    } else if (/name="code"/.test(page.body)) {
      page = await browser.submit(page, { code: await this.#code(person, factor) }, options);
    }
    assertPortal(page, factor);
  }

  async #code({ userName, secret }: Person, factor: Factor): Promise<string> {
    if (factor === 'totp') return totpCode(secret, Date.now());
    const mails = await this.call('GET', `${API}/mailbox?limit=1&to=${encodeURIComponent(userName)}`);
    const [{ text }] = mails['items'] as [{ text: string }]; // there is a mail, as the page asks for its code
    return /\b\d{6}\b/.exec(text)?.[0] ?? '';
  }
}

function assertPortal({ status, body }: Answer, factor: Factor): void {
  if (status === 200 && body.includes('Ana Souza')) return;
  throw new Error(`Signing in by ${factor} did not lead to the portal: ${status}\n${body.slice(0, 1500)}`);
}
