import type { KeyObject, X509Certificate } from 'node:crypto';
import { certificateBlocks, publicKeyOf, readCertificate } from './certificate.ts';
import { fixedLengthOf } from './request-key.ts';

/** Real chains have two or three. Each of them is compared with every other. */
export const MAX_CHAIN = 8;

export type ReadCertificates =
  | { readonly ok: true; readonly certificates: readonly [X509Certificate, ...X509Certificate[]] }
  /** `message` is a sentence for whoever gave the text. */
  | { readonly ok: false; readonly message: string };

const refuse = (message: string): ReadCertificates => ({ ok: false, message });

/** Reads every certificate of a text, in its order. Those of too long a chain are not read: each takes a parser. */
export function readCertificates(text: string): ReadCertificates {
  const blocks = certificateBlocks(text);
  const count = blocks.length;
  if (count > MAX_CHAIN) {
    return refuse(
      `These are ${count} certificates, and a chain has at most ${MAX_CHAIN}: give the first without its issuers.`,
    );
  }
  const read = blocks.map(readCertificate);
  const unreadable = read.indexOf(undefined);
  if (count > 1 && unreadable >= 0) {
    return refuse(`Certificate ${unreadable + 1} of the ${count} in this text can’t be read.`);
  }
  const [first, ...others] = read.filter((each) => each !== undefined);
  return first
    ? { ok: true, certificates: [first, ...others] }
    : refuse('This is not an X.509 certificate in PEM (-----BEGIN CERTIFICATE-----).');
}

/**
 * Which certificate of a ds:X509Data contains its key, when the order tells nothing: one that issued none of the others
 * (xmldsig-core §4.4.4), and rather one that isn't of a certificate authority. Undefined when each issued another.
 */
export function findEndEntity(certificates: readonly X509Certificate[]): X509Certificate | undefined {
  const ends = certificates.filter((each) => !certificates.some((other) => hasIssued(each, other)));
  return ends.find(({ ca }) => !ca) ?? ends[0];
}

/** Whether all others issued the first, directly or through one another. */
export function isChainOfFirst([first, ...others]: readonly [
  X509Certificate,
  ...X509Certificate[],
]): boolean {
  const chain = [first];
  // Each step of the loop looks for the issuers of one more certificate.
  for (const subject of chain) {
    chain.push(...others.filter((other) => !chain.includes(other) && hasIssued(other, subject)));
  }
  return chain.length === others.length + 1;
}

/** Verifying with larger numbers takes long. */
const [MAX_BITS, MAX_EXPONENT] = [4096, 65_537n];

/**
 * Whether `issuer` issued `subject`, by their names and key identifiers. Where these say the same in both directions, as
 * for two certificates of one name, the signature decides. It is not verified otherwise: to be taken for an issuer only
 * makes a certificate count less.
 */
function hasIssued(issuer: X509Certificate, subject: X509Certificate): boolean {
  if (issuer === subject || !subject.checkIssued(issuer)) return false;
  const key = publicKeyOf(issuer);
  const own = publicKeyOf(subject);
  // Two certificates of one key, as after a renewal, describe the same key.
  if (key && own?.equals(key)) return false;
  if (!issuer.checkIssued(subject)) return true;
  return !key || !verifiesQuickly(key) || subject.verify(key);
}

function verifiesQuickly(key: KeyObject): boolean {
  const { modulusLength = Infinity, publicExponent = 0n } = key.asymmetricKeyDetails ?? {};
  const isSmall = modulusLength <= MAX_BITS && publicExponent <= MAX_EXPONENT;
  return isSmall || fixedLengthOf(key) !== undefined;
}
