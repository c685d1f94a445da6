import assert from 'node:assert/strict';
import { listDevices } from '../../../src/domain/credentials/mfa/store.ts';
import type { MfaDevice } from '../../../src/domain/credentials/mfa/device.ts';
import { findUserByName } from '../../../src/domain/directory/user-store.ts';
import { createSealer } from '../../../src/foundation/platform/crypto.ts';
import type { SoftwareKey } from './software-key.ts';
import { formOf, type Answer, type Browserless } from '../servers/browserless.ts';
import { SECRET, signIn, type TestServer } from '../servers/server.ts';
import { api, userIdOf } from '../saml/single-sign-on.ts';
import { totpCode } from './totp-code.ts';

/* Registration of MFA devices through the portal, without a browser. */

export const ANA = ['ana@example.com', 'correct-Horse-7'] as const;
export const BO = ['bo@example.com', 'correct-Horse-8'] as const;
export const DEVICES = '/demo/start/mfa-devices';
export const REGISTER = `${DEVICES}/register`;

/** Changes the MFA settings. */
export function setMfa(server: TestServer, mfa: object): Promise<unknown> {
  return api(server, 'PATCH', 'settings', { mfa });
}

/** Disables a user, as an administrator does. */
export async function disable(server: TestServer, userName: string): Promise<void> {
  await api(server, 'PATCH', `users/${await userIdOf(server, userName)}`, { enabled: false });
}

/** A browser with a signed-in user. */
export async function signedIn(server: TestServer, [userName, password] = ANA as readonly [string, string]) {
  const browser = server.browser();
  const portal = await signIn(browser, userName, password);
  assert.equal(portal.status, 200, portal.body);
  return browser;
}

/**
 * Begins the registration of a type at `path`, which is the portal's page or a sign-in, and replaces any registration
 * in progress. Returns the set-up page.
 */
export async function begin(browser: Browserless, type: 'TOTP' | 'WEBAUTHN', path = REGISTER) {
  const { csrf = '' } = formOf(await browser.get(path)).fields;
  const action = path.endsWith('/register') ? path : `${path}/register`;
  return browser.post(action, { csrf, type }, { site: 'same-origin', followRedirects: true });
}

/** The secret on a set-up page. */
export const secretOf = (page: Answer): string =>
  /data-copy="([A-Z2-7]+)"/.exec(page.body)?.[1] ?? assert.fail(page.body);

/** The options that a set-up page passes to the browser. */
export function optionsOf(page: Answer): Record<string, unknown> {
  const [, options] = /data-register-key="([^"]*)"/.exec(page.body) ?? assert.fail(page.body);
  return JSON.parse((options ?? '').replaceAll('&quot;', '"').replaceAll('&amp;', '&')) as Record<
    string,
    unknown
  >;
}

/** Answers a set-up page with the code that an app with its secret showed `stepsOld` steps ago. */
export function answerCode(server: TestServer, browser: Browserless, page: Answer, stepsOld = 0) {
  return browser.submit(page, { code: totpCode(secretOf(page), server.clock.now() - stepsOld * 30_000) });
}

/** Answers a set-up page with a security key. */
export function answerKey(server: TestServer, browser: Browserless, page: Answer, key: SoftwareKey) {
  const attestation = JSON.stringify(key.create(optionsOf(page), server.publicUrl.origin));
  return browser.submit(page, { attestation });
}

/** Registers an app in the portal. The answer redirects to the page that names it. */
export async function registerApp(server: TestServer, browser: Browserless, stepsOld = 0): Promise<Answer> {
  const answer = await answerCode(server, browser, await begin(browser, 'TOTP'), stepsOld);
  assert.equal(answer.status, 303, answer.body);
  return answer;
}

/** The devices of a user. */
export async function devicesOf(server: TestServer, userName: string = ANA[0]): Promise<MfaDevice[]> {
  const { db, instance } = server;
  const user = await findUserByName(db.read, instance.id, userName);
  assert.ok(user);
  return listDevices(db.read, createSealer(SECRET), instance.id, user.id);
}
