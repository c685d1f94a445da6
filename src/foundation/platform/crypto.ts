import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
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
  /** HMAC-SHA-256 (base64url), with a separate key for each `purpose`. */
  mac(purpose: string, value: string): string;
}

const VERSION = 'v1';

/** A sealer whose keys are derived from one secret of at least 16 bytes (HKDF, RFC 5869). */
export function createSealer(secret: Uint8Array): Sealer {
  if (secret.byteLength < 16) throw new Error('The sealing secret is shorter than 16 bytes.');
  const derive = (info: string) => Buffer.from(hkdfSync('sha256', secret, 'vestibule', info, 32));
  const sealingKey = derive('seal');
  const macKeys = new Map<string, Buffer>();
  return {
    seal(plaintext, context) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', sealingKey, iv).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
      return `${VERSION}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`;
    },
    open(sealed, context) {
      const [version, encoded] = sealed.split('.');
      if (version !== VERSION || encoded === undefined) throw new Error('Not a sealed value.');
      const bytes = Buffer.from(encoded, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', sealingKey, bytes.subarray(0, 12), {
        authTagLength: 16,
      });
      decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
    },
    mac(purpose, value) {
      let key = macKeys.get(purpose);
      if (!key) macKeys.set(purpose, (key = derive(`mac ${purpose}`)));
      return createHmac('sha256', key).update(value).digest('base64url');
    },
  };
}
