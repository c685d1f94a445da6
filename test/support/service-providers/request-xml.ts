import { inflateRawSync } from 'node:zlib';
import { formOf, type Form } from '../servers/browserless.ts';
import type { MadeRequest } from './service-provider.ts';

type Unnamed = { binding: 'redirect'; url: string } | { binding: 'post'; html: string };

/** The AuthnRequest in a redirect or a form. */
export function requestXml(made: Unnamed): string {
  if (made.binding === 'post') {
    return Buffer.from(requestForm(made.html).fields['SAMLRequest'] ?? '', 'base64').toString();
  }
  const deflated = new URL(made.url).searchParams.get('SAMLRequest') ?? '';
  return inflateRawSync(Buffer.from(deflated, 'base64')).toString();
}

/** The form that the service provider's page makes the browser post. */
export function requestForm(html: string): Form {
  const page = { status: 200, headers: new Map(), setCookies: [], location: '', body: html };
  return formOf(page, '', ['SAMLRequest']);
}

/** Adds the ID of the request. */
export function withId(made: Unnamed): MadeRequest {
  const id = /<(?:\w+:)?AuthnRequest\b[^>]*\sID="([^"]*)"/.exec(requestXml(made))?.[1];
  if (id === undefined) throw new Error('The request has no ID.');
  return { ...made, id };
}
