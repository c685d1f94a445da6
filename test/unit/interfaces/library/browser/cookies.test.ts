import assert from 'node:assert/strict';
import { createCookieJar } from '../../../../../src/interfaces/library/browser/cookies.ts';

describe('a cookie jar', () => {
  const at = (url: string) => new URL(url);
  const home = at('http://localhost:3000/home');

  it('gives cookies back to the host that set them, on all its ports, and to no other', () => {
    const jar = createCookieJar('localhost', new Map([['given', '1']]));
    jar.keep(home, ['sp=a=b; Path=/; HttpOnly', 'nonsense', '=nameless']);
    assert.equal(jar.headerFor(at('http://localhost:8080/'), { crossSite: false }), 'given=1; sp=a=b');
    assert.equal(jar.headerFor(at('http://example.com/'), { crossSite: false }), undefined);
  });

  it('keeps to paths, and forgets what expires', () => {
    const jar = createCookieJar('localhost');
    jar.keep(home, ['deep=1; Path=/admin', 'old=1']);
    assert.equal(jar.headerFor(home, { crossSite: false }), 'old=1');
    assert.equal(jar.headerFor(at('http://localhost/administrator'), { crossSite: false }), 'old=1');
    assert.equal(jar.headerFor(at('http://localhost/admin/x'), { crossSite: false }), 'deep=1; old=1');
    jar.keep(home, ['old=; Max-Age=0', 'deep=; Path=/admin; Expires=Thu, 01 Jan 1970 00:00:00 GMT']);
    assert.equal(jar.headerFor(at('http://localhost/admin/x'), { crossSite: false }), undefined);
  });

  it('sends a form of another site only what is SameSite=None', () => {
    const jar = createCookieJar('localhost');
    jar.keep(home, ['lax=1; SameSite=Lax', 'strict=1; SameSite=Strict', 'none=1; SameSite=None']);
    assert.equal(jar.headerFor(home, { crossSite: true }), 'none=1');
  });
});
