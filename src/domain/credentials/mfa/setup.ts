import type { User } from '../../directory/user.ts';
import type { Instance } from '../../organizations/organization.ts';
import type { Sealer } from '../../../foundation/platform/crypto.ts';
import type { Queries } from '../../../foundation/storage/database.ts';
import { registeredKeys, type Registration } from './registration.ts';
import { totpUri } from './totp/totp.ts';
import { hasNameForKeys, registrationOptions, webAuthnSite, type WebAuthnSite } from './webauthn/webauthn.ts';

/** What a person sees to set a new device up with. */
export type MfaSetup =
  | {
      readonly type: 'TOTP';
      /** Base32, for typing. */
      readonly secret: string;
      readonly qrCode: QrCode;
    }
  | {
      readonly type: 'WEBAUTHN';
      /** For `navigator.credentials.create`, as JSON. Null where the public URL has no name: WebAuthn works only with one. */
      readonly options: string | null;
    };

/** A QR code as one SVG path over a square of `size` units, its quiet zone included. */
export interface QrCode {
  readonly size: number;
  readonly path: string;
}

/** As whom we stand towards authenticators of an instance's users. */
export function siteOf(publicUrl: URL, instance: Instance): WebAuthnSite {
  return webAuthnSite(publicUrl, instance.organization.name);
}

/** What is to be shown for a registration under way. */
export async function describeSetup(
  { sealer, publicUrl }: { sealer: Sealer; publicUrl: URL },
  queries: Queries,
  instance: Instance,
  user: User,
  { type, secret }: Registration,
): Promise<MfaSetup> {
  switch (type) {
    case 'TOTP': {
      const uri = await totpUri(instance.organization.name, user.userName, secret);
      return { type, secret, qrCode: await qrCodeOf(uri) };
    }
    case 'WEBAUTHN': {
      if (!hasNameForKeys({ publicUrl })) return { type, options: null };
      const keys = await registeredKeys(sealer, queries, instance.id, user.id);
      const options = await registrationOptions(siteOf(publicUrl, instance), user, keys, secret);
      return { type, options: JSON.stringify(options) };
    }
  }
}

/** What the page's script put into a field, as JSON; undefined for what isn't any. */
export function readAnswer(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Draws a text, such as an authenticator app's address. */
export async function qrCodeOf(text: string): Promise<QrCode> {
  const { encode } = await import('uqr');
  // A scanner needs four modules of quiet around the code (ISO/IEC 18004 §9.1).
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  let path = '';
  for (const [y, row] of data.entries()) {
    for (let x = 0; x < row.length; x += 1) {
      if (!row[x]) continue;
      const from = x;
      while (row[x + 1]) x += 1;
      path += `M${from} ${y}h${x + 1 - from}v1H${from}z`;
    }
  }
  return { size, path };
}
