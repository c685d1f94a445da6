import { createHash, createSign, createVerify, type BinaryLike, type KeyLike } from 'node:crypto';
import type { HashAlgorithm, SignatureAlgorithm } from 'xml-crypto';

/** The two algorithms that we accept and xml-crypto lacks (RFC 9231 §2.1.2, §2.3.3). */
export const RSA_SHA384 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha384';
export const SHA384 = 'http://www.w3.org/2001/04/xmldsig-more#sha384';

export class Sha384 implements HashAlgorithm {
  getAlgorithmName = (): string => SHA384;
  getHash = (xml: string): string => createHash('sha384').update(xml).digest('base64');
}

export class RsaSha384 implements SignatureAlgorithm {
  getAlgorithmName = (): string => RSA_SHA384;
  getSignature = (signedInfo: BinaryLike, privateKey: KeyLike): string =>
    createSign('sha384').update(signedInfo).sign(privateKey, 'base64');
  verifySignature = (material: string, key: KeyLike, signatureValue: string): boolean =>
    createVerify('sha384').update(material).verify(key, signatureValue, 'base64');
}
