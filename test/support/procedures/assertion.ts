import type { BrowserContext } from 'playwright-core';
import { Namespace } from '../../../src/protocols/saml/types.ts';
import { childOf } from '../../../src/protocols/saml/xml/tree.ts';
import { attributesOf, descendant, readResponse } from '../saml/delivery.ts';

/** What a service provider received. */
export interface Received {
  /** The AssertionConsumerService. */
  acsUrl: string;
  /** The response as it was signed. */
  xml: string;
  relayState: string | undefined;
  nameId: string;
  nameIdFormat: string;
  audience: string;
  /** The values of each attribute by its name. */
  attributes: Record<string, string[]>;
}

/** The forms with a response that each window has posted. */
const posted = new WeakMap<BrowserContext, { acsUrl: string; form: URLSearchParams }[]>();

/** Keeps the SAML responses that a window posts to service providers, for `received`. */
export function keepReceived(context: BrowserContext): void {
  const kept: { acsUrl: string; form: URLSearchParams }[] = [];
  posted.set(context, kept);
  context.on('request', (request) => {
    if (request.method() !== 'POST') return;
    const form = new URLSearchParams(request.postData() ?? '');
    if (form.has('SAMLResponse')) kept.push({ acsUrl: request.url(), form });
  });
}

/** How many responses a window has posted. */
export const countReceived = (context: BrowserContext): number => posted.get(context)?.length ?? 0;

/** The newest response that a window posted, which must be valid against the schema and have an assertion. */
export async function received(context: BrowserContext): Promise<Received> {
  const newest = posted.get(context)?.at(-1);
  if (!newest) throw new Error('No service provider received a response from this window.');
  const { acsUrl, form } = newest;
  const { xml, assertion } = await readResponse(
    Buffer.from(form.get('SAMLResponse') ?? '', 'base64').toString(),
  );
  const nameId = descendant(assertion, 'Subject', 'NameID');
  const conditions = descendant(assertion, 'Conditions');
  const restriction = childOf(conditions, Namespace.assertion, 'AudienceRestriction');
  return {
    ...{ acsUrl, xml, relayState: form.get('RelayState') ?? undefined },
    nameId: nameId.text,
    nameIdFormat: nameId.attributes.get('Format') ?? '',
    audience: descendant(restriction, 'Audience').text,
    attributes: attributesOf(assertion),
  };
}

/**
 * Stands in for a service provider that doesn't exist: whatever the window sends to its origin is answered with a page
 * whose heading is “Welcome”.
 *
 * @public
 */
export async function answerFor(context: BrowserContext, origin: string): Promise<void> {
  await context.route(`${origin}/**`, (route) =>
    route.fulfill({
      contentType: 'text/html; charset=utf-8',
      body: '<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Service provider</title><h1>Welcome</h1>',
    }),
  );
}
