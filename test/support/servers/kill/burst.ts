import { z } from 'zod';
import { encodePost } from '../../../../src/protocols/saml/bindings/post.ts';
import { Browserless, type Answer } from '../browserless.ts';
import { deliveryOf } from '../../saml/delivery.ts';
import type { KnownUser, Ledger } from './ledger.ts';

export const PUBLIC_URL = new URL('http://sso.example.com');
export const API_TOKEN = 'a-token-of-the-tests';
const API = '/api/v1/organizations/default';

/** Hashes are as cheap as possible, no user is throttled, and nothing that is counted is trimmed. */
export const ORGANIZATION = `
version: 1
organization: {name: Example Corp, managementAccountId: "111122223333"}
instance: {alias: demo, region: us-east-1}
settings:
  signIn: {passwordHashCost: 4, attemptsPerUser: 1000000, attemptsPerAddress: 1000000}
  retention: {events: 1000000, exchangesPerApplication: 1000000, requestsPerApplication: 1000000}
users:
  - {userName: ana@example.com, password: correct-Horse-7, email: ana@example.com, givenName: Ana, familyName: Souza, displayName: Ana Souza}
applications:
  - key: wiki
    displayName: Wiki
    serviceProvider: {entityId: https://wiki.example.com/saml, acsUrls: [https://wiki.example.com/saml/acs]}
    assignments: {everyone: true}
`;

/**
 * Responses that one client requests at the same moment, so that writes queue up and a kill interrupts any that aren't
 * atomic.
 */
const CROWD = 12;

const headers = { authorization: `Bearer ${API_TOKEN}` };

/** The errors that a client of a killed server sees. */
const GONE = /ECONNREFUSED|ECONNRESET|EPIPE|socket hang up|aborted/;

let unique = 0;

/** Lets people and programs work until the server is gone; the ledger keeps everything that it acknowledges. */
export async function burst(port: number, ledger: Ledger, clients: number): Promise<void> {
  const path = await wikiPath(port);
  const client = async (): Promise<void> => {
    try {
      const user = await createUser(port, ledger);
      for (;;) await oneTurn(port, ledger, user, path);
    } catch (error) {
      if (!isGone(error)) ledger.surprises.push(error instanceof Error ? error.message : String(error));
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
}

function isGone(error: unknown): boolean {
  return error instanceof Error && GONE.test(`${'code' in error ? String(error.code) : ''} ${error.message}`);
}

async function oneTurn(port: number, ledger: Ledger, user: KnownUser, path: string): Promise<void> {
  const browser = await signIn(port, ledger, user);
  await answerRequest(port, ledger, browser, path);
  await Promise.all(
    Array.from({ length: CROWD }, async () =>
      keepResponse(ledger, deliveryOf(await browser.get(path)).samlResponse),
    ),
  );
  const made = await api(port, 'POST', '/applications/wiki/responses', { user: user.userName });
  expect(made, 200);
  keepResponse(ledger, z.object({ samlResponse: z.string() }).parse(JSON.parse(made.body)).samlResponse);
  const next = `another-Horse-${(unique += 1)}`;
  user.passwords.push(next);
  ledger.releaseSessions(user.id);
  expect(await api(port, 'PUT', `/users/${user.id}/password`, { password: next }), 204);
  user.passwords.splice(0, user.passwords.length, next);
  ledger.passwordChanges += 1;
  ledger.changed();
}

async function createUser(port: number, ledger: Ledger): Promise<KnownUser> {
  const userName = `person-${(unique += 1)}@example.com`;
  const password = `first-Horse-${unique}`;
  const names = { email: userName, givenName: 'P', familyName: 'Q', displayName: `P Q ${unique}` };
  const made = await api(port, 'POST', '/users', { userName, password, ...names });
  expect(made, 201);
  const { id } = z.object({ id: z.string() }).parse(JSON.parse(made.body));
  const user = { id, userName, passwords: [password] };
  ledger.users.push(user);
  ledger.changed();
  return user;
}

/** Signs in with a new browser; the session cookie is the acknowledgement. */
async function signIn(port: number, ledger: Ledger, user: KnownUser): Promise<Browserless> {
  const { browser, done, signInId } = await tryPassword(port, user, user.passwords[0] ?? '');
  if (!hasSession(browser)) throw unexpected(done);
  ledger.keepSession(signInId, user.id, browser);
  return browser;
}

const hasSession = (browser: Browserless) =>
  [...browser.cookies.keys()].some((name) => /-session$/.test(name));

async function tryPassword(port: number, user: KnownUser, password: string) {
  const browser = new Browserless(PUBLIC_URL, port);
  const identify = await browser.get('/demo/start', { followRedirects: true });
  const asked = await browser.submit(identify, { username: user.userName });
  expect(asked, 303);
  const signInId = /signin\/([\w-]+)/.exec(asked.location ?? '')?.[1] ?? '';
  const done = await browser.submit(await browser.get(asked.location ?? ''), { password });
  return { browser, done, signInId };
}

/**
 * Sends a service provider's request by HTTP-POST. The ledger records it when it is accepted, and again when it is
 * answered.
 */
async function answerRequest(
  port: number,
  ledger: Ledger,
  browser: Browserless,
  path: string,
): Promise<void> {
  const id = `_killed-${process.pid}-${(unique += 1)}`;
  const form = { SAMLRequest: encodePost(authnRequest(id)) };
  const taken = await new Browserless(PUBLIC_URL, port).post(path, form, { site: 'cross-site' });
  expect(taken, 303);
  ledger.requests.push({ id, ...form });
  ledger.changed();
  const page = await browser.get(taken.location ?? '', { site: 'cross-site', followRedirects: true });
  keepResponse(ledger, deliveryOf(page).samlResponse);
}

const authnRequest = (id: string) =>
  `<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"` +
  ` xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${id}" Version="2.0"` +
  ` IssueInstant="${new Date().toISOString()}"><saml:Issuer>https://wiki.example.com/saml</saml:Issuer></samlp:AuthnRequest>`;

function keepResponse(ledger: Ledger, base64: string): void {
  const id = / ID="([^"]+)"/.exec(Buffer.from(base64, 'base64').toString())?.[1];
  if (id === undefined) throw new Error('The response has no ID.');
  ledger.responses.push(id);
  ledger.changed();
}

/** The newest acknowledgements that no longer hold after a restart: of sessions, used requests and passwords. */
export async function lostToClients(port: number, ledger: Ledger, many = 3): Promise<string[]> {
  const lost: string[] = [];
  for (const { signInId, cookies } of ledger.sessions.filter(({ mustHold }) => mustHold).slice(-many)) {
    const browser = new Browserless(PUBLIC_URL, port);
    for (const [name, value] of cookies) browser.cookies.set(name, value);
    const { status } = await browser.get('/demo/start');
    if (status !== 200) lost.push(`the session of sign-in ${signInId}: ${status}`);
  }
  const path = await wikiPath(port);
  for (const { id, SAMLRequest } of ledger.requests.slice(-many)) {
    const again = await new Browserless(PUBLIC_URL, port).post(path, { SAMLRequest }, { site: 'cross-site' });
    // A replay is answered at once with a status; an accepted request leads to a sign-in.
    const refused = again.status === 200 && /RequestDenied/.test(decoded(again));
    if (!refused) lost.push(`that request ${id} was used: ${again.status}`);
  }
  for (const user of ledger.users.slice(-many)) {
    let works = false;
    for (const password of user.passwords) {
      works ||= hasSession((await tryPassword(port, user, password)).browser);
    }
    if (!works) lost.push(`the password of ${user.userName}`);
  }
  return lost;
}

const decoded = (page: Answer) => Buffer.from(deliveryOf(page).samlResponse, 'base64').toString();

async function wikiPath(port: number): Promise<string> {
  const shown = await api(port, 'GET', '/applications/wiki');
  return new URL(z.object({ ssoUrl: z.url() }).parse(JSON.parse(shown.body)).ssoUrl).pathname;
}

function api(port: number, method: string, path: string, json?: object): Promise<Answer> {
  const options = { headers, ...(json && { json }) };
  return new Browserless(PUBLIC_URL, port).send(method, `${API}${path}`, options);
}

function expect(answer: Answer, status: number): void {
  if (answer.status !== status) throw unexpected(answer);
}

function unexpected({ status, body }: Answer): Error {
  return new Error(`unexpectedly ${status}: ${body.slice(0, 300)}`);
}
