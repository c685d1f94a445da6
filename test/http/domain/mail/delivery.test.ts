import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import type { Vestibule } from '../../../../src/index.ts';
import { createSmtpSender } from '../../../../src/domain/mail/smtp.ts';
import { HOUR_MS, SECOND_MS } from '../../../../src/foundation/platform/clock.ts';
import { manualClock } from '../../../support/basics/clock.ts';
import { ANA, libraries, refusal } from '../../../support/servers/library.ts';
import {
  startMailServer,
  type MailServerOptions,
  type TestMailServer,
} from '../../../support/mail/mail-server.ts';

const CODES = {
  yaml: `
version: 1
organization: {name: Example Corp, managementAccountId: "111122223333"}
instance: {region: us-east-1}
settings: {signIn: {passwordHashCost: 4}, mfa: {mode: always-on, withoutDevice: email-code}}
users:
  - {userName: ana@example.com, password: correct-Horse-7, email: ana@example.com, givenName: Ana, familyName: Souza, displayName: Ana Souza}
`,
};

/** Hands one message to the mail server at this address. */
function send(url: string) {
  const mail = { id: 'x', to: 'ana@example.com', subject: 'x', text: 'x', html: 'x', attempts: 1 } as never; // as claimed
  return createSmtpSender({ url: new URL(url), from: { name: '', address: 'a@example.com' } }).send(mail);
}

/** Asks until the answer is so: a message's status is stored a moment after the mail server has the message. */
async function until<T>(ask: () => Promise<T>, isSo: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (isSo(answer)) return answer;
    await setImmediate();
  }
}

/** Sends the right password, after which a code is mailed. */
async function askForCode({ organization }: Vestibule): Promise<void> {
  const browser = organization.browser();
  const first = await browser.visit(organization.portalUrl);
  const asked = await browser.submit(first, { username: ANA.userName });
  const { status } = await browser.submit(asked, { password: ANA.password });
  assert.equal(status, 200);
}

const newest = async ({ organization }: Vestibule) => (await organization.mailbox.list())[0];

describe('the delivery of mail', () => {
  const mailServers: TestMailServer[] = [];
  const { inFolder, start } = libraries();
  afterEach(async () => {
    for (const each of mailServers.splice(0)) await each.stop();
  });
  const mailServer = async (options?: MailServerOptions) => {
    const started = await startMailServer(options);
    mailServers.push(started);
    return started;
  };

  it('begins with the commit: envelope, subject and both parts arrive', async () => {
    const smtp = await mailServer();
    const server = await start({ organization: CODES, smtpUrl: smtp.url });
    await askForCode(server);
    const [mail] = await smtp.holds(1);
    const written = await until(
      () => newest(server),
      (sent) => sent?.status === 'sent',
    );
    assert.ok(mail && written);
    assert.deepEqual([mail.from, mail.to], ['no-reply@localhost', ['ana@example.com']]);
    assert.equal(mail.headers.get('from'), 'Vestibule <no-reply@localhost>');
    assert.equal(mail.headers.get('subject'), 'Your verification code for Example Corp');
    assert.ok(mail.headers.get('message-id')?.includes(written.id));
    assert.equal(mail.parts.get('text/plain')?.trim(), written.text);
    assert.equal(mail.parts.get('text/html')?.trim(), written.html);
  });

  it('tries again after a wait, and doesn’t hold up other mail', async () => {
    const busy = { code: 451, message: 'try again later' };
    const smtp = await mailServer({ refuse: (count) => (count === 1 ? busy : undefined) });
    const clock = manualClock();
    const server = await start({
      organization: CODES,
      clock,
      smtpUrl: smtp.url,
      mailFrom: 'Us <us@example.com>',
    });
    await askForCode(server);
    const refused = await until(
      () => newest(server),
      (mail) => mail?.lastError != null,
    );
    assert.deepEqual([refused?.status, refused?.attempts], ['pending', 1]);
    assert.match(refused?.lastError ?? '', /451 try again later/);
    clock.advance(SECOND_MS);
    await askForCode(server);
    assert.notEqual((await smtp.holds(1))[0]?.parts.get('text/plain')?.trim(), refused?.text);
    clock.advance(9 * SECOND_MS);
    await askForCode(server);
    const received = await smtp.holds(3);
    assert.ok(received.some(({ parts }) => parts.get('text/plain')?.trim() === refused?.text));
    assert.equal(received[0]?.from, 'us@example.com');
    assert.equal(smtp.offered, 4);
  });

  it('sends after a restart what was pending, and nothing else', async () => {
    const smtp = await mailServer();
    const gone = await startMailServer();
    await gone.stop();
    const clock = manualClock();
    const options = { data: inFolder('restart'), organization: CODES, clock };
    const first = await start({ ...options, smtpUrl: smtp.url });
    await askForCode(first);
    await until(
      () => newest(first),
      (mail) => mail?.status === 'sent',
    );
    await first.stop();
    clock.advance(SECOND_MS);
    const second = await start({ ...options, smtpUrl: gone.url });
    await askForCode(second);
    const left = await until(
      () => newest(second),
      (mail) => mail?.lastError != null,
    );
    assert.equal(left?.status, 'pending');
    await second.stop();
    clock.advance(HOUR_MS);
    const third = await start({ ...options, smtpUrl: smtp.url });
    const received = await smtp.holds(2);
    await until(
      () => newest(third),
      (mail) => mail?.status === 'sent',
    );
    assert.equal(received[1]?.parts.get('text/plain')?.trim(), left.text);
    assert.equal(smtp.offered, 2);
  });

  it('doesn’t keep a stopping server waiting for a mail server that hangs', async function () {
    const hanging = createServer(() => undefined);
    hanging.listen(0, '127.0.0.1');
    await once(hanging, 'listening');
    const { port } = hanging.address() as AddressInfo; // it listens on a port
    const server = await start({ organization: CODES, smtpUrl: `smtp://127.0.0.1:${port}` });
    const connected = once(hanging, 'connection');
    await askForCode(server);
    await connected;
    this.timeout(4000); // the greeting would take ten seconds
    await server.stop();
    await new Promise((resolve) => hanging.close(resolve));
  });

  describe('by STARTTLS', () => {
    // This machine, by an address that isn't recognized as loopback.
    const UNKNOWN = '[::ffff:127.0.0.1]';
    const credentials = { user: 'mailer', password: 'correct horse' };

    it('accepts an unknown certificate from a mail server on this machine', async () => {
      const smtp = await mailServer({ startTls: true });
      assert.deepEqual(await send(smtp.url), { ok: true });
      const elsewhere = await send(smtp.url.replace('127.0.0.1', UNKNOWN));
      assert.ok(!elsewhere.ok && /certificate/.test(elsewhere.reason), JSON.stringify(elsewhere));
      assert.equal(smtp.received.length, 1);
    });

    it('is required before a password leaves this machine', async () => {
      let asked = 0;
      const smtp = await mailServer({ credentials, denial: () => `asked ${++asked} times` });
      assert.deepEqual(await send(smtp.url), { ok: true });
      const url = smtp.url.replace('127.0.0.1', UNKNOWN).replace('correct', 'wrong');
      const elsewhere = await send(url);
      assert.ok(
        !elsewhere.ok && !elsewhere.isFinal && /STARTTLS/.test(elsewhere.reason),
        JSON.stringify(elsewhere),
      );
      assert.equal(asked, 0, 'the password was sent');
    });
  });

  it('stores a mail server’s answer in a form that a database accepts', async () => {
    const odd = createServer((socket) => socket.end('554 no\0such\x07thing\r\n'));
    odd.listen(0, '127.0.0.1');
    await once(odd, 'listening');
    const { port } = odd.address() as AddressInfo; // it listens on a port
    const outcome = await send(`smtp://127.0.0.1:${port}`);
    await new Promise((resolve) => odd.close(resolve));
    assert.ok(!outcome.ok);
    assert.match(outcome.reason, /554 no such thing/);
  });

  it('is refused by the library for wrong options, by their names and without the password', async () => {
    const { message } = await refusal(start({ smtpUrl: 'smtp://a:hidden-Secret@b:25/c', mailFrom: 'x' }));
    for (const name of ['smtpUrl', 'mailFrom']) assert.ok(message.includes(`  ${name}: `), message);
    assert.doesNotMatch(message, /hidden-Secret|--/);
  });
});
