import { Browserless, textOf, type Answer } from '../servers/browserless.ts';
import { withId } from './request-xml.ts';
import type { MadeRequest } from './service-provider.ts';

/**
 * Visits of people to a service provider that listens itself. Their browsers hold its cookies between the request and
 * the response.
 */
export class Visits {
  readonly #origin: string;
  readonly #underWay = new Map<string, Browserless>();

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** Reads a public page. */
  read(path: string): Promise<Answer> {
    return this.#browser().get(path);
  }

  /** Opens a page that makes the service provider send the person away, and reads its request. */
  async ask(path: string, binding: 'redirect' | 'post'): Promise<MadeRequest> {
    const browser = this.#browser();
    let page = await browser.get(path);
    while (page.location?.startsWith('/')) page = await browser.get(page.location);
    const made = requestOf(page, binding);
    this.#underWay.set(made.id, browser);
    return made;
  }

  /** Delivers a response in the browser that made this request or in a new one, and returns the last page. */
  async bring(
    requestId: string | undefined,
    acsUrl: string,
    fields: Record<string, string>,
  ): Promise<Answer & { path: string }> {
    const browser = this.#browser();
    // A copy keeps one attempt from affecting the next.
    for (const [name, value] of this.#underWay.get(requestId ?? '')?.cookies ?? [])
      browser.cookies.set(name, value);
    let path = pathOf(acsUrl);
    let page = await browser.post(path, fields, { site: 'cross-site' });
    if (page.status !== 302 && page.status !== 303)
      throw new Error(`It answered ${page.status}: ${textOf(page).slice(0, 2000)}`);
    while (page.location?.startsWith('/')) {
      path = page.location;
      page = await browser.get(path);
    }
    if (page.status !== 200)
      throw new Error(
        `${path} answered ${page.status} ${page.location ?? ''}: ${textOf(page).slice(0, 500)}`,
      );
    return { ...page, path };
  }

  #browser(): Browserless {
    return new Browserless(new URL(this.#origin));
  }
}

function requestOf(page: Answer, binding: 'redirect' | 'post'): MadeRequest {
  if (binding === 'post') return withId({ binding, html: page.body });
  if (page.location === undefined) throw new Error(`It sent nobody away: ${page.status} ${textOf(page)}`);
  return withId({ binding, url: page.location });
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}
