import type { Sealer } from '../../foundation/platform/crypto.ts';
import type { MailId } from '../../foundation/platform/ids.ts';

interface Body {
  text: string;
  html: string;
}

/**
 * Encrypts a body before it is stored: bodies hold links and codes, and a copy of the database must not be
 * enough to sign in.
 */
export const sealBody = (sealer: Sealer, id: MailId, { text, html }: Body): Body => ({
  text: sealer.seal(text, `mail text ${id}`),
  html: sealer.seal(html, `mail html ${id}`),
});

/** Decrypts a stored body. */
export const openBody = (sealer: Sealer, id: MailId, { text, html }: Body): Body => ({
  text: sealer.open(text, `mail text ${id}`),
  html: sealer.open(html, `mail html ${id}`),
});
