import type { CookieJar as ToughJar } from 'tough-cookie';
import { browserNameOf } from '../../../foundation/http/secure-cookies.ts';

/** The cookies of one browser (RFC 6265): as in a browser, the ports of a host share them. */
export interface CookieJar {
  /**
   * The Cookie header of a request. `crossSite`: another site posts a form, which carries only cookies with
   * SameSite=None.
   */
  headerFor(url: URL, options: { crossSite: boolean }): Promise<string | undefined>;
  /** Applies the Set-Cookie headers of a response. Ignores cookies that a browser would refuse. */
  keep(url: URL, setCookies: readonly string[]): Promise<void>;
}

/** Creates a jar that contains these cookies of a site. */
export function createCookieJar(site: URL, given: ReadonlyMap<string, string> = new Map()): CookieJar {
  let opened: Promise<ToughJar> | undefined;
  // Loaded with the first request, since starting a server needs no browser.
  const open = () => (opened ??= openJar(site, given));
  return {
    async headerFor({ href }, { crossSite }) {
      const jar = await open();
      const header = await jar.getCookieString(href, { sameSiteContext: crossSite ? 'none' : 'strict' });
      return header === '' ? undefined : header;
    },
    async keep({ href }, setCookies) {
      const jar = await open();
      for (const each of setCookies) await jar.setCookie(each, href, { ignoreError: true });
    },
  };
}

async function openJar(site: URL, given: ReadonlyMap<string, string>): Promise<ToughJar> {
  const { CookieJar, Cookie } = await import('tough-cookie');
  const jar = new CookieJar();
  const https = site.protocol === 'https:';
  for (const [name, value] of given) {
    const key = browserNameOf(name, { https });
    const flags = { path: '/', sameSite: 'lax', httpOnly: true, secure: https };
    await jar.setCookie(new Cookie({ key, value, ...flags }), site.href);
  }
  return jar;
}
