import assert from 'node:assert/strict';
import { png } from '../pages/pictures.ts';
import { listAllSealedCertificates } from '../../../src/domain/certificates/store.ts';
import { sealContext } from '../../../src/domain/certificates/certificate.ts';
import { openCaptcha } from '../../../src/flows/signin/password/captcha.ts';
import { browserCookie, browserOf } from '../../../src/flows/visit/visit.ts';
import { certificatesOf } from '../applications/certificates.ts';
import { control, linkTo } from '../mail/mailbox.ts';
import { afterPassword, mailedCode, optionsOf, sendAssertion } from '../mfa/mfa.ts';
import { answerKey, begin, optionsOf as keyOptionsOf, secretOf, setMfa } from '../mfa/registration.ts';
import { consoleLink } from '../servers/console.ts';
import { softwareKey } from '../mfa/software-key.ts';
import { totpCode } from '../mfa/totp-code.ts';
import { authenticate, redirectRequest, targetOf, userIdOf } from '../saml/single-sign-on.ts';
import { formOf, type Browserless } from '../servers/browserless.ts';
import { nextTurn } from '../../../src/foundation/platform/turns.ts';
import { signIn, type TestServer } from '../servers/server.ts';
import { SeenSecrets } from './seen-secrets.ts';

const ANA = { userName: 'ana@example.com', password: 'correct-Horse-7' };

/** What the parts of the walk share. */
interface Walk {
  server: TestServer;
  seen: SeenSecrets;
  /** A browser whose cookies and tokens are noted. */
  browser(): Browserless;
}

/** Uses every feature that has a secret as people and programs do, and returns the secrets. */
export async function walkWithSecrets(server: TestServer): Promise<SeenSecrets> {
  const seen = new SeenSecrets();
  const walk = { server, seen, browser: () => seen.watch(server.browser()) };
  for (const { sealedPrivateKey, id } of await listAllSealedCertificates(
    server.db.read,
    server.instance.id,
  )) {
    const pem = server.sealer.open(sealedPrivateKey, sealContext(id));
    // A line, since a PEM is stored with its line breaks or without. The first lines are the modulus, which is public.
    seen.add(`private key ${id}`, pem.trimEnd().split('\n').at(-4) ?? '');
  }
  await typeIntoTheWrongField(walk);
  await registerDevices(walk);
  await signOnByDevices(walk);
  await rehearse(walk);
  await administer(walk);
  await forget(walk);
  await signInByMailedCode(walk);
  await operate(walk);
  return seen;
}

/** A person types the password into the field for the user name. */
async function typeIntoTheWrongField({ seen, browser }: Walk): Promise<void> {
  const mistaken = browser();
  const asked = await mistaken.get('/demo/start', { followRedirects: true });
  const username = seen.add('a password as user name', 'typed-Into-The-Name-1');
  const page = await mistaken.submit(asked, { username }, { followRedirects: true });
  await mistaken.submit(page, { password: seen.add('a wrong password', 'wrong-Horse-Of-Mine') });
}

/** An app and a key are registered in the portal, and others are begun. */
async function registerDevices({ server, seen, browser }: Walk): Promise<void> {
  seen.add('a password', ANA.password);
  const portal = browser();
  await signIn(portal, ANA.userName, ANA.password);
  const app = await begin(portal, 'TOTP');
  const secret = seen.add('the secret of an app', secretOf(app));
  const code = seen.add('the code of an app', totpCode(secret, server.clock.now() - 30_000));
  assert.equal((await portal.submit(app, { code })).status, 303);
  const setup = await begin(portal, 'WEBAUTHN');
  seen.add('the challenge of a registration', String(keyOptionsOf(setup)['challenge']));
  const key = softwareKey();
  seen.allow(key.credentialId);
  assert.equal((await answerKey(server, portal, setup, key)).status, 303);
  seen.add('the secret of a registration under way', secretOf(await begin(portal, 'TOTP')));
  await setMfa(server, { mode: 'context-aware', types: ['webauthn'] });
  const again = browser();
  const challenged = await afterPassword(again);
  seen.add('the challenge of a sign-in', optionsOf(challenged).challenge);
  const answer = key.get(optionsOf(challenged), server.publicUrl.origin);
  assert.equal((await sendAssertion(again, challenged, answer)).status, 303);
  await setMfa(server, { mode: 'context-aware', types: ['totp'] });
  const third = browser();
  const page = await afterPassword(third);
  const next = seen.add('another code of an app', totpCode(secret, server.clock.now()));
  assert.equal((await third.submit(page, { code: next })).status, 303);
  await setMfa(server, { mode: 'disabled' });
}

/** Sign-ons at a service provider: one is refused, one is answered, one waits for its user, one signs in at a sample. */
async function signOnByDevices({ server, seen, browser }: Walk): Promise<void> {
  const wiki = await targetOf(server, 'wiki');
  const person = browser();
  await signIn(person, ANA.userName, ANA.password);
  const relayState = seen.add('a RelayState', 'relay-State-Secret-1');
  const request = seen.add('a request', wiki.request());
  const refused = seen.add(
    'a refused request',
    wiki.request().replace('<saml:Issuer>', '<saml:Issuer>another-'),
  );
  assert.equal((await person.get(wiki.redirect(refused, { relayState }))).status, 400);
  const sent = await redirectRequest(person, wiki, request, { relayState });
  const { fields } = formOf(sent, '', ['SAMLResponse']);
  const posted = seen.add('a response as posted', fields['SAMLResponse'] ?? '');
  const xml = seen.add('a response', Buffer.from(posted, 'base64').toString());
  seen.add('a signature', /<ds:SignatureValue>([^<]+)</.exec(xml)?.[1] ?? '');
  const open = (by: Browserless) =>
    by.get(wiki.redirect(seen.add('a waiting request', wiki.request()), { relayState }), {
      followRedirects: true,
    });
  assert.equal((await open(browser())).status, 200);
  const newcomer = browser();
  const delivered = await authenticate(newcomer, await open(newcomer), ANA.userName, ANA.password);
  assert.ok(formOf(delivered, '', ['SAMLResponse']));
  const sample = await person.get(`/samples/notes/${server.instance.directoryId}/signin`, {
    followRedirects: true,
  });
  const { action, fields: form } = formOf(sample, '', ['SAMLResponse']);
  const entered = await person.post(new URL(action).pathname, form, { site: 'cross-site' });
  assert.equal(entered.status, 303);
}

/** A certificate is rehearsed in one browser, and another link waits. */
async function rehearse({ server, browser }: Walk): Promise<void> {
  const certificates = certificatesOf(server, 'wiki');
  await certificates.add();
  const admin = browser();
  for (const isUsed of [true, false]) {
    const page = await admin.get(new URL((await certificates.rehearse()).url).pathname);
    if (isUsed) await admin.submit(page, { rehearse: 'yes' });
  }
}

/** What an operator sets: a logo, passwords, apps, an import. */
async function administer({ server, seen }: Walk): Promise<void> {
  await server.organization.logo.set(png(30, 20));
  const person = { givenName: 'Eva', familyName: 'Example', displayName: 'Eva Example' };
  const password = seen.add('a password set by the API', 'set-By-The-Api-77');
  const eva = { ...person, userName: 'eva', email: 'eva@example.com', password };
  assert.equal((await control(server, 'POST', '/users', eva)).status, 201);
  const gil = { ...person, userName: 'gil', email: 'gil@example.com', oneTimePassword: true };
  const { body } = await control(server, 'POST', '/users', gil);
  seen.add('a one-time password', /"oneTimePassword":"([^"]+)"/.exec(JSON.stringify(body))?.[1] ?? '');
  const totpSecret = seen.add('the secret of an app set by the API', 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP');
  const devices = `/users/${await userIdOf(server, 'eva')}/mfa-devices`;
  assert.equal((await control(server, 'POST', devices, { totpSecret })).status, 201);
  const imported = seen.add('a password in an import', 'imported-Horse-77');
  const line = JSON.stringify({
    user: { ...person, userName: 'ida', email: 'ida@example.com', password: imported },
  });
  await importUsers(server, `${line}\n`);
  await makeClass(server, seen);
  const invited = { ...person, userName: 'ivo', email: 'ivo@example.com', invite: true };
  assert.equal((await control(server, 'POST', '/users', invited)).status, 201);
  seen.add('an invitation', (await linkTo(server, 'ivo@example.com')).split('/').at(-1) ?? '');
}

async function importUsers(server: TestServer, body: string): Promise<void> {
  const headers = { authorization: 'Bearer a-token-of-the-tests', 'content-type': 'application/x-ndjson' };
  const address = new URL('/api/v1/organizations/default/imports', server.publicUrl);
  assert.equal((await fetch(address, { method: 'POST', headers, body })).status, 202);
}

/** A class of one, made from an organization file with secrets, whose sheet is made. */
async function makeClass(server: TestServer, seen: SeenSecrets): Promise<void> {
  const call = async (method: string, path: string, body?: object) => {
    const headers = { authorization: 'Bearer a-token-of-the-tests', 'content-type': 'application/json' };
    const address = new URL(`/api/v1/classrooms${path}`, server.publicUrl);
    const answer = await fetch(address, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    assert.ok(answer.ok);
    return (await answer.json()) as Record<string, unknown>;
  };
  const password = seen.add('a password of a template', 'template-Horse-66');
  const totp = seen.add('an app of a template', 'KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU');
  const nina = `{userName: nina, email: nina@example.com, givenName: N, familyName: B, displayName: N B, password: "${password}", totp: ${totp}}`;
  const file = `version: 1\norganization: {name: T, managementAccountId: "111122223333"}\ninstance: {region: us-east-1}\nusers: [${nina}]\n`;
  const made = await call('POST', '', { name: 'Class', students: [{ name: 'Ada Lovelace' }], file });
  const path = `/${String(made['id'])}`;
  while ((await call('GET', path))['status'] === 'running') await nextTurn();
  const { cards } = await call('POST', `${path}/sheet`, {});
  for (const card of cards as { password: string; usersPassword: string }[]) {
    seen.add('the password of a student', card.password);
    seen.add('the password of the users of a student', card.usersPassword);
  }
}

/** An operator uses one link and leaves another, mistypes the API token; a user may open the console. */
async function operate({ server, seen, browser }: Walk): Promise<void> {
  const operator = browser();
  for (const isUsed of [true, false]) {
    const link = await consoleLink(server);
    seen.add('a link into the console', link.split('/').at(-1) ?? '');
    if (isUsed) assert.equal((await operator.submit(await operator.get(link))).status, 303);
  }
  seen.add('the session of an operator', operator.cookies.get('vestibule-operator') ?? '');
  const stranger = browser();
  const token = seen.add('a mistyped API token', 'mistyped-Token-0123456789');
  await stranger.submit(await stranger.get('/organizations/signin'), { token });
  const access = `/users/${await userIdOf(server, 'eva')}/console-access`;
  assert.ok((await control(server, 'PUT', access, { access: 'full' })).status < 300);
}

/** Ana asks for a link, and chooses a new password by it. Bo leaves his link. */
async function forget({ server, seen, browser }: Walk): Promise<void> {
  for (const userName of [
    'bo@example.com',
    ANA.userName,
    seen.add('a password as forgotten name', 'mistaken-Name-77'),
  ]) {
    const person = browser();
    const page = await person.get('/demo/forgot-password');
    const { challenge = '' } = formOf(page, 'forgot-password').fields;
    const { id: browserId } = browserOf(person.cookies.get(browserCookie(server.instance)) ?? '');
    const place = { instanceId: server.instance.id, browserId };
    const opened = openCaptcha(server.sealer, place, challenge, server.clock.now());
    const captcha = seen.add('the answer to a captcha', opened?.answers[0] ?? '');
    assert.equal((await person.submit(page, { username: userName, captcha })).status, 303);
    if (userName.startsWith('mistaken')) continue;
    const path = await linkTo(server, userName);
    seen.add(`the link of ${userName}`, path.split('/').at(-1) ?? '');
    if (userName !== ANA.userName) continue;
    const newPassword = seen.add('a new password', 'brand-New-Horse-1');
    const form = await person.get(path);
    assert.equal((await person.submit(form, { newPassword, confirmPassword: newPassword })).status, 303);
  }
}

/** Bo gets codes by mail. With one of them he trusts his browser. */
async function signInByMailedCode({ server, seen, browser }: Walk): Promise<void> {
  await setMfa(server, { mode: 'context-aware', withoutDevice: 'email-code' });
  const bo = { userName: 'bo@example.com', password: seen.add('the password of Bo', 'correct-Horse-8') };
  await afterPassword(browser(), bo);
  seen.add('a mailed code', await mailedCode(server));
  const trusting = browser();
  const page = await afterPassword(trusting, bo);
  const code = seen.add('a mailed code that is used', await mailedCode(server));
  assert.equal((await trusting.submit(page, { code, trustDevice: 'on' })).status, 303);
}
