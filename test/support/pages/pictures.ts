import { smallPng } from './small-png.ts';

/** A PNG of one colour. */
export function png(width: number, height: number): Buffer {
  const data = new Uint8Array(width * height * 4).fill(90);
  return smallPng({ width, height, data }, 2);
}

const segment = (marker: number, ...data: number[]) => {
  const size = data.length + 2;
  return Buffer.from([0xff, marker, size >> 8, size & 255, ...data]);
};

/** The shape of a JPEG: every segment is there, and none of its data would draw anything. */
export function jpeg(
  width: number,
  height: number,
  { frame = 0xc0, aside = Buffer.alloc(0) }: { frame?: number; aside?: Buffer } = {},
): Buffer {
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, ...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0),
    aside,
    segment(0xdb, 0, ...Buffer.alloc(64, 1)),
    segment(frame, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0),
    segment(0xc4, 0, ...Buffer.alloc(16)),
    segment(0xda, 1, 1, 0, 0, 63, 0),
    // Coded data, with a stuffed octet and a restart marker.
    Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56, 0xff, 0xd9]),
  ]);
}

/** A JPEG segment of another kind, such as a comment (0xfe) or EXIF (0xe1). */
export const jpegSegment = (marker: number, text: string): Buffer => segment(marker, ...Buffer.from(text));
