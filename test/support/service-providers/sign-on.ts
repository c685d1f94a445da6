import assert from 'node:assert/strict';
import { textOf, type Answer, type Browserless } from '../servers/browserless.ts';
import { deliveryOf, type DeliveryForm } from '../saml/delivery.ts';
import { signIn } from '../servers/server.ts';
import { ZOE, type Bench, type Connection } from './connections.ts';
import { requestForm } from './request-xml.ts';
import type { MadeRequest, Wishes } from './service-provider.ts';
import type { Way } from './matrix.ts';

/** A sign-on as the browser sees it: the request, and the response to deliver to the service provider. */
export interface SignedOn {
  /** Undefined for a sign-on without a request. */
  readonly request: MadeRequest | undefined;
  /** Whether the person saw one of our pages before the response. */
  readonly asked: boolean;
  readonly delivery: DeliveryForm;
  readonly xml: string;
}

/** Signs on, from the first click to the response. An absent `browser` is a new one. */
export async function signOn(
  bench: Bench,
  { sp, relayState, ssoPath }: Connection,
  way: Way,
  { wishes, browser = bench.server.browser() }: { wishes?: Wishes; browser?: Browserless } = {},
): Promise<SignedOn> {
  // The libraries use real time, so each sign-on sets our clock to it.
  bench.server.clock.set(Date.now());
  const request =
    way === 'idp'
      ? undefined
      : await sp.request(way.startsWith('post') ? 'post' : 'redirect', relayState, wishes);
  const { page, asked } = request
    ? await answerTo(bench, browser, request)
    : { page: await openTile(browser, ssoPath), asked: false };
  const delivery = deliveryOf(page);
  return { request, asked, delivery, xml: Buffer.from(delivery.samlResponse, 'base64').toString() };
}

/** Follows the service provider's redirect or posts its form, and returns the first page. */
async function bringRequest(bench: Bench, browser: Browserless, made: MadeRequest): Promise<Answer> {
  if (made.binding === 'redirect') {
    return browser.get(bench.pathOf(made.url), { site: 'cross-site', followRedirects: true });
  }
  const { action, fields } = requestForm(made.html);
  const sent = await browser.post(bench.pathOf(action), fields, { site: 'cross-site' });
  if (sent.location === undefined) return sent;
  assert.equal(sent.status, 303, textOf(sent));
  return browser.get(sent.location, { followRedirects: true });
}

async function answerTo(bench: Bench, browser: Browserless, made: MadeRequest) {
  const first = await bringRequest(bench, browser, made);
  // A signed-in person or a passive request gets an answer immediately.
  if (first.body.includes('data-deliver')) return { page: first, asked: false };
  const asked = await browser.submit(first, { username: ZOE.userName }, { followRedirects: true });
  const page = await browser.submit(asked, { password: ZOE.password }, { followRedirects: true });
  return { page, asked: true };
}

async function openTile(browser: Browserless, ssoPath: string): Promise<Answer> {
  const portal = await signIn(browser, ZOE.userName, ZOE.password);
  assert.ok(portal.body.includes(ssoPath), 'the tile leads there');
  return browser.get(ssoPath, { site: 'same-origin' });
}
