/** The parts of a stored hash: scrypt (RFC 7914) with r = 8 and p = 1. */
export interface PasswordHash {
  /** The base-2 logarithm of scrypt's N. */
  cost: number;
  salt: Buffer;
  key: Buffer;
}

export const SALT_BYTES = 16;
export const KEY_BYTES = 32;
/** The cost is the base-2 logarithm of scrypt's N. */
export const MIN_COST = 4;
const MAX_COST = 20;

const FORM = /^\$scrypt\$ln=(\d{1,2}),r=8,p=1\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/;

/**
 * `$scrypt$ln=15,r=8,p=1$salt$key`, with salt and key in base64 without padding. It contains its own
 * parameters.
 */
export function formatPasswordHash({ cost, salt, key }: PasswordHash): string {
  const base64 = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');
  return `$scrypt$ln=${cost},r=8,p=1$${base64(salt)}$${base64(key)}`;
}

/**
 * Parses a stored hash; undefined for any other text. The cost is limited here, because organization files
 * can contain hashes: one with ln=30 would take a terabyte of memory at the next sign-in.
 */
export function parsePasswordHash(text: string): PasswordHash | undefined {
  const [, ln, salt, key] = FORM.exec(text) ?? [];
  const cost = Number(ln);
  if (salt === undefined || key === undefined || cost < MIN_COST || cost > MAX_COST) return undefined;
  return { cost, salt: Buffer.from(salt, 'base64'), key: Buffer.from(key, 'base64') };
}
