import { hash, sign, type KeyObject } from 'node:crypto';
import { attribute } from '../xml/escape.ts';
import { Namespace } from '../types.ts';
import {
  algorithmIdentifiers,
  ENVELOPED_SIGNATURE,
  EXCLUSIVE_C14N,
  type AlgorithmIdentifiers,
  type SignatureAlgorithm,
} from './algorithms.ts';

export interface SigningKey {
  readonly privateKey: KeyObject;
  /** The certificate of the private key: base64 DER without line breaks. */
  readonly certificate: string;
  readonly signatureAlgorithm: SignatureAlgorithm;
}

export interface SignOptions {
  readonly key: SigningKey;
  /** Whether the certificate is written into KeyInfo. */
  readonly includeCertificate: boolean;
}

/** Signs octets in the thread pool, so that the main thread keeps serving requests. */
export function signOctets(octets: string, key: SigningKey): Promise<Buffer> {
  const { hash: hashName } = algorithmIdentifiers[key.signatureAlgorithm];
  return new Promise((resolve, reject) => {
    sign(hashName, Buffer.from(octets), key.privateKey, (error, signature) => {
      if (error) reject(error);
      else resolve(signature);
    });
  });
}

/**
 * The ds:Signature of the element with this id, whose exclusive canonical form is `canonical` (xmldsig-core §3.1,
 * saml-core-2.0 §5.4). SignedInfo is signed in its canonical form, in which it declares `xmlns:ds` itself. In the
 * message that declaration is on ds:Signature, and the verifier's canonicaliser moves it to SignedInfo.
 */
export async function signatureOver(id: string, canonical: string, options: SignOptions): Promise<string> {
  const algorithm = algorithmIdentifiers[options.key.signatureAlgorithm];
  const content = signedInfoContent(id, hash(algorithm.hash, canonical, 'base64'), algorithm);
  const octets = `<ds:SignedInfo xmlns:ds="${Namespace.signature}">${content}</ds:SignedInfo>`;
  const value = await signOctets(octets, options.key);
  const keyInfo = options.includeCertificate
    ? `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${options.key.certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`
    : '';
  return (
    `<ds:Signature xmlns:ds="${Namespace.signature}"><ds:SignedInfo>${content}</ds:SignedInfo>` +
    `<ds:SignatureValue>${value.toString('base64')}</ds:SignatureValue>${keyInfo}</ds:Signature>`
  );
}

function signedInfoContent(id: string, digest: string, algorithm: AlgorithmIdentifiers): string {
  return (
    `<ds:CanonicalizationMethod Algorithm="${EXCLUSIVE_C14N}"></ds:CanonicalizationMethod>` +
    `<ds:SignatureMethod Algorithm="${algorithm.signatureUri}"></ds:SignatureMethod>` +
    `<ds:Reference${attribute('URI', `#${id}`)}><ds:Transforms>` +
    `<ds:Transform Algorithm="${ENVELOPED_SIGNATURE}"></ds:Transform>` +
    `<ds:Transform Algorithm="${EXCLUSIVE_C14N}"></ds:Transform></ds:Transforms>` +
    `<ds:DigestMethod Algorithm="${algorithm.digestUri}"></ds:DigestMethod>` +
    `<ds:DigestValue>${digest}</ds:DigestValue></ds:Reference>`
  );
}
