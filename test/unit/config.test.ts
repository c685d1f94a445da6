import assert from 'node:assert/strict';
import { readConfig } from '../../src/config.ts';

describe('the public URL', () => {
  const read = (url: string) => readConfig({}, { VESTIBULE_PUBLIC_URL: url });

  it('is an origin', () => {
    for (const url of ['http://localhost:8080', 'https://sso.example.com/', 'http://[::1]:8080']) {
      assert.ok(read(url).ok, url);
    }
    for (const url of [
      'sso.example.com',
      'ftp://host',
      'http://host/path',
      'http://host?a',
      'http://host#a',
    ]) {
      assert.ok(!read(url).ok, url);
    }
  });

  it('has neither a user nor a password, and a message doesn’t reveal them', () => {
    for (const url of ['http://me@host', 'http://me:s3cret@host', 'http://:s3cret@host']) {
      const config = read(url);
      assert.ok(!config.ok, url);
      assert.match(config.faults.join(), /^VESTIBULE_PUBLIC_URL: Expected an http or https address/);
      assert.ok(!config.faults.join().includes('s3cret'));
    }
  });
});

describe('the settings of mail', () => {
  const read = (env: Record<string, string>) => readConfig({}, env);

  it('name a mail server, with a password or without', () => {
    for (const url of ['smtp://127.0.0.1:2525', 'smtps://mail.example.com', 'smtp://me:p%40ss@host:587/']) {
      const config = read({ VESTIBULE_SMTP_URL: url, VESTIBULE_MAIL_FROM: 'a@example.com' });
      assert.ok(config.ok, url);
      assert.deepEqual(config.config.mailFrom, { name: '', address: 'a@example.com' });
      assert.match(config.config.smtpUrl?.protocol ?? '', /^smtps?:$/);
    }
    const none = read({});
    assert.ok(none.ok && none.config.smtpUrl === undefined);
  });

  it('are refused without revealing the given value', () => {
    for (const url of [
      'http://me:s3cret@host',
      'smtp://',
      's3cret',
      'smtp://host/s3cret',
      'smtp://host?s3cret=1',
    ]) {
      const config = read({ VESTIBULE_SMTP_URL: url });
      assert.ok(!config.ok, url);
      assert.match(config.faults.join(), /^VESTIBULE_SMTP_URL: Expected smtp:/);
      assert.ok(!config.faults.join().includes('s3cret'));
    }
    assert.ok(!read({ VESTIBULE_MAIL_FROM: 'a b\r\nBcc: c@d' }).ok);
  });
});

describe('the token of the control API', () => {
  const read = (token: string) => readConfig({}, { VESTIBULE_API_TOKEN: token });

  it('is what an Authorization header can carry (RFC 6750 §2.1)', () => {
    for (const token of ['a-token-of-sixteen', '0123456789abcdef', 'AZaz09-._~+/AZaz09-._~+/==']) {
      assert.ok(read(token).ok, token);
    }
  });

  it('is refused otherwise, with what to do, since every request would be refused', () => {
    const wrong = [
      'has spaces inside it',
      'ends-with-a-space ',
      'tôken-of-sixteen',
      'a"quoted"token-of-16',
      'in=the=middle-of-it',
    ];
    for (const token of [...wrong, 'a-token-of-sixteen\n', '====================']) {
      const config = read(token);
      assert.ok(!config.ok, token);
      assert.match(
        config.faults.join(),
        /^VESTIBULE_API_TOKEN: Expected only characters .* openssl rand -hex 32/,
      );
      assert.ok(!config.faults.join().includes(token));
    }
  });
});
