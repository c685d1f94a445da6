import type { X509Certificate } from 'node:crypto';
import { publicKeyOf } from '../signature/certificate.ts';
import { fixedLengthOf } from '../signature/request-key.ts';
import { Namespace } from '../types.ts';
import { childOf, childrenOf, type XmlElement } from '../xml/tree.ts';

const DSIG_1_1 = 'http://www.w3.org/2009/xmldsig11#';

/** The numbers of a ds:KeyValue, in hexadecimal without leading zeros (xmldsig-core1 §4.5.2). */
export type KeyValue =
  | { readonly type: 'rsa'; readonly modulus: string; readonly exponent: string }
  /** Both coordinates of the point, one after the other. */
  | { readonly type: 'ec'; readonly point: string };

/** Reads the key of a ds:KeyInfo that stands there as numbers; undefined when none does. */
export function readKeyValue(keyInfo: XmlElement): KeyValue | undefined {
  const values = childrenOf(keyInfo, Namespace.signature, 'KeyValue');
  const [rsa] = values.flatMap((value) => childrenOf(value, Namespace.signature, 'RSAKeyValue'));
  if (rsa) {
    const number = (name: string) => hexOf(childOf(rsa, Namespace.signature, name)?.text ?? '', 'base64');
    return { type: 'rsa', modulus: number('Modulus'), exponent: number('Exponent') };
  }
  const [ec] = values.flatMap((value) => childrenOf(value, DSIG_1_1, 'ECKeyValue'));
  if (!ec) return undefined;
  const octets = Buffer.from(childOf(ec, DSIG_1_1, 'PublicKey')?.text ?? '', 'base64');
  // SEC 1 §2.3.3: 04 goes before an uncompressed point. A compressed one equals none.
  return { type: 'ec', point: octets[0] === 0x04 ? octets.subarray(1).toString('hex') : '' };
}

const hexOf = (text: string, encoding: 'base64' | 'base64url'): string =>
  Buffer.from(text, encoding).toString('hex').replace(/^0+/, '');

/** Whether a certificate has this key. */
export function isKeyOf(certificate: X509Certificate, value: KeyValue): boolean {
  const key = publicKeyOf(certificate);
  if (key?.asymmetricKeyType !== value.type) return false;
  if (value.type === 'rsa') {
    const { n = '', e = '' } = key.export({ format: 'jwk' });
    return n !== '' && hexOf(n, 'base64url') === value.modulus && hexOf(e, 'base64url') === value.exponent;
  }
  // SubjectPublicKeyInfo ends with the point (RFC 5480 §2.2).
  const digits = 2 * (fixedLengthOf(key) ?? NaN);
  const { point } = value;
  return (
    point.length === digits && key.export({ format: 'der', type: 'spki' }).toString('hex').endsWith(point)
  );
}
