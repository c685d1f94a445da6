import { refused, type ReadImage } from './image.ts';

/* JPEG (ITU-T T.81, annex B): markers with segments, and coded data after each start of scan. */

const START = Buffer.from([0xff, 0xd8, 0xff]);
const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;
/** Tables, restart interval and the frames that browsers draw: baseline, extended and progressive (table B.1). */
const FRAMES = new Set([0xc0, 0xc1, 0xc2]);
const DRAWING = new Set([...FRAMES, 0xc4, 0xdb, 0xdd, START_OF_SCAN]);
/** JFIF, colour profile, and Adobe's colour transform. Other APPn segments hold places, thumbnails and texts. */
const PROFILES = new Set([0xe0, 0xe2, 0xee]);
const isAside = (marker: number) => (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe;

/**
 * Progressive pictures have about ten. A scan can cover the whole picture in six octets, and a browser draws each: of
 * 64 KiB with three thousand scans it was busy for five seconds.
 */
const MAX_SCANS = 64;

export const isJpeg = (octets: Buffer): boolean => octets.subarray(0, START.length).equals(START);

/**
 * Reads a JPEG to its last octet, and keeps only the segments that draw. Nothing may follow the end of the image, so
 * that the file can't be a web page or an archive as well.
 */
export function readJpeg(octets: Buffer): ReadImage {
  const kept: Buffer[] = [octets.subarray(0, 2)];
  let size: { width: number; height: number } | undefined;
  let scans = 0;
  for (let at = 2; at + 2 <= octets.length;) {
    const marker = octets.readUInt8(at + 1);
    if (octets.readUInt8(at) !== 0xff) break;
    if (marker === END_OF_IMAGE) {
      if (at + 2 !== octets.length) return refused('has something after the end of the picture');
      if (size === undefined || scans === 0) break;
      kept.push(octets.subarray(at, at + 2));
      return { ok: true, image: { type: 'image/jpeg', ...size, octets: Buffer.concat(kept) } };
    }
    if (at + 4 > octets.length) break;
    const end = at + 2 + octets.readUInt16BE(at + 2);
    if (end > octets.length || end < at + 4) break;
    if (!DRAWING.has(marker) && !isAside(marker)) {
      return refused('is a kind of JPEG that browsers don’t show: save it again as baseline JPEG');
    }
    if (FRAMES.has(marker)) {
      if (size !== undefined || end < at + 9) break;
      size = { width: octets.readUInt16BE(at + 7), height: octets.readUInt16BE(at + 5) };
    }
    const next = marker === START_OF_SCAN ? endOfScan(octets, end) : end;
    if (marker === START_OF_SCAN) scans += 1;
    if (scans > MAX_SCANS) return refused(`has more than ${MAX_SCANS} scans: save it again as baseline JPEG`);
    if (DRAWING.has(marker) || PROFILES.has(marker)) kept.push(octets.subarray(at, next));
    at = next;
  }
  return refused('is damaged: the JPEG can’t be read to its end');
}

/** Where coded data ends: at the first marker that is neither a stuffed octet nor a restart (T.81, B.1.1.5). */
function endOfScan(octets: Buffer, from: number): number {
  for (
    let at = octets.indexOf(0xff, from);
    at >= 0 && at + 1 < octets.length;
    at = octets.indexOf(0xff, at + 2)
  ) {
    const marker = octets.readUInt8(at + 1);
    if (marker !== 0 && !(marker >= 0xd0 && marker <= 0xd7)) return at;
  }
  return octets.length;
}
