import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { SignedXml, type SignatureAlgorithm } from 'xml-crypto';
import {
  buildAssertion,
  type Assertion,
  type AssertionInput,
} from '../../../../src/protocols/saml/assertion.ts';
import { buildResponse, type Response } from '../../../../src/protocols/saml/response.ts';
import { ENVELOPED_SIGNATURE, EXCLUSIVE_C14N } from '../../../../src/protocols/saml/signature/algorithms.ts';
import { RSA_SHA384, RsaSha384, SHA384, Sha384 } from '../../../../src/protocols/saml/signature/sha384.ts';
import type { SigningKey } from '../../../../src/protocols/saml/signature/sign.ts';
import { AuthnContextClass, NameIdFormat } from '../../../../src/protocols/saml/types.ts';

const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
export const RSA_SHA1 = 'http://www.w3.org/2000/09/xmldsig#rsa-sha1';
const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256';

const fixture = (name: string): string =>
  readFileSync(new URL(`../../../fixtures/saml/${name}`, import.meta.url), 'utf8');

const base64Der = (pem: string): string => pem.replace(/-----[^-]+-----|\s/g, '');

/** A key pair of the fixtures in every form that tests use. */
export function keyPair(name: 'idp' | 'sp' | 'other') {
  const privateKeyPem = fixture(`${name}-key.pem`);
  const certificatePem = fixture(`${name}-cert.pem`);
  const privateKey = createPrivateKey(privateKeyPem);
  const certificate = base64Der(certificatePem);
  const signingKey: SigningKey = { privateKey, certificate, signatureAlgorithm: 'rsa-sha256' };
  return { privateKeyPem, certificatePem, privateKey, certificate, signingKey };
}

export const ecPrivateKeyPem = fixture('ec-key.pem');
export const ecCertificate = base64Der(fixture('ec-cert.pem'));
export const ed25519Certificate = base64Der(fixture('ed25519-cert.pem'));

const REQUEST_ID = '_request-1';

/** An AuthnRequest as text; `attributes` and `content` are inserted as they are. */
export function requestXml({ attributes = '', content = '', id = REQUEST_ID } = {}): string {
  return (
    `<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"` +
    ` xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${id}" Version="2.0"` +
    ` IssueInstant="2026-01-02T03:04:05Z" ${attributes}>` +
    `<saml:Issuer>https://sp.example/saml</saml:Issuer>${content}</samlp:AuthnRequest>`
  );
}

export interface EnvelopeOptions {
  readonly privateKeyPem: string;
  readonly xpath?: string;
  readonly transforms?: string[];
  readonly signatureAlgorithm?: string;
  readonly digestAlgorithm?: string;
  readonly canonicalizationAlgorithm?: string;
  readonly emptyUri?: boolean;
  /** How an ECDSA signature is written. */
  readonly dsaEncoding?: DsaEncoding;
}

type DsaEncoding = 'der' | 'ieee-p1363';

export const ecdsaUri = (hash: string): string => `http://www.w3.org/2001/04/xmldsig-more#ecdsa-${hash}`;

/** Signs with ECDSA for xml-crypto, which lacks it. */
const ecdsaSigner = (hash: string, dsaEncoding: DsaEncoding) =>
  class implements SignatureAlgorithm {
    getAlgorithmName = (): string => ecdsaUri(hash);
    getSignature = (signedInfo: unknown, key: unknown): string =>
      sign(hash, Buffer.from(String(signedInfo)), { key: String(key), dsaEncoding }).toString('base64');
    verifySignature = (): boolean => false;
  };

/** Signs with a library that isn't ours. The signature follows the first Issuer of the signed element. */
export function signEnveloped(xml: string, options: EnvelopeOptions): string {
  const xpath = options.xpath ?? '/*';
  const signer = new SignedXml({
    privateKey: options.privateKeyPem,
    signatureAlgorithm: options.signatureAlgorithm ?? RSA_SHA256,
    canonicalizationAlgorithm: options.canonicalizationAlgorithm ?? EXCLUSIVE_C14N,
  });
  const ecdsa = ['sha1', 'sha256', 'sha384', 'sha512'].map((hash): [string, new () => SignatureAlgorithm] => [
    ecdsaUri(hash),
    ecdsaSigner(hash, options.dsaEncoding ?? 'ieee-p1363'),
  ]);
  signer.SignatureAlgorithms = {
    ...signer.SignatureAlgorithms,
    [RSA_SHA384]: RsaSha384,
    ...Object.fromEntries(ecdsa),
  };
  signer.HashAlgorithms = { ...signer.HashAlgorithms, [SHA384]: Sha384 };
  signer.addReference({
    xpath,
    transforms: options.transforms ?? [ENVELOPED_SIGNATURE, EXCLUSIVE_C14N],
    digestAlgorithm: options.digestAlgorithm ?? SHA256,
    ...(options.emptyUri ? { uri: '', isEmptyUri: true } : {}),
  });
  signer.computeSignature(xml, {
    prefix: 'ds',
    location: { reference: `${xpath}/*[local-name()='Issuer']`, action: 'after' },
  });
  return signer.getSignedXml();
}

export interface RedirectOptions {
  readonly relayState?: string;
  readonly privateKeyPem?: string;
  readonly hash?: string;
  readonly algorithm?: string;
  /** How an ECDSA signature is written. */
  readonly dsaEncoding?: DsaEncoding;
  /** Another percent-encoding: the signature covers the octets as they are written. */
  readonly encode?: (text: string) => string;
}

/** The query of a request by HTTP-Redirect. */
export function redirectQuery(xml: string | Buffer, options: RedirectOptions = {}): string {
  const encode = options.encode ?? encodeURIComponent;
  const parts = [`SAMLRequest=${encode(deflateRawSync(xml).toString('base64'))}`];
  if (options.relayState !== undefined) parts.push(`RelayState=${encode(options.relayState)}`);
  if (options.privateKeyPem === undefined) return parts.join('&');
  parts.push(`SigAlg=${encode(options.algorithm ?? RSA_SHA256)}`);
  const signature = sign(options.hash ?? 'sha256', Buffer.from(parts.join('&')), {
    key: options.privateKeyPem,
    dsaEncoding: options.dsaEncoding ?? 'ieee-p1363',
  });
  return [...parts, `Signature=${encode(signature.toString('base64'))}`].join('&');
}

export const NOW = Date.parse('2026-01-02T03:04:05.678Z');

export function assertionInput(overrides: Partial<AssertionInput> = {}): AssertionInput {
  return {
    id: '_7d3f0c9e-0000-4000-8000-000000000001',
    issuer: 'https://idp.example/d-1234567890/saml/assertion/abc',
    audience: 'https://sp.example/saml',
    recipient: 'https://sp.example/saml/acs?x=1&y=2',
    inResponseTo: REQUEST_ID,
    subject: { value: 'ana@example.com', format: NameIdFormat.emailAddress },
    attributes: [
      { name: 'mail', values: ['ana@example.com'] },
      { name: 'groups', values: ['a & b', '<c>'] },
    ],
    authnStatement: {
      authnInstant: NOW - 1000,
      sessionIndex: '_session-1',
      authnContextClassRef: AuthnContextClass.passwordProtectedTransport,
    },
    sessionDurationMs: 3_600_000,
    ...overrides,
  };
}

export const RESPONSE_ID = '_7d3f0c9e-0000-4000-8000-000000000002';

/** A sample response, and the assertion of its input. */
export function sampleResponse(
  overrides: Partial<AssertionInput> = {},
  now = NOW,
): Response & { readonly assertion: Assertion } {
  const assertion = buildAssertion(assertionInput(overrides), now);
  return { ...buildResponse({ id: RESPONSE_ID }, assertion), assertion };
}
