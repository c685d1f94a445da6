import { createPublicKey, type BinaryLike, type KeyLike } from 'node:crypto';
import type { SignatureAlgorithm } from 'xml-crypto';
import type { SignatureMethod } from './algorithms.ts';
import { judgeValue } from './signature-value.ts';

/** Verifies ECDSA for xml-crypto, which lacks it, in both encodings. We don't sign with it. */
export function ecdsaVerifier(uri: string, method: SignatureMethod): new () => SignatureAlgorithm {
  return class {
    getAlgorithmName = (): string => uri;
    getSignature(_signedInfo: BinaryLike, _privateKey: KeyLike): string {
      throw new Error('ECDSA is only verified');
    }
    verifySignature(material: string, key: KeyLike, signatureValue: string): boolean {
      const publicKey = createPublicKey(key);
      const value = Buffer.from(signatureValue, 'base64');
      return judgeValue(method, Buffer.from(material), publicKey, value).startsWith('genuine');
    }
  };
}
