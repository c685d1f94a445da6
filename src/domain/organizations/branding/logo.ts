import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Image, ReadImage } from './image.ts';
import { refused } from './image.ts';
import { isJpeg, readJpeg } from './jpeg.ts';
import { isPng, readPng } from './png.ts';

export const MAX_LOGO_BYTES = 65_536;
/** A browser needs four bytes for each pixel: 16 MiB at most. */
const MAX_PIXELS = 2048;
/** Base64 of the largest logo, with line breaks. */
const MAX_BASE64 = 100_000;

/** What each request needs to know about a logo; the octets are in a table of their own. */
export interface LogoSummary extends Omit<Image, 'octets'> {
  /** SHA-256 of the octets, in hexadecimal. */
  readonly sha256: string;
}

/** An organization's logo. */
export interface Logo extends LogoSummary {
  readonly octets: Buffer;
}

export type ReadLogo =
  { readonly ok: true; readonly logo: Logo } | { readonly ok: false; readonly reason: string };

/**
 * Reads a logo: a PNG or JPEG of at most 64 KiB, and 2048 pixels in each direction. The type is what the octets are,
 * never what a name or a header says. SVG is refused: it can contain scripts.
 */
export function readLogo(octets: Buffer): ReadLogo {
  const read = readImage(octets);
  if (!read.ok) return read;
  const { image } = read;
  if (image.width < 1 || image.height < 1 || image.width > MAX_PIXELS || image.height > MAX_PIXELS) {
    const size = `${String(image.width)} × ${String(image.height)}`;
    return {
      ok: false,
      reason: `has ${size} pixels: it may have 1 to ${String(MAX_PIXELS)} in each direction`,
    };
  }
  const sha256 = createHash('sha256').update(image.octets).digest('hex');
  return { ok: true, logo: { ...image, sha256 } };
}

function readImage(octets: Buffer): ReadImage {
  if (octets.length > MAX_LOGO_BYTES) return refused('has more than 64 KiB');
  if (isPng(octets)) return readPng(octets);
  return isJpeg(octets) ? readJpeg(octets) : refused('is neither a PNG nor a JPEG');
}

/** A logo as text: the octets of its file in base64, with or without line breaks. */
export const logoBase64Schema = z
  .string({ error: 'The logo must be text: its file in base64.' })
  .max(MAX_BASE64, { error: 'The logo has more than 64 KiB.', abort: true })
  .transform((text, context): Logo => {
    const compact = text.replaceAll(/\s/g, '');
    const read: ReadLogo = /^[A-Za-z0-9+/]+={0,2}$/.test(compact)
      ? readLogo(Buffer.from(compact, 'base64'))
      : { ok: false, reason: 'is not base64' };
    if (read.ok) return read.logo;
    context.addIssue({ code: 'custom', message: `The logo ${read.reason}.` });
    return z.NEVER;
  });

export const summaryOf = ({ type, width, height, sha256 }: LogoSummary): LogoSummary => ({
  ...{ type, width, height, sha256 },
});
