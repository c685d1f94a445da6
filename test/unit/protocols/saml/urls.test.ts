import assert from 'node:assert/strict';
import { findWebUrlFault, isWebUrl } from '../../../../src/protocols/saml/urls.ts';

describe('web addresses', () => {
  const good = [
    'https://sp.example/acs',
    'http://localhost:3000/acs?a=b',
    'http://[::1]:8080/',
    'HTTPS://SP.EXAMPLE/acs',
    'https://sp.example',
  ];
  for (const url of good) it(`are accepted: ${url}`, () => assert.equal(findWebUrlFault(url), undefined));

  const bad: [string, string][] = [
    ['javascript:alert(1)', 'not-http'],
    ['JaVaScRiPt://sp.example/%0Aalert(1)', 'not-http'],
    ['java\nscript:alert(1)', 'characters'],
    [' https://sp.example/', 'characters'],
    ['data:text/html,x', 'not-http'],
    ['vbscript:x', 'not-http'],
    ['ftp://sp.example/', 'not-http'],
    ['file:///etc/passwd', 'not-http'],
    ['https:sp.example', 'not-http'],
    ['https:\\\\sp.example\\', 'not-http'],
    ['//sp.example/acs', 'not-a-url'],
    ['/acs', 'not-a-url'],
    ['', 'not-a-url'],
    ['https://user:secret@sp.example/', 'credentials'],
    ['https://sp.example@evil.example/', 'credentials'],
    ['https://evil.example\\@sp.example/', 'backslash'],
    ['https://evil.example\\.sp.example/acs', 'backslash'],
    ['https://sp.example/acs#x', 'fragment'],
    ['https://sp.example/acs#', 'fragment'],
  ];
  for (const [url, fault] of bad) {
    it(`are refused: ${JSON.stringify(url)}: ${fault}`, () => assert.equal(findWebUrlFault(url), fault));
  }

  it('are refused unread when their host is longer than any (Punycode takes quadratic time)', () => {
    const chinese = Array.from({ length: 40_000 }, (_, index) =>
      String.fromCharCode(0x4e00 + (index % 20_000)),
    );
    const before = process.cpuUsage();
    for (const scheme of ['https://', 'https:', 'https:\\\\', 'HTTP:///', 'ftp://'])
      assert.equal(findWebUrlFault(`${scheme}${chinese.join('')}.example/`), 'not-a-url', scheme);
    assert.equal(findWebUrlFault(`https://sp.example/${chinese.join('')}`), undefined);
    const { user } = process.cpuUsage(before);
    assert.ok(user < 300_000, `${user} µs`);
  });

  it('are accepted with a fragment where the caller allows it', () => {
    assert.equal(isWebUrl('https://sp.example/app#/home', { fragment: true }), true);
  });
});
