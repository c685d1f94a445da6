// The identifiers of XML Signature (xmldsig-core §6, RFC 9231 §2) and their names in node:crypto.

/** The canonicalisation and transform of every signature that we make (saml-core-2.0 §5.4.3, §5.4.4). */
export const EXCLUSIVE_C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const INCLUSIVE_C14N_1_0 = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
const INCLUSIVE_C14N_1_1 = 'http://www.w3.org/2006/12/xml-c14n11';
export const ENVELOPED_SIGNATURE = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';

/** How a canonical form is written. */
export interface CanonicalMethod {
  /** Only the namespaces that are used are declared, so that a message can be moved into another. */
  readonly exclusive: boolean;
  readonly comments: boolean;
}

/** The canonicalisations of SignedInfo that we accept: exclusive is only recommended (saml-core-2.0 §5.4.3). */
export const CANONICAL_METHODS: ReadonlyMap<string, CanonicalMethod> = new Map([
  [EXCLUSIVE_C14N, { exclusive: true, comments: false }],
  [`${EXCLUSIVE_C14N}WithComments`, { exclusive: true, comments: true }],
  [INCLUSIVE_C14N_1_0, { exclusive: false, comments: false }],
  [`${INCLUSIVE_C14N_1_0}#WithComments`, { exclusive: false, comments: true }],
  [INCLUSIVE_C14N_1_1, { exclusive: false, comments: false }],
  [`${INCLUSIVE_C14N_1_1}#WithComments`, { exclusive: false, comments: true }],
]);

/** The algorithms that we sign with; each certificate has one. */
export type SignatureAlgorithm = 'rsa-sha256' | 'rsa-sha1';

export interface AlgorithmIdentifiers {
  readonly signatureUri: string;
  readonly digestUri: string;
  /** The name of the hash in node:crypto. */
  readonly hash: 'sha256' | 'sha1';
}

export const algorithmIdentifiers: Readonly<Record<SignatureAlgorithm, AlgorithmIdentifiers>> = {
  'rsa-sha256': {
    signatureUri: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    digestUri: 'http://www.w3.org/2001/04/xmlenc#sha256',
    hash: 'sha256',
  },
  'rsa-sha1': {
    signatureUri: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
    digestUri: 'http://www.w3.org/2000/09/xmldsig#sha1',
    hash: 'sha1',
  },
};

/** A signature algorithm: the kind of key that it takes, and the name of its hash in node:crypto. */
export interface SignatureMethod {
  readonly keyType: 'rsa' | 'ec';
  readonly hash: string;
}

const MORE = 'http://www.w3.org/2001/04/xmldsig-more#';
const methods = (keyType: SignatureMethod['keyType'], name: string) =>
  ['sha256', 'sha384', 'sha512'].map((hash): [string, SignatureMethod] => [
    `${MORE}${name}-${hash}`,
    { keyType, hash },
  ]);

const VERIFIABLE_SIGNATURES: ReadonlyMap<string, SignatureMethod> = new Map([
  ...methods('rsa', 'rsa'),
  ...methods('ec', 'ecdsa'),
  ['http://www.w3.org/2000/09/xmldsig#rsa-sha1', { keyType: 'rsa', hash: 'sha1' }],
  [`${MORE}ecdsa-sha1`, { keyType: 'ec', hash: 'sha1' }],
]);

/** The ECDSA algorithms that we accept (RFC 9231 §2.3.6), by their URI. */
export const ECDSA_METHODS: readonly (readonly [string, SignatureMethod])[] = [
  ...VERIFIABLE_SIGNATURES,
].filter(([, { keyType }]) => keyType === 'ec');

const VERIFIABLE_DIGESTS: ReadonlyMap<string, string> = new Map([
  ['http://www.w3.org/2001/04/xmlenc#sha256', 'sha256'],
  ['http://www.w3.org/2001/04/xmldsig-more#sha384', 'sha384'],
  ['http://www.w3.org/2001/04/xmlenc#sha512', 'sha512'],
  ['http://www.w3.org/2000/09/xmldsig#sha1', 'sha1'],
]);

export interface VerifyOptions {
  /**
   * Whether SHA-1 is accepted. Collisions can be computed, so it is only for service providers that support no other.
   */
  readonly allowSha1?: boolean;
}

const isAllowed = (hash: string, { allowSha1 = false }: VerifyOptions): boolean =>
  hash !== 'sha1' || allowSha1;

/**
 * The signature algorithm with this URI, or undefined when we don't accept it. There is no HMAC: the public certificate
 * would be the secret, and anybody could sign.
 */
export function signatureMethodOf(uri: string, options: VerifyOptions): SignatureMethod | undefined {
  const method = VERIFIABLE_SIGNATURES.get(uri);
  return method && isAllowed(method.hash, options) ? method : undefined;
}

/** The hash of a digest algorithm, or undefined when we don't accept the algorithm. */
export function hashOfDigest(uri: string, options: VerifyOptions): string | undefined {
  const hash = VERIFIABLE_DIGESTS.get(uri);
  return hash !== undefined && isAllowed(hash, options) ? hash : undefined;
}
