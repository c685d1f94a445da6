import type { KeyObject } from 'node:crypto';

/*
 * Keys and certificates in DER (X.690) that no tool would make: with numbers of any size, which needn't be primes.
 */

function length(size: number): Buffer {
  if (size < 0x80) return Buffer.from([size]);
  const octets = Buffer.from(size.toString(16).padStart(size > 0xffff ? 6 : size > 0xff ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([0x80 + octets.length]), octets]);
}

function value(tag: number, ...content: readonly Buffer[]): Buffer {
  const whole = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag]), length(whole.length), whole]);
}

const sequence = (...parts: readonly Buffer[]) => value(0x30, ...parts);
const integer = (octets: Buffer) => value(0x02, octets);
const smallInteger = (number: number) => integer(Buffer.from([number]));
const identifier = (hex: string) => value(0x06, Buffer.from(hex, 'hex'));
const bitString = (content: Buffer) => value(0x03, Buffer.from([0]), content);
/** A positive number of so many bits, all of them set. */
const allOnes = (bits: number) => integer(Buffer.concat([Buffer.from([0]), Buffer.alloc(bits / 8, 0xff)]));

const RSA = sequence(identifier('2a864886f70d010101'), value(0x05));
const SHA256_WITH_RSA = sequence(identifier('2a864886f70d01010b'), value(0x05));
const DSA = '2a8648ce380401';

/** A certificate of an RSA key of so many bits, as base64 DER. Its signature is wrong. */
export function rsaCertificate(bits: number, serial = 1): string {
  const exponent = integer(Buffer.from([1, 0, 1]));
  return certificateOf(sequence(RSA, bitString(sequence(allOnes(bits), exponent))), serial);
}

/** A certificate of a key, as base64 DER. Its signature is wrong. */
export const certificateOfKey = (key: KeyObject): string =>
  certificateOf(key.export({ format: 'der', type: 'spki' }));

function certificateOf(publicKey: Buffer, serial = 1): string {
  const name = sequence(value(0x31, sequence(identifier('550403'), value(0x0c, Buffer.from('x')))));
  const time = (text: string) => value(0x17, Buffer.from(text));
  const content = sequence(
    value(0xa0, smallInteger(2)),
    integer(Buffer.from([1, serial >> 8, serial & 0xff])),
    SHA256_WITH_RSA,
    name,
    sequence(time('260101000000Z'), time('360101000000Z')),
    name,
    publicKey,
  );
  return sequence(content, SHA256_WITH_RSA, bitString(Buffer.alloc(8))).toString('base64');
}

/** A DSA key in PKCS #8 whose prime has so many bits; OpenSSL computes the public half when it reads one. */
export function dsaPrivateKeyPem(bits: number): string {
  const parameters = sequence(allOnes(bits), allOnes(256), smallInteger(2));
  const key = sequence(
    smallInteger(0),
    sequence(identifier(DSA), parameters),
    value(0x04, allOnes(bits / 2)),
  );
  const lines = key.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n');
}
