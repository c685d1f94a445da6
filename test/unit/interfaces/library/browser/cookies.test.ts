import assert from 'node:assert/strict';
import { createCookieJar } from '../../../../../src/interfaces/library/browser/cookies.ts';

describe('a cookie jar', () => {
  const urlOf = (url: string) => new URL(url);
  const home = urlOf('http://localhost:3000/home');

  it('returns cookies to the host that set them, on all its ports, and to no other', async () => {
    const jar = createCookieJar(urlOf('http://localhost:3000'), new Map([['given', '1']]));
    await jar.keep(home, ['sp=a=b; Path=/; HttpOnly', 'nonsense', '=nameless']);
    assert.equal(
      await jar.headerFor(urlOf('http://localhost:8080/'), { crossSite: false }),
      'given=1; sp=a=b',
    );
    assert.equal(await jar.headerFor(urlOf('http://example.com/'), { crossSite: false }), undefined);
  });

  it('names the cookies that it is given as an https site does, and sends them there only', async () => {
    const site = urlOf('https://sso.example.com');
    const jar = createCookieJar(site, new Map([['given', '1']]));
    assert.equal(await jar.headerFor(site, { crossSite: false }), '__Host-given=1');
    const plain = urlOf('http://sso.example.com');
    assert.equal(await jar.headerFor(plain, { crossSite: false }), undefined);
  });

  it('respects paths, and forgets cookies that expire', async () => {
    const jar = createCookieJar(urlOf('http://localhost:3000'));
    await jar.keep(home, ['deep=1; Path=/admin', 'old=1']);
    assert.equal(await jar.headerFor(home, { crossSite: false }), 'old=1');
    assert.equal(await jar.headerFor(urlOf('http://localhost/administrator'), { crossSite: false }), 'old=1');
    assert.equal(
      await jar.headerFor(urlOf('http://localhost/admin/x'), { crossSite: false }),
      'deep=1; old=1',
    );
    await jar.keep(home, ['old=; Max-Age=0', 'deep=; Path=/admin; Expires=Thu, 01 Jan 1970 00:00:00 GMT']);
    assert.equal(await jar.headerFor(urlOf('http://localhost/admin/x'), { crossSite: false }), undefined);
  });

  it('sends only SameSite=None cookies with a form of another site', async () => {
    const jar = createCookieJar(urlOf('http://localhost:3000'));
    await jar.keep(home, ['lax=1; SameSite=Lax', 'strict=1; SameSite=Strict', 'none=1; SameSite=None']);
    assert.equal(await jar.headerFor(home, { crossSite: true }), 'none=1');
  });

  it('accepts cookies for a domain, but none for a public suffix or another domain', async () => {
    const jar = createCookieJar(urlOf('http://localhost:3000'));
    await jar.keep(urlOf('https://app.example.com/'), ['shared=1; Domain=example.com', 'own=1']);
    await jar.keep(urlOf('https://app.example.com/'), ['top=1; Domain=com', 'strange=1; Domain=example.net']);
    const sent = (url: string) => jar.headerFor(urlOf(url), { crossSite: false });
    assert.equal(await sent('https://app.example.com/'), 'shared=1; own=1');
    assert.equal(await sent('https://example.com/'), 'shared=1');
    assert.equal(await sent('https://example.net/'), undefined);
  });

  it('sends Secure cookies by https and to this machine, and uses the clock for expiry', async () => {
    const jar = createCookieJar(urlOf('http://localhost:3000'));
    await jar.keep(home, ['safe=1; Secure']);
    await jar.keep(urlOf('https://example.com/'), ['safe=1; Secure']);
    const past = new Date(Date.now() - 1000).toUTCString();
    const later = new Date(Date.now() + 60_000).toUTCString();
    await jar.keep(home, [`old=1; Expires=${past}`, `new=1; Expires=${later}`]);
    assert.equal(await jar.headerFor(home, { crossSite: false }), 'safe=1; new=1');
    assert.equal(await jar.headerFor(urlOf('https://example.com/'), { crossSite: false }), 'safe=1');
    assert.equal(await jar.headerFor(urlOf('http://example.com/'), { crossSite: false }), undefined);
  });
});
