import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomFillSync,
  timingSafeEqual,
} from 'node:crypto';

/**
 * SHA-256 (base64url) of a random secret. Only the hash is stored, so that a stolen copy of the database opens no
 * session.
 */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** Compares two strings in a time that doesn't reveal where they differ. */
export function equalSecrets(a: string, b: string): boolean {
  const [left, right] = [createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest()];
  return timingSafeEqual(left, right);
}

/** Encrypts secrets before they are stored, and authenticates values that pass through browsers. */
export interface Sealer {
  /** Encrypts with AES-256-GCM. `context` names the row, so that a value copied to another row can't be opened. */
  seal(plaintext: string, context: string): string;
  /** Decrypts. Throws when the value was changed, or was sealed with another key or context. */
  open(sealed: string, context: string): string;
  /** Like `seal`, in fewer octets: for long texts, and columns of octets. */
  sealOctets(plaintext: string, context: string): Uint8Array;
  /** Decrypts what `sealOctets` returned. Throws as `open` does. */
  openOctets(sealed: Uint8Array, context: string): string;
  /** HMAC-SHA-256 (base64url), with a separate key for each `purpose`. */
  mac(purpose: string, value: string): string;
}

const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Random initialization vectors, drawn many at once: asking for each costs as much as encrypting with it. */
function createIvs(): () => Buffer {
  const drawn = Buffer.alloc(256 * IV_BYTES);
  let at = drawn.length;
  return () => {
    if (at === drawn.length) {
      randomFillSync(drawn);
      at = 0;
    }
    return drawn.subarray(at, (at += IV_BYTES));
  };
}

/** A sealer whose keys are derived from one secret of at least 16 bytes (HKDF, RFC 5869). */
export function createSealer(secret: Uint8Array): Sealer {
  if (secret.byteLength < 16) throw new Error('The sealing secret is shorter than 16 bytes.');
  const derive = (info: string) => Buffer.from(hkdfSync('sha256', secret, 'vestibule', info, 32));
  const sealingKey = derive('seal');
  const macKeys = new Map<string, Buffer>();
  const nextIv = createIvs();
  const encrypt = (plaintext: string, context: string): Buffer => {
    const iv = nextIv();
    const cipher = createCipheriv('aes-256-gcm', sealingKey, iv).setAAD(Buffer.from(context));
    const body = cipher.update(plaintext, 'utf8');
    // GCM encrypts octet by octet: the last call has none left, it completes the tag.
    cipher.final();
    return Buffer.concat([iv, cipher.getAuthTag(), body]);
  };
  const decrypt = (octets: Uint8Array, context: string): string => {
    const decipher = createDecipheriv('aes-256-gcm', sealingKey, octets.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(context)).setAuthTag(octets.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    const body = octets.subarray(IV_BYTES + TAG_BYTES);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  };
  return {
    seal: (plaintext, context) => `${VERSION}.${encrypt(plaintext, context).toString('base64url')}`,
    open(sealed, context) {
      const [version, encoded] = sealed.split('.');
      if (version !== VERSION || encoded === undefined) throw new Error('Not a sealed value.');
      return decrypt(Buffer.from(encoded, 'base64url'), context);
    },
    sealOctets: encrypt,
    openOctets: decrypt,
    mac(purpose, value) {
      let key = macKeys.get(purpose);
      if (!key) macKeys.set(purpose, (key = derive(`mac ${purpose}`)));
      return createHmac('sha256', key).update(value).digest('base64url');
    },
  };
}
