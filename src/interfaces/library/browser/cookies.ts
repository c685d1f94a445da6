import type { CookieJar as ToughJar } from 'tough-cookie';

/** The cookies of one browser (RFC 6265): as in a browser, the ports of a host share them. */
export interface CookieJar {
  /** The Cookie header for a request; `crossSite`: a form of another site is posted, which carries only SameSite=None. */
  headerFor(url: URL, options: { crossSite: boolean }): Promise<string | undefined>;
  /** Applies the Set-Cookie headers of an answer. Cookies that a browser would refuse are left out. */
  keep(url: URL, setCookies: readonly string[]): Promise<void>;
}

/** A jar that holds these cookies of a site from the start. */
export function createCookieJar(site: URL, given: ReadonlyMap<string, string> = new Map()): CookieJar {
  let opened: Promise<ToughJar> | undefined;
  // Loaded with the first request: starting a server needs no browser.
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
  for (const [key, value] of given) {
    await jar.setCookie(new Cookie({ key, value, path: '/', sameSite: 'lax', httpOnly: true }), site.href);
  }
  return jar;
}
