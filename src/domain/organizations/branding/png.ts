import { crc32 } from 'node:zlib';
import { refused, type ReadImage } from './image.ts';

/* PNG, as the W3C's recommendation "PNG Specification (Second Edition)" describes it. */

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const HEADER_OCTETS = 13;
/** Length, type and checksum. */
const CHUNK_FRAME_OCTETS = 12;
/** The chunks that decide how the picture looks (§11.2, §11.3.2 to §11.3.3, §11.3.5.3). */
const KEPT = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'cHRM', 'gAMA', 'iCCP', 'sBIT', 'sRGB']);

export const isPng = (octets: Buffer): boolean => octets.subarray(0, SIGNATURE.length).equals(SIGNATURE);

/**
 * Reads a PNG to its last octet, and keeps only the chunks that draw: texts, dates, places and animations go. Nothing
 * may follow the last chunk, so that the file can't be a web page or an archive as well.
 */
export function readPng(octets: Buffer): ReadImage {
  const kept: Buffer[] = [SIGNATURE];
  let size: { width: number; height: number } | undefined;
  let hasData = false;
  for (let at = SIGNATURE.length; at + CHUNK_FRAME_OCTETS <= octets.length;) {
    const end = at + CHUNK_FRAME_OCTETS + octets.readUInt32BE(at);
    if (end > octets.length) break;
    const type = octets.toString('latin1', at + 4, at + 8);
    const data = octets.subarray(at + 8, end - 4);
    if (crc32(octets.subarray(at + 4, end - 4)) !== octets.readUInt32BE(end - 4)) {
      return refused('is damaged: a checksum of the PNG is wrong');
    }
    if ((type === 'IHDR') !== (size === undefined)) return refused('is damaged: the PNG has no header');
    if (type === 'IHDR') {
      if (data.length !== HEADER_OCTETS) return refused('is damaged: the PNG has no header');
      size = { width: data.readUInt32BE(0), height: data.readUInt32BE(4) };
    }
    hasData ||= type === 'IDAT';
    if (KEPT.has(type)) kept.push(octets.subarray(at, end));
    at = end;
    if (type !== 'IEND') continue;
    if (at !== octets.length || data.length > 0) return refused('has something after the end of the picture');
    if (size === undefined || !hasData) break;
    return { ok: true, image: { type: 'image/png', ...size, octets: Buffer.concat(kept) } };
  }
  return refused('is damaged: the PNG ends too early');
}
