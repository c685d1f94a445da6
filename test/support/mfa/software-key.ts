import { createHash, createSign, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';

/*
 * A security key in software (a small part of CTAP 2: ES256, attestation none), for tests without a browser. Its
 * options let tests of attacks make it give wrong answers.
 */

export interface SoftwareKey {
  /** Answers these options as `navigator.credentials.create` would. */
  create(options: object, origin: string): object;
  /** Answers these options as `navigator.credentials.get` would. */
  get(options: object, origin: string, change?: { rpId?: string; signCount?: number }): object;
  readonly credentialId: string;
}

/** Creates a new key, which has signed nothing yet. */
export function softwareKey(): SoftwareKey {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(32);
  let signCount = 0;
  const credentialId = id.toString('base64url');
  return {
    credentialId,
    create(options, origin) {
      const { challenge, rp } = options as { challenge: string; rp: { id: string } }; // Our own server made the options.
      const authData = Buffer.concat([
        authenticatorData(rp.id, 0x41, signCount),
        Buffer.alloc(16), // AAGUID: none
        Buffer.from([0, id.length]),
        id,
        coseKey(publicKey),
      ]);
      const attestationObject = Buffer.concat([
        Buffer.from([0xa3]),
        text('fmt'),
        text('none'),
        text('attStmt'),
        Buffer.from([0xa0]),
        text('authData'),
        bytes(authData),
      ]);
      return answer({
        clientDataJSON: clientData('webauthn.create', challenge, origin),
        attestationObject,
      });
    },
    get(options, origin, change = {}) {
      const { challenge, rpId } = options as { challenge: string; rpId: string }; // Our own server made the options.
      signCount += 1;
      const data = authenticatorData(change.rpId ?? rpId, 0x01, change.signCount ?? signCount);
      const client = clientData('webauthn.get', challenge, origin);
      return answer({
        clientDataJSON: client,
        authenticatorData: data,
        signature: sign(privateKey, data, client),
      });
    },
  };

  function answer(response: Record<string, Buffer>): object {
    const encoded = Object.entries(response).map(([name, value]) => [name, value.toString('base64url')]);
    return {
      ...{ id: credentialId, rawId: credentialId, type: 'public-key' },
      authenticatorAttachment: 'cross-platform',
      clientExtensionResults: {},
      response: { ...Object.fromEntries(encoded), transports: ['usb'] } as object,
    };
  }
}

function sign(key: KeyObject, data: Buffer, client: Buffer): Buffer {
  const hash = createHash('sha256').update(client).digest();
  return createSign('sha256')
    .update(Buffer.concat([data, hash]))
    .sign(key);
}

const clientData = (type: string, challenge: string, origin: string): Buffer =>
  Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));

/**
 * Authenticator data (WebAuthn Level 2 §6.1). Flags: user present 0x01, attested credential data 0x40; never user
 * verified, as in a U2F key.
 */
function authenticatorData(rpId: string, flags: number, signCount: number): Buffer {
  const counter = Buffer.alloc(4);
  counter.writeUInt32BE(signCount);
  return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([flags]), counter]);
}

/** COSE_Key (RFC 9053 §7.1): {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}. */
function coseKey(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]),
    bytes(Buffer.from(x, 'base64url')),
    Buffer.from([0x22]),
    bytes(Buffer.from(y, 'base64url')),
  ]);
}

/** CBOR strings (RFC 8949 §3.1). */
const text = (value: string): Buffer => Buffer.concat([head(0x60, value.length), Buffer.from(value)]);
const bytes = (value: Buffer): Buffer => Buffer.concat([head(0x40, value.length), value]);

function head(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([major | length]);
  return length < 256
    ? Buffer.from([major | 24, length])
    : Buffer.from([major | 25, length >> 8, length & 255]);
}
