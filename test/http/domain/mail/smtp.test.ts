import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { deliverDue } from '../../../../src/domain/mail/delivery.ts';
import { verificationCodeMail } from '../../../../src/domain/mail/messages.tsx';
import { createOutbox } from '../../../../src/domain/mail/outbox.ts';
import { createSmtpSender } from '../../../../src/domain/mail/smtp.ts';
import { listMails } from '../../../../src/domain/mail/list-store.ts';
import { SECOND_MS } from '../../../../src/foundation/platform/clock.ts';
import { createSealer } from '../../../../src/foundation/platform/crypto.ts';
import { createLogger } from '../../../../src/foundation/platform/logger.ts';
import { openSqlite } from '../../../../src/foundation/storage/sqlite.ts';
import { control } from '../../../support/mail/mailbox.ts';
import { startServer } from '../../../support/servers/server.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';

const FROM = { name: 'Example, Inc. (us)', address: 'no-reply@example.com' };

const sealer = createSealer(Buffer.alloc(32, 4));

interface Received {
  to: string[];
  /** As they were sent. */
  headers: string;
  raw: string;
}

describe('mail over SMTP', () => {
  let smtp: SMTPServer | undefined;
  let received: Received[];
  let tenant: Tenant;

  beforeEach(async () => {
    received = [];
    const db = openSqlite({ location: ':memory:', durability: 'process' });
    await db.migrate();
    tenant = await makeTenant(db);
  });
  afterEach(async () => {
    const open = smtp;
    smtp = undefined;
    if (open) await new Promise<void>((resolve) => open.close(resolve));
    await tenant.db.close();
  });

  /** A mail server that keeps what it receives, unless `refuse` returns an error. */
  async function listen(options: SMTPServerOptions = {}, refuse: () => Error | undefined = () => undefined) {
    smtp = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      authOptional: true,
      logger: false,
      ...options,
      onData(stream, session, callback) {
        void text(stream).then((raw) => {
          const refusal = refuse();
          if (refusal) return callback(refusal);
          // Quoted-printable breaks long lines.
          const whole = raw.replaceAll('=\r\n', '');
          const [headers = ''] = raw.split('\r\n\r\n');
          const to = session.envelope.rcptTo.map(({ address }) => address);
          received.push({ to, headers, raw: whole });
          smtp?.emit('received');
          callback();
        });
      },
    });
    // A refused client hangs up, as these tests intend.
    smtp.on('error', () => undefined);
    const listening = smtp.listen(0, '127.0.0.1');
    await once(listening, 'listening');
    return (listening.address() as AddressInfo).port; // it listens on a port, not on a path
  }

  const refusal = (responseCode: number) => Object.assign(new Error('Not now'), { responseCode });
  const post = async (to: string, name = 'Example Corp') => {
    const { clock, ids, db, organization } = tenant;
    const postMail = createOutbox({ clock, ids, sealer, delivers: true });
    await db.transaction((tx) =>
      postMail(tx, organization.id, verificationCodeMail(to, name, '123456'), clock.now()),
    );
  };
  /** One round of delivery by a server that has just started. */
  const deliver = async (url: string, lines: string[] = []) => {
    const log = await createLogger({ level: 'debug', pretty: false, write: (line) => lines.push(line) });
    const sender = createSmtpSender({ url: new URL(url), from: FROM });
    return deliverDue({ db: tenant.db, sealer, clock: tenant.clock, log, smtp: sender });
  };
  const mails = async () =>
    (await listMails(tenant.db.read, sealer, tenant.organization.id, {}, { limit: 100 })).items;

  it('arrives unchanged after an administrator invites a user', async () => {
    const port = await listen();
    const arrived = once(smtp ?? assert.fail(), 'received');
    const server = await startServer({
      smtp: { url: new URL(`smtp://127.0.0.1:${port}`), from: FROM },
    });
    try {
      const { status } = await control(server, 'POST', '/users', {
        ...{ userName: 'eva', email: 'eva@example.com', givenName: 'Eva', familyName: 'É' },
        ...{ displayName: 'Eva É', invite: true },
      });
      assert.equal(status, 201);
      await arrived;
    } finally {
      await server.stop();
    }
    const [{ to, raw } = assert.fail()] = received;
    assert.deepEqual(to, ['eva@example.com']);
    for (const part of [
      /^From: "Example, Inc\. \(us\)" <no-reply@example\.com>/m,
      /^To: .*eva@example\.com/m,
      /^Subject: Invitation to join Example Corp/m,
      /^Message-ID: <[\w-]+@vestibule\.invalid>/im,
      /^Auto-Submitted: auto-generated/m,
      /multipart\/alternative/,
      /Accept invitation/,
    ])
      assert.match(raw, part);
  });

  it('shows a name as it was typed, never what it would mean in a header', async () => {
    const port = await listen();
    const name = '=?utf-8?B?WW91ciBiYW5r?=';
    await post('ana@example.com', name);
    await deliver(`smtp://127.0.0.1:${port}`);
    const [, subject = ''] = /^Subject: (.*(?:\r\n[ \t].*)*)/m.exec(received[0]?.headers ?? '') ?? [];
    const words = [...subject.matchAll(/=\?UTF-8\?B\?([^?]*)\?=/g)].map(([, word = '']) => word);
    const shown = words.map((word) => Buffer.from(word, 'base64').toString()).join('');
    assert.equal(shown, `Your verification code for ${name}`);
    assert.equal(subject.replace(/=\?UTF-8\?B\?[^?]*\?=/g, '').trim(), '', 'nothing else is decoded');
  });

  it('is sent again when the mail server says 451, and only then', async () => {
    let busy = true;
    const port = await listen({}, () => (busy ? refusal(451) : undefined));
    await post('ana@example.com');
    const url = `smtp://127.0.0.1:${port}`;
    assert.equal(await deliver(url), 1);
    assert.deepEqual([(await mails())[0]?.status, (await mails())[0]?.attempts], ['pending', 1]);
    assert.match((await mails())[0]?.lastError ?? '', /451|Not now/);
    assert.equal(await deliver(url), 0, 'not before its time');
    busy = false;
    tenant.clock.advance(10 * SECOND_MS);
    assert.equal(await deliver(url), 1);
    assert.deepEqual(
      received.map(({ to }) => to),
      [['ana@example.com']],
    );
    assert.equal((await mails())[0]?.status, 'sent');
    tenant.clock.advance(3600 * SECOND_MS);
    assert.equal(await deliver(url), 0);
  });

  it('is abandoned at once when the mail server refuses the recipient permanently', async () => {
    const port = await listen({ onRcptTo: (_address, _session, callback) => callback(refusal(550)) });
    await post('nobody@example.com');
    await deliver(`smtp://127.0.0.1:${port}`);
    assert.equal((await mails())[0]?.status, 'failed');
  });

  it('sends after a restart exactly what was left', async () => {
    let room = 3;
    const port = await listen({}, () => (room-- > 0 ? undefined : refusal(452)));
    for (const name of ['a', 'b', 'c', 'd', 'e']) await post(`${name}@example.com`);
    await deliver(`smtp://127.0.0.1:${port}`);
    assert.equal(received.length, 3);
    room = 10;
    tenant.clock.advance(10 * SECOND_MS);
    await deliver(`smtp://127.0.0.1:${port}`);
    assert.deepEqual(
      received.flatMap(({ to }) => to).sort(),
      ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}@example.com`),
      'each once',
    );
  });

  it('waits for a mail server that is unreachable', async () => {
    const port = await listen();
    await new Promise<void>((resolve) => smtp?.close(resolve));
    await post('ana@example.com');
    await deliver(`smtp://127.0.0.1:${port}`);
    assert.deepEqual([(await mails())[0]?.status, (await mails())[0]?.attempts], ['pending', 1]);
  });

  it('authenticates to the mail server, and reveals no password when that is refused', async () => {
    const right = 'correct horse/7:@';
    const port = await listen({
      authOptional: false,
      allowInsecureAuth: true,
      authMethods: ['PLAIN'],
      onAuth({ username, password }, _session, callback) {
        if (username === 'mailer' && password === right) callback(null, { user: username });
        else callback(new Error(`Wrong: ${password ?? ''}`));
      },
    });
    await post('ana@example.com');
    const lines: string[] = [];
    const wrong = 'wr0ng-secret';
    await deliver(`smtp://mailer:${wrong}@127.0.0.1:${port}`, lines);
    const [mail] = await mails();
    assert.deepEqual([mail?.status, mail?.attempts], ['pending', 1]);
    assert.match(mail?.lastError ?? '', /Invalid login/);
    const told = JSON.stringify([mail?.lastError, lines]);
    const asSent = Buffer.from(`\0mailer\0${wrong}`).toString('base64');
    assert.ok(lines.length > 0 && !told.includes(wrong) && !told.includes(asSent), told);
    tenant.clock.advance(10 * SECOND_MS);
    await deliver(`smtp://mailer:${encodeURIComponent(right)}@127.0.0.1:${port}`);
    assert.equal((await mails())[0]?.status, 'sent');
  });
});
