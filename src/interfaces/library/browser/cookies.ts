interface Cookie {
  readonly value: string;
  readonly path: string;
  readonly sameSite: string | undefined;
}

/** The cookies of one browser, by host: as in a browser, ports of a host share them. */
export interface CookieJar {
  /** The Cookie header for a request; `crossSite`: a form of another site is posted, which carries only SameSite=None. */
  headerFor(url: URL, options: { crossSite: boolean }): string | undefined;
  /** Keeps or deletes what an answer says. */
  keep(url: URL, setCookies: readonly string[]): void;
}

/** A jar with these cookies of a host from the start. */
export function createCookieJar(host: string, given: ReadonlyMap<string, string> = new Map()): CookieJar {
  const hosts = new Map<string, Map<string, Cookie>>();
  const of = (hostname: string) => {
    const known = hosts.get(hostname) ?? new Map<string, Cookie>();
    hosts.set(hostname, known);
    return known;
  };
  for (const [name, value] of given) of(host).set(name, { value, path: '/', sameSite: 'lax' });
  return {
    headerFor({ hostname, pathname }, { crossSite }) {
      const sent = [...of(hostname)].filter(
        ([, { path, sameSite }]) =>
          isBelow(pathname, path) && !(crossSite && (sameSite === 'lax' || sameSite === 'strict')),
      );
      return sent.length === 0 ? undefined : sent.map(([name, { value }]) => `${name}=${value}`).join('; ');
    },
    keep({ hostname }, setCookies) {
      for (const text of setCookies) {
        const [pair = '', ...rest] = text.split(';').map((part) => part.trim());
        const at = pair.indexOf('=');
        if (at <= 0) continue;
        const options = new Map(
          rest.map((part) => {
            const [name = '', value = ''] = part.split('=', 2);
            return [name.toLowerCase(), value] as const;
          }),
        );
        const gone =
          Number(options.get('max-age') ?? 1) <= 0 || Date.parse(options.get('expires') ?? '') <= 0;
        if (gone) of(hostname).delete(pair.slice(0, at));
        else {
          const { value, path, sameSite } = {
            value: pair.slice(at + 1),
            path: options.get('path')?.startsWith('/') ? (options.get('path') ?? '/') : '/',
            sameSite: options.get('samesite')?.toLowerCase(),
          };
          of(hostname).set(pair.slice(0, at), { value, path, sameSite });
        }
      }
    },
  };
}

/** RFC 6265 §5.1.4. */
function isBelow(pathname: string, path: string): boolean {
  return pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`);
}
