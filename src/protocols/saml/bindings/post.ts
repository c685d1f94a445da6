import { decodeBase64, decodeUtf8 } from './base64.ts';

export type PostFault = 'not-base64' | 'not-utf-8';

export type DecodedPost =
  | { readonly ok: true; readonly xml: string }
  | { readonly ok: false; readonly reason: PostFault; readonly detail: string };

/**
 * Reads the value of the form field SAMLRequest or SAMLResponse (saml-bindings-2.0 §3.5.4): a UTF-8 XML message in
 * base64, which may have line breaks as in MIME. Never throws.
 */
export function decodePost(value: string): DecodedPost {
  const octets = decodeBase64(value.replace(/[\r\n\t]/g, '').trim());
  if (!octets) {
    const detail = value.includes(' ')
      ? 'the message is not base64: it contains spaces, so its plus signs were probably sent without escaping'
      : 'the message is not base64';
    return { ok: false, reason: 'not-base64', detail };
  }
  const xml = decodeUtf8(octets);
  if (xml === undefined) return { ok: false, reason: 'not-utf-8', detail: 'the message is not UTF-8' };
  return { ok: true, xml };
}

/** Encodes a message for a form field (saml-bindings-2.0 §3.5.4). */
export function encodePost(xml: string): string {
  return Buffer.from(xml).toString('base64');
}
