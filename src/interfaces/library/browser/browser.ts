import { request as requestHttp, type IncomingHttpHeaders } from 'node:http';
import { request as requestHttps } from 'node:https';
import { z } from 'zod';
import { connectionFailure } from './connection-failure.ts';
import type { CookieJar } from './cookies.ts';
import { excerpt } from '../../../foundation/platform/excerpt.ts';
import { VestibuleError } from '../error.ts';
import type { SamlResponse } from '../types/applications.ts';
import type { Browser, Page } from '../types/browser.ts';
import type { Guard } from '../guard.ts';
import { formsOf } from './html.ts';

const MAX_REDIRECTS = 20;
const MAX_BYTES = 10 * 1024 * 1024;
const TIMEOUT_MS = 30_000;
const USER_AGENT = 'Mozilla/5.0 (Vestibule library)';

export interface BrowserNeeds {
  readonly publicUrl: URL;
  /** The port on which Vestibule listens, which can differ from the public URL's. */
  readonly port: number;
  readonly jar: CookieJar;
  readonly guard: Guard;
}

const fieldsSchema = z.record(z.string(), z.string(), {
  error: 'Expected the fields to fill in, such as { username: "ana" }.',
});
const pageSchema = z.object(
  {
    ...{ url: z.string(), status: z.number(), body: z.string() },
    response: z
      .object({ acsUrl: z.string(), samlResponse: z.string(), relayState: z.string().nullable() })
      .optional(),
  },
  { error: 'Expected a page that a browser of Vestibule has received.' },
);
const destinationSchema = z.union([z.string(), pageSchema], {
  error: 'Expected an address, or a page that a browser of Vestibule has received.',
});

interface BrowserRequest {
  readonly url: URL;
  readonly form?: URLSearchParams | undefined;
  /** The page that causes the request; absent if the address was typed. */
  readonly from?: URL | undefined;
}

/** Creates a browser for one user. It sends its requests over HTTP, to Vestibule as to service providers. */
export function createBrowser(needs: BrowserNeeds): Browser {
  const { publicUrl } = needs;
  const go = (step: BrowserRequest) => follow(needs, step);
  return needs.guard<Browser>({
    visit: async (url) => go({ url: readAddress(url, publicUrl) }),
    async submit(given, givenFields) {
      const to = destinationSchema.parse(given);
      const fields = fieldsSchema.parse(givenFields);
      if (typeof to === 'string') {
        return go({ url: readAddress(to, publicUrl), form: new URLSearchParams(fields), from: publicUrl });
      }
      const names = Object.keys(fields);
      const forms = await formsOf(to.body);
      const form = forms.find((each) => names.every((name) => Object.hasOwn(each.fields, name)));
      if (!form) {
        const message = `${to.url} (${to.status}) has no form with ${names.join(', ')}.`;
        throw new VestibuleError('BadRequest', message);
      }
      const from = readAddress(to.url, publicUrl);
      const url = readAddress(form.action ?? to.url, from);
      const sent = new URLSearchParams({ ...form.fields, ...fields });
      if (form.method === 'post') return go({ url, form: sent, from });
      url.search = sent.toString();
      return go({ url, from });
    },
    async deliver(given) {
      const { url, status, response } = pageSchema.parse(given);
      if (!response) {
        const message = `${url} (${status}) delivers no response to a service provider.`;
        throw new VestibuleError('BadRequest', message);
      }
      const { acsUrl, samlResponse, relayState } = response;
      const form = new URLSearchParams({ SAMLResponse: samlResponse });
      if (relayState !== null) form.set('RelayState', relayState);
      return go({ url: readAddress(acsUrl, publicUrl), form, from: readAddress(url, publicUrl) });
    },
  });
}

/** An http or https address, relative to another. Throws a VestibuleError for anything else. */
function readAddress(given: unknown, base: URL): URL {
  const url = typeof given === 'string' && URL.canParse(given, base) ? new URL(given, base) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return url;
  const got =
    typeof given === 'string' ? `“${excerpt(given)}”` : given === undefined ? 'nothing' : typeof given;
  throw new VestibuleError('BadRequest', `Expected an http or https address, but got ${got}.`);
}

async function follow(needs: BrowserNeeds, first: BrowserRequest): Promise<Page> {
  let step = first;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const { status, headers, body } = await ask(needs, step);
    await needs.jar.keep(step.url, headers['set-cookie'] ?? []);
    const { location } = headers;
    if (location === undefined || status < 300 || status > 399) {
      const response = step.url.origin === needs.publicUrl.origin ? await responseIn(body) : undefined;
      return { url: step.url.href, status, body, response };
    }
    const keepsForm = status === 307 || status === 308;
    step = { url: readAddress(location, step.url), form: keepsForm ? step.form : undefined, from: step.url };
  }
  throw new VestibuleError('BadRequest', `${first.url.href} redirects more than ${MAX_REDIRECTS} times.`);
}

/** The SAML response in one of Vestibule's delivery pages, which its form is about to post. */
async function responseIn(body: string): Promise<SamlResponse | undefined> {
  // Most pages deliver nothing: they needn't be parsed.
  if (!body.includes('data-deliver')) return undefined;
  const form = (await formsOf(body)).find(({ attributes }) => attributes.has('data-deliver'));
  const samlResponse = form?.fields['SAMLResponse'];
  if (form?.action === undefined || samlResponse === undefined) return undefined;
  const xml = Buffer.from(samlResponse, 'base64').toString('utf8');
  return { acsUrl: form.action, samlResponse, relayState: form.fields['RelayState'] ?? null, xml };
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

async function ask(
  { jar, publicUrl, port }: BrowserNeeds,
  { url, form, from }: BrowserRequest,
): Promise<Answer> {
  const isOurs = url.origin === publicUrl.origin;
  const site = from === undefined ? 'none' : from.origin === url.origin ? 'same-origin' : siteOf(from, url);
  const body = form?.toString();
  const cookie = await jar.headerFor(url, { crossSite: site === 'cross-site' && form !== undefined });
  const headers = {
    host: url.host,
    'user-agent': USER_AGENT,
    accept: 'text/html,*/*;q=0.8',
    'sec-fetch-site': site,
    ...(from && form && { origin: from.origin }),
    ...(cookie !== undefined && { cookie }),
    ...(body !== undefined && {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(Buffer.byteLength(body)),
    }),
  };
  const method = form ? 'POST' : 'GET';
  // No agent: a connection kept alive would keep the process running.
  const options = { method, headers, agent: false, timeout: TIMEOUT_MS } as const;
  return new Promise((resolve, reject) => {
    const sent = isOurs
      ? requestHttp({ ...options, host: '127.0.0.1', port, path: `${url.pathname}${url.search}` })
      : (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options);
    sent.on('timeout', () => sent.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} seconds.`)));
    sent.on('error', (error) => reject(connectionFailure(url, error)));
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > MAX_BYTES) response.destroy(new Error('its answer has more than 10 MiB.'));
        else chunks.push(chunk);
      });
      response.on('error', (error) => reject(connectionFailure(url, error)));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
      });
    });
    sent.end(body);
  });
}

/**
 * As in browsers, the port doesn't matter. Without a list of public suffixes, every other host counts as
 * another site.
 */
const siteOf = (from: URL, to: URL) => (from.hostname === to.hostname ? 'same-site' : 'cross-site');
