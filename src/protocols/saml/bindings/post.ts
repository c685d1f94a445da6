import { gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { decodeBase64, decodeUtf8, describeNotBase64, withoutWhiteSpace } from './base64.ts';

export type PostFault = 'not-base64' | 'compressed' | 'not-utf-8';

export type DecodedPost =
  | { readonly ok: true; readonly xml: string }
  | { readonly ok: false; readonly reason: PostFault; readonly detail: string };

/**
 * Reads the value of the form field SAMLRequest or SAMLResponse (saml-bindings-2.0 §3.5.4): a UTF-8 XML message in
 * base64, which may have line breaks as in MIME. Never throws.
 */
export function decodePost(value: string): DecodedPost {
  const text = withoutWhiteSpace(value);
  const octets = decodeBase64(text);
  if (!octets) return refuse('not-base64', `the message ${describeNotBase64(text)}`);
  const xml = decodeUtf8(octets);
  if (xml !== undefined) return { ok: true, xml };
  const compression = compressionOf(octets);
  return compression === undefined
    ? refuse('not-utf-8', 'the message is not UTF-8')
    : refuse('compressed', `the message is compressed with ${compression}, which HTTP-POST doesn’t do`);
}

type Refusal = Extract<DecodedPost, { ok: false }>;
const refuse = (reason: PostFault, detail: string): Refusal => ({ ok: false, reason, detail });

const COMPRESSIONS = [
  // Raw DEFLATE is the last: it has no header, so more octets than the others look like it.
  ['gzip', gunzipSync],
  ['zlib', inflateSync],
  ['DEFLATE, as for HTTP-Redirect', inflateRawSync],
] as const;
/** Inflates no more than a message can have; a bomb is compressed too. */
const MAX_INFLATED_BYTES = 64 * 1024;

/** How octets that aren't text were compressed; undefined when they weren't. */
function compressionOf(octets: Buffer): string | undefined {
  return COMPRESSIONS.find(([, inflate]) => {
    try {
      return decodeUtf8(inflate(octets, { maxOutputLength: MAX_INFLATED_BYTES }))
        ?.trimStart()
        .startsWith('<');
    } catch (error) {
      return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    }
  })?.[0];
}

/** Encodes a message for a form field (saml-bindings-2.0 §3.5.4). */
export function encodePost(xml: string): string {
  return Buffer.from(xml).toString('base64');
}
