import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { cbor, type Cbor } from './cbor.ts';

/*
 * A security key whose every part a test can forge: what the browser states (client data), what the
 * authenticator states (authenticator data, public key) and what it attests. Without changes it is genuine.
 */

export const CREDENTIAL_ID = Buffer.alloc(32, 0x2a);

/** The flags of authenticator data (WebAuthn Level 2 §6.1). */
export const FLAG = { up: 0x01, uv: 0x04, be: 0x08, bs: 0x10, at: 0x40, ed: 0x80 } as const;

/** What the browser puts into clientDataJSON; octets replace the whole. */
export type ClientData = Buffer | Record<string, unknown>;

export interface KeyPair {
  /** The COSE key (RFC 9053 §7). */
  readonly cose: ReadonlyMap<Cbor, Cbor>;
  readonly privateKey: KeyObject;
}

interface Ceremony {
  readonly rpId: string;
  readonly origin: string;
  readonly challenge: string;
}

interface Stated {
  readonly client?: ClientData;
  readonly rpId?: string;
  readonly flags?: number;
  readonly signCount?: number;
  /** Octets after everything that the flags announce. */
  readonly extra?: Buffer;
  /** Members of the JSON, such as `id` and `type`; `response` adds to the response's own. */
  readonly answer?: Record<string, unknown>;
  readonly response?: Record<string, unknown>;
}

export interface ForgedRegistration extends Stated {
  readonly credentialId?: Buffer;
  /** The stated length of the id. */
  readonly idLength?: number;
  readonly aaguid?: Buffer;
  readonly cose?: Cbor;
  readonly fmt?: string;
  /** Computed from the octets that an attestation signs: authenticator data and hash of the client data. */
  readonly attStmt?: (signed: Buffer) => Cbor;
  /** Replaces the whole attestation object. */
  readonly object?: Buffer;
}

export interface ForgedAssertion extends Stated {
  /** Changes the signature. */
  readonly signature?: (genuine: Buffer) => Buffer;
}

/** A key pair for ES256: P-256. */
export function es256(): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  return { privateKey, cose: coseOf([1, 2], [3, -7], [-1, 1], [-2, octets(x)], [-3, octets(y)]) };
}

/** A key pair for EdDSA: Ed25519. */
export function ed25519(): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { x = '' } = publicKey.export({ format: 'jwk' });
  return { privateKey, cose: coseOf([1, 1], [3, -8], [-1, 6], [-2, octets(x)]) };
}

/** A key pair for RSA with PKCS #1 v1.5, by default RS256. */
export function rsa(modulusLength: number, alg = -257): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength });
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  return { privateKey, cose: coseOf([1, 3], [3, alg], [-1, octets(n)], [-2, octets(e)]) };
}

export const coseOf = (...entries: [Cbor, Cbor][]): ReadonlyMap<Cbor, Cbor> => new Map(entries);
const octets = (base64url: string): Buffer => Buffer.from(base64url, 'base64url');

/** A COSE key with other members. */
export const withMembers = (cose: ReadonlyMap<Cbor, Cbor>, ...entries: [Cbor, Cbor][]) =>
  new Map<Cbor, Cbor>([...cose, ...entries]);

/** The answer to a registration. */
export function forgeRegistration(at: Ceremony, key: KeyPair, forged: ForgedRegistration = {}): object {
  const client = clientData('webauthn.create', at, forged.client);
  const id = forged.credentialId ?? CREDENTIAL_ID;
  const length = Buffer.alloc(2);
  length.writeUInt16BE(forged.idLength ?? id.length);
  const authData = Buffer.concat([
    authenticatorData(at, forged, FLAG.up | FLAG.at),
    forged.aaguid ?? Buffer.alloc(16),
    ...[length, id, cbor(forged.cose ?? key.cose), forged.extra ?? Buffer.alloc(0)],
  ]);
  const { fmt = 'none', attStmt = () => new Map() } = forged;
  const attested = Buffer.concat([authData, sha256(client)]);
  const object = cbor(coseOf(['fmt', fmt], ['attStmt', attStmt(attested)], ['authData', authData]));
  return answerOf(id, forged, {
    clientDataJSON: client.toString('base64url'),
    attestationObject: (forged.object ?? object).toString('base64url'),
    transports: ['usb'],
  });
}

/** The answer to a sign-in. */
export function forgeAssertion(at: Ceremony, key: KeyPair, forged: ForgedAssertion = {}): object {
  const client = clientData('webauthn.get', at, forged.client);
  const authData = Buffer.concat([authenticatorData(at, forged, FLAG.up), forged.extra ?? Buffer.alloc(0)]);
  const genuine = signedBy(key, Buffer.concat([authData, sha256(client)]));
  return answerOf(CREDENTIAL_ID, forged, {
    clientDataJSON: client.toString('base64url'),
    authenticatorData: authData.toString('base64url'),
    signature: (forged.signature?.(genuine) ?? genuine).toString('base64url'),
  });
}

/** A key's signature over octets, as an authenticator makes it. */
export const signedBy = ({ privateKey }: KeyPair, signed: Buffer): Buffer =>
  sign(privateKey.asymmetricKeyType === 'ed25519' ? null : 'sha256', signed, privateKey);

const sha256 = (value: Buffer | string): Buffer => createHash('sha256').update(value).digest();

function clientData(type: string, { challenge, origin }: Ceremony, changed: ClientData = {}): Buffer {
  if (Buffer.isBuffer(changed)) return changed;
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false, ...changed }));
}

function authenticatorData({ rpId }: Ceremony, forged: Stated, flags: number): Buffer {
  const counter = Buffer.alloc(4);
  counter.writeUInt32BE(forged.signCount ?? 0);
  return Buffer.concat([sha256(forged.rpId ?? rpId), Buffer.from([forged.flags ?? flags]), counter]);
}

function answerOf(id: Buffer, forged: Stated, response: Record<string, unknown>): object {
  const credentialId = id.toString('base64url');
  return {
    ...{ id: credentialId, rawId: credentialId, type: 'public-key', clientExtensionResults: {} },
    ...forged.answer,
    response: { ...response, ...forged.response },
  };
}
