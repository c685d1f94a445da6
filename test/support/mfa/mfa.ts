import assert from 'node:assert/strict';
import { generateSync } from 'otplib';
import { insertDevice } from '../../../src/domain/credentials/mfa/store.ts';
import type { MfaDevice } from '../../../src/domain/credentials/mfa/device.ts';
import {
  registrationOptions,
  verifyRegistration,
  webAuthnSite,
} from '../../../src/domain/credentials/mfa/webauthn/webauthn.ts';
import { findUserByName } from '../../../src/domain/directory/user-store.ts';
import type { User } from '../../../src/domain/directory/user.ts';
import { listMails } from '../../../src/domain/mail/list-store.ts';
import { newMfaDeviceId } from '../../../src/foundation/platform/ids.ts';
import { formOf, textOf, type Answer, type Browserless } from '../servers/browserless.ts';
import { EXAMPLE, type TestServer } from '../servers/server.ts';

/* Users with MFA devices, and the steps of their sign-in. */

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
export const ANA = { userName: 'ana@example.com', password: 'correct-Horse-7' } as const;

export interface Mfa {
  mode?: 'context-aware' | 'always-on' | 'disabled';
  types?: readonly ('totp' | 'webauthn')[];
  withoutDevice?: 'allow' | 'register' | 'email-code' | 'block';
}

/** The organization EXAMPLE with these settings. Tests with many attempts raise `attemptsPerUser`. */
export function organizationWith(mfa: Mfa, attemptsPerUser = 10): string {
  const signIn = `signIn: {passwordHashCost: 4, attemptsPerUser: ${attemptsPerUser}, attemptsPerAddress: 100000}`;
  return EXAMPLE.replace('signIn: {passwordHashCost: 4}', `${signIn}\n  mfa: ${JSON.stringify(mfa)}`);
}

export async function userOf(server: TestServer, userName: string): Promise<User> {
  const user = await findUserByName(server.db.read, server.instance.id, userName);
  return user ?? assert.fail(`there is no user ${userName}`);
}

type Kept = Pick<MfaDevice & { type: 'TOTP' }, 'type' | 'credential' | 'inSync'>;
type KeptKey = Pick<MfaDevice & { type: 'WEBAUTHN' }, 'type' | 'credential' | 'isBuiltIn'>;

/** Registers an authenticator app with this secret. */
export function addApp(
  server: TestServer,
  userName: string = ANA.userName,
  { secret = SECRET, inSync = true }: { secret?: string; inSync?: boolean } = {},
): Promise<MfaDevice> {
  const credential = { secret, driftSteps: 0, lastStep: null };
  return addDevice(server, userName, { type: 'TOTP', credential, inSync });
}

/** Registers a security key by a complete ceremony. */
export async function addKey(
  server: TestServer,
  key: { create(options: object, origin: string): object | Promise<object> },
  userName: string = ANA.userName,
): Promise<MfaDevice> {
  const site = webAuthnSite(server.publicUrl, 'Example Corp');
  const challenge = Buffer.alloc(32, 7).toString('base64url');
  const whom = { id: 'x', userName, displayName: userName };
  const options = await registrationOptions(site, whom, [], challenge);
  const verdict = await verifyRegistration(site, challenge, await key.create(options, site.origin));
  assert.ok(verdict.ok);
  const { credential, isBuiltIn } = verdict;
  return addDevice(server, userName, { type: 'WEBAUTHN', credential, isBuiltIn });
}

async function addDevice(server: TestServer, userName: string, kept: Kept | KeptKey): Promise<MfaDevice> {
  const { sealer, ids } = server.app.operationNeeds;
  const { id: userId } = await userOf(server, userName);
  const device: MfaDevice = {
    ...{ id: newMfaDeviceId(ids), userId, name: kept.type, lastUsedAt: null, version: 1 },
    registeredAt: server.clock.now(),
    ...kept,
  };
  await server.db.transaction((tx) => insertDevice(tx, sealer, server.instance.id, device));
  return device;
}

/** The code of an app whose clock is `ahead` steps ahead of the server's. */
export function codeNow({ clock }: Pick<TestServer, 'clock'>, ahead = 0, secret = SECRET): string {
  return generateSync({ secret, strategy: 'hotp', counter: Math.floor(clock.now() / 30_000) + ahead });
}

/** A code that is neither the present one nor the one before or after it. */
export function wrongCode(server: Pick<TestServer, 'clock'>, secret = SECRET): string {
  const right = [-2, -1, 0, 1, 2].map((ahead) => codeNow(server, ahead, secret));
  return ['000000', '111111', '222222', '333333', '444444', '555555'].find((it) => !right.includes(it)) ?? '';
}

/** Signs in as far as the password, and returns the page that follows. */
export async function afterPassword(
  browser: Browserless,
  { userName, password }: { userName: string; password: string } = ANA,
): Promise<Answer> {
  const identify = await browser.get('/demo/start', { followRedirects: true });
  const asked = await browser.submit(identify, { username: userName }, { followRedirects: true });
  return browser.submit(asked, { password }, { followRedirects: true });
}

/** Chooses another type of second factor. */
export function choose(browser: Browserless, page: Answer, type: string): Promise<Answer> {
  const { action, fields } = formOf(page, '/choose');
  return browser.post(action, { ...fields, type }, { site: 'same-origin', followRedirects: true });
}

/** The options that the page passes to `navigator.credentials.get`. */
export function optionsOf(page: Answer): { challenge: string; rpId: string } {
  const [, json] = /data-security-key="([^"]*)"/.exec(page.body) ?? [];
  assert.ok(json !== undefined, textOf(page));
  // Our own server made the JSON.
  return JSON.parse(json.replaceAll('&quot;', '"')) as { challenge: string; rpId: string };
}

/** Sends the answer of a security key as the page's script would. */
export function sendAssertion(browser: Browserless, page: Answer, answer: object): Promise<Answer> {
  return browser.submit(page, { assertion: JSON.stringify(answer) });
}

/** The codes that were mailed, newest first. */
export async function mailedCodes({ db, app, instance }: TestServer): Promise<string[]> {
  const filter = { kind: 'verification-code' } as const;
  const page = { limit: 20 };
  const { items } = await listMails(
    db.read,
    app.operationNeeds.sealer,
    instance.organization.id,
    filter,
    page,
  );
  return items.flatMap(({ text }) => /\b\d{6}\b/.exec(text) ?? []);
}

/** The code in the newest message. */
export async function mailedCode(server: TestServer): Promise<string> {
  return (await mailedCodes(server))[0] ?? assert.fail('no code was mailed');
}

/** Whether the browser's session opens the portal. */
export async function isSignedIn(browser: Browserless): Promise<boolean> {
  return (await browser.get('/demo/start')).status === 200;
}
