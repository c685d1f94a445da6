import assert from 'node:assert/strict';
import { signIn } from '../servers/server.ts';
import { checkBelieved } from './checks.ts';
import { ZOE, type Bench, type Connection } from './connections.ts';
import type { Library } from './libraries.ts';
import { requestXml } from './request-xml.ts';
import { REQUESTER, type Wishes } from './service-provider.ts';
import { signOn, type SignedOn } from './sign-on.ts';

export type Wish = keyof Wishes;

const CLASS = 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport';

/** Matches each wish in a request. */
const WISHED: Readonly<Record<Wish, RegExp>> = {
  forceAuthn: /<[^>]*AuthnRequest [^>]*ForceAuthn="(true|1)"/,
  isPassive: /<[^>]*AuthnRequest [^>]*IsPassive="(true|1)"/,
  // Without Comparison it is exact (saml-core-2.0 §3.3.2.2.1).
  authnContext: new RegExp(
    `RequestedAuthnContext(?![^>]*Comparison="[^e])[^>]*>\\s*<[^>]*AuthnContextClassRef[^>]*>${CLASS}<`,
  ),
  acsIndex: /<[^>]*AuthnRequest [^>]*AssertionConsumerServiceIndex="\d+"/,
  requesterId: new RegExp(`<[^>]*Scoping[^>]*>\\s*<[^>]*RequesterID[^>]*>${REQUESTER}<`),
  extensions: /<[^>]*Extensions[^>]*>\s*<[^>]*Note[^>]*>nothing that we know</,
};
const EVERY_WISH = Object.keys(WISHED) as Wish[]; // The object has no other keys.

/**
 * Every library with every wish that it can express. The sample has each wish once, each time with the next library
 * that can express it.
 */
export function wishCases(
  libraries: readonly Library[],
  isSample: boolean,
): { library: Library; wish: Wish }[] {
  const all = libraries.flatMap((library) => library.wishes.map((wish) => ({ library, wish })));
  if (!isSample) return all;
  return EVERY_WISH.flatMap((wish, index) => {
    const able = all.filter((each) => each.wish === wish);
    return able[index % able.length] ?? [];
  });
}

/** Signs on with a request that has the wish, and checks the result. */
export async function checkWish(bench: Bench, connection: Connection, wish: Wish): Promise<void> {
  const browser = bench.server.browser();
  const begin = () => signOn(bench, connection, 'redirect', { wishes: { [wish]: true }, browser });
  if (wish === 'isPassive') await checkNobodyThere(connection, await begin());
  if (wish === 'isPassive' || wish === 'forceAuthn') await signIn(browser, ZOE.userName, ZOE.password);
  const signedOn = await begin();
  const { request, asked, delivery, xml } = signedOn;
  assert.match(request ? requestXml(request) : '', WISHED[wish]);
  assert.equal(delivery.action, connection.acsUrl);
  if (wish === 'isPassive') assert.ok(!asked, 'whoever is signed in sees no page');
  if (wish === 'forceAuthn') assert.ok(asked, 'whoever is signed in is asked again');
  if (wish === 'authnContext') assert.match(xml, new RegExp(`<saml:AuthnContextClassRef>${CLASS}<`));
  await checkBelieved(bench, { nameId: 'emailAddress' }, connection, signedOn);
}

/**
 * A passive request from a browser without a session is answered with a status, and the service provider accepts
 * nothing.
 */
async function checkNobodyThere(
  { sp }: Connection,
  { request, asked, delivery, xml }: SignedOn,
): Promise<void> {
  assert.ok(!asked, 'nobody sees a page');
  assert.match(xml, /status:Responder"[^]*status:NoPassive"/);
  await assert.rejects(sp.validate(delivery.samlResponse, request?.id, delivery.relayState));
}
