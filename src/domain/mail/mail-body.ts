import type { Sealer } from '../../foundation/platform/crypto.ts';
import type { MailId } from '../../foundation/platform/ids.ts';

interface Body {
  text: string;
  html: string;
}

/** Bodies are kept sealed: they hold links and codes, and a copied database must not sign anybody in. */
export const sealBody = (sealer: Sealer, id: MailId, { text, html }: Body): Body => ({
  text: sealer.seal(text, `mail text ${id}`),
  html: sealer.seal(html, `mail html ${id}`),
});

export const openBody = (sealer: Sealer, id: MailId, { text, html }: Body): Body => ({
  text: sealer.open(text, `mail text ${id}`),
  html: sealer.open(html, `mail html ${id}`),
});
