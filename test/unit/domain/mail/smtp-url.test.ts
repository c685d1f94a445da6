import assert from 'node:assert/strict';
import { readConfig } from '../../../../src/config.ts';
import { EMAIL_ADDRESS } from '../../../../src/domain/mail/email-address.ts';
import { defaultSender, isLocal, parseSmtpUrl } from '../../../../src/domain/mail/smtp-url.ts';

describe('the address of a mail server', () => {
  it('is a host with optional credentials and options', () => {
    for (const text of [
      ...['smtp://mail.example.com', 'smtps://mail.example.com/', 'smtp://[::1]:1025'],
      'smtp://ana%40example.com:p%40ss%2Fword@localhost:25',
    ]) {
      assert.equal(parseSmtpUrl(text)?.href, new URL(text).href, text);
    }
  });

  it('is refused when it is anything else', () => {
    for (const text of [
      ...['', 'mail.example.com', 'http://mail.example.com', 'smtp://', 'smtp:///x', 'smtp://a/inbox'],
      ...['smtp://a?tls=no', 'smtp://a#b', 'smtp://user@a', 'smtp://:password@a', 'smtp://a:99999'],
      ...['smtp://%ff:x@a', 'smtp://user:100%@a'],
    ]) {
      assert.equal(parseSmtpUrl(text), undefined, text);
    }
  });

  it('is recognized as this machine by its loopback names alone', () => {
    for (const host of ['localhost', '127.0.0.1', '127.8.9.1', '[::1]']) {
      assert.ok(isLocal(new URL(`smtp://${host}`)), host);
    }
    for (const host of ['127.0.0.1.example.com', 'localhost.example.com', '10.0.0.1', 'localhost.']) {
      assert.ok(!isLocal(new URL(`smtp://${host}`)), host);
    }
  });

  it('is read from the settings, whose errors never show the password', () => {
    const read = readConfig({ memory: true }, { VESTIBULE_SMTP_URL: 'smtp://ana:hidden-Secret@mail:25/x' });
    assert.ok(!read.ok);
    assert.match(read.faults.join(), /^VESTIBULE_SMTP_URL: Expected smtp:/);
    assert.doesNotMatch(read.faults.join(), /hidden-Secret/);
  });

  it('comes with a sender: the configured one, or one at the public address', () => {
    const wrong = [
      'x',
      'Name <x>',
      '<a@b> x',
      'a b@c',
      'A:b@c;',
      '=?utf-8?B?QQ==?= <a@b>',
      'A\u202E <a@b>',
      'a\u0001@b',
      'a@b, c@d',
      'X\r\nBcc: <a@b>',
      '<a@b> <c@d>',
      `${'a'.repeat(320)}@b`,
    ];
    for (const mailFrom of wrong) assert.ok(!readConfig({ mailFrom }, {}).ok, mailFrom);
    for (const [mailFrom, name, address] of [
      ['a@b.example', '', 'a@b.example'],
      ['<a@b.example>', '', 'a@b.example'],
      ['Example, Inc. (us): <no-reply@example.com>', 'Example, Inc. (us):', 'no-reply@example.com'],
      ['Žluťoučký <ú@[IPv6:::1]>', 'Žluťoučký', 'ú@[IPv6:::1]'],
    ] as const) {
      const read = readConfig({ mailFrom }, {});
      assert.ok(read.ok, mailFrom);
      assert.deepEqual(read.config.mailFrom, { name, address });
    }
    for (const [url, sender] of [
      ['https://sso.example.com:8443', 'no-reply@sso.example.com'],
      ['http://127.0.0.1:8080', 'no-reply@[127.0.0.1]'],
      ['http://[::1]:8080', 'no-reply@[IPv6:::1]'],
    ] as const) {
      assert.deepEqual(defaultSender(new URL(url)), { name: 'Vestibule', address: sender });
      assert.match(sender, EMAIL_ADDRESS);
    }
  });
});
