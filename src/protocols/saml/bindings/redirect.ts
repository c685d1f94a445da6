import { inflateRawSync } from 'node:zlib';
import { decodeBase64, decodeUtf8, describeNotBase64, hasWhiteSpace, withoutWhiteSpace } from './base64.ts';

export type RedirectFault =
  | 'missing-message'
  | 'duplicate-parameter'
  | 'bad-percent-encoding'
  | 'unsupported-encoding'
  | 'not-base64'
  | 'not-deflate'
  | 'too-large'
  | 'not-utf-8'
  | 'incomplete-signature';

/** A detached signature, unverified. */
export interface RedirectSignature {
  /** The algorithm's URI. */
  readonly algorithm: string;
  readonly value: Buffer;
  /** The octets that it was computed over, exactly as the sender wrote them (saml-bindings-2.0 §3.4.4.1). */
  readonly signedOctets: string;
}

export interface RedirectMessage {
  readonly xml: string;
  readonly relayState?: string;
  readonly signature?: RedirectSignature;
  /** What had white space in its base64 text, which the standard forbids (saml-bindings-2.0 §3.4.4.1). */
  readonly spacedParameters: readonly SpacedParameter[];
}

export type SpacedParameter = 'SAMLRequest' | 'Signature';

export type DecodedRedirect =
  | ({ readonly ok: true } & RedirectMessage)
  | { readonly ok: false; readonly reason: RedirectFault; readonly detail: string };

export interface RedirectLimits {
  /** The largest size of the inflated message, in octets: a few hundred octets can inflate to megabytes. */
  readonly maxInflatedBytes: number;
}

const DEFLATE = 'urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE';
const PARAMETERS = ['SAMLRequest', 'RelayState', 'SigAlg', 'Signature', 'SAMLEncoding'] as const;
type Parameter = (typeof PARAMETERS)[number];

/** A query parameter: `raw` as it was sent, `value` decoded. */
interface Received {
  readonly raw: string;
  readonly value: string;
}

type Fault = Extract<DecodedRedirect, { ok: false }>;
const fault = (reason: RedirectFault, detail: string): Fault => ({ ok: false, reason, detail });

/**
 * Reads a request that was sent by HTTP-Redirect (saml-bindings-2.0 §3.4.4). `rawQuery` is the query string with or
 * without its question mark, exactly as it arrived: the signature is over the octets that the sender wrote, and
 * decoding and encoding them again may give others. Never throws.
 */
export function decodeRedirect(rawQuery: string, limits: RedirectLimits): DecodedRedirect {
  const received = readParameters(rawQuery);
  if (!(received instanceof Map)) return received;
  const encoding = received.get('SAMLEncoding')?.value;
  if (encoding !== undefined && encoding !== DEFLATE) {
    return fault('unsupported-encoding', 'SAMLEncoding names an encoding other than DEFLATE');
  }
  const request = received.get('SAMLRequest');
  if (!request || request.value === '') return fault('missing-message', 'there is no SAMLRequest');
  const message = inflateMessage(request.value, limits);
  if (typeof message !== 'string') return message;
  const signature = readSignature(received, request);
  if (signature && 'ok' in signature) return signature;
  const relayState = received.get('RelayState')?.value;
  return {
    ok: true,
    xml: message,
    ...(relayState === undefined ? {} : { relayState: relayState }),
    ...(signature ? { signature } : {}),
    spacedParameters: (['SAMLRequest', 'Signature'] as const).filter((name) =>
      hasWhiteSpace(received.get(name)?.value ?? ''),
    ),
  };
}

function readParameters(rawQuery: string): Map<Parameter, Received> | Fault {
  const received = new Map<Parameter, Received>();
  for (const pair of rawQuery.replace(/^\?/, '').split('&')) {
    const equals = pair.indexOf('=');
    const rawName = equals < 0 ? pair : pair.slice(0, equals);
    const raw = equals < 0 ? '' : pair.slice(equals + 1);
    // Names are decoded before the comparison: to another parser `SAML%52equest` is a duplicate of `SAMLRequest`.
    const decodedName = percentDecode(rawName);
    const name = PARAMETERS.find((known) => known === decodedName);
    if (!name) continue;
    if (received.has(name)) return fault('duplicate-parameter', `${name} is given more than once`);
    // Form encoding writes a space as a plus sign, but in base64 a plus sign is a plus sign.
    const value = percentDecode(name === 'RelayState' ? raw.replaceAll('+', ' ') : raw);
    if (value === undefined) return fault('bad-percent-encoding', `${name} is not percent-encoded UTF-8`);
    received.set(name, { raw, value });
  }
  return received;
}

function percentDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function inflateMessage(base64: string, { maxInflatedBytes }: RedirectLimits): string | Fault {
  const text = withoutWhiteSpace(base64);
  const deflated = decodeBase64(text);
  if (!deflated) return fault('not-base64', `SAMLRequest ${describeNotBase64(text)}`);
  let octets: Buffer;
  try {
    octets = inflateRawSync(deflated, { maxOutputLength: maxInflatedBytes });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code === 'ERR_BUFFER_TOO_LARGE'
      ? fault('too-large', `SAMLRequest inflates to more than ${String(maxInflatedBytes)} octets`)
      : fault('not-deflate', `SAMLRequest ${describeNotDeflate(deflated, code)}`);
  }
  return decodeUtf8(octets) ?? fault('not-utf-8', 'SAMLRequest is not UTF-8');
}

/** Why octets are not the DEFLATE of RFC 1951 that HTTP-Redirect demands (saml-bindings-2.0 §3.4.4.1). */
function describeNotDeflate(octets: Buffer, code: unknown): string {
  if (decodeUtf8(octets)?.trimStart().startsWith('<')) return 'is not compressed, and must be with DEFLATE';
  // zlib's header: method 8, and a multiple of 31 (RFC 1950 §2.2).
  if (octets.length > 2 && octets.readUInt8(0) === 0x78 && octets.readUInt16BE(0) % 31 === 0) {
    return 'is compressed with the header of zlib, and must be with DEFLATE alone';
  }
  return code === 'Z_BUF_ERROR' ? 'is compressed, but its end is missing' : 'is not compressed with DEFLATE';
}

/**
 * The signature with the octets that it covers: the signed parameters as they were sent, but in the order of the
 * standard (saml-bindings-2.0 §3.4.4.1). Undefined when the request isn't signed.
 */
function readSignature(
  received: ReadonlyMap<Parameter, Received>,
  request: Received,
): RedirectSignature | Fault | undefined {
  const sigAlg = received.get('SigAlg');
  const signature = received.get('Signature');
  if (!sigAlg && !signature) return undefined;
  if (!sigAlg || !signature) {
    return fault('incomplete-signature', 'SigAlg and Signature belong together, and one is missing');
  }
  const text = withoutWhiteSpace(signature.value);
  const value = decodeBase64(text);
  if (!value) return fault('not-base64', `Signature ${describeNotBase64(text)}`);
  const relayState = received.get('RelayState');
  const signedOctets = [
    `SAMLRequest=${request.raw}`,
    ...(relayState ? [`RelayState=${relayState.raw}`] : []),
    `SigAlg=${sigAlg.raw}`,
  ].join('&');
  return { algorithm: sigAlg.value, value, signedOctets };
}
