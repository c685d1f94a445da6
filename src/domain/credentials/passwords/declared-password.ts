import type { Sealer } from '../../../foundation/platform/crypto.ts';
import type { UserId } from '../../../foundation/platform/ids.ts';

/**
 * What is stored of a password that an organization file declares, to recognise it without hashing. The HMAC includes
 * the user's id, so that it doesn't reveal that two users have the same password.
 */
export function declaredMacOf(sealer: Sealer, id: UserId, password: string): string {
  return sealer.mac('declared-password', `${id} ${password}`);
}
