import type { Page } from 'playwright-core';
import { crc32, deflateSync } from 'node:zlib';

/** The pixels of a canvas, four bytes each: red, green, blue, and an opacity that is ignored. */
export interface Pixels {
  width: number;
  height: number;
  data: Uint8Array;
}

type Channel = 0 | 1 | 2;
interface Colour {
  rgb: readonly [number, number, number];
  count: number;
}

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/**
 * A PNG with a palette of `colours` (2 to 256) at most (PNG, third edition, §11). Pages consist of flat colours and
 * edges of letters, so that a palette makes their pictures a third of the size.
 */
export function smallPng({ width, height, data }: Pixels, colours = 128): Buffer {
  const counts = new Map<number, number>();
  for (let offset = 0; offset < data.length; offset += 4) {
    const key = keyAt(data, offset);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const palette = choosePalette(
    [...counts].map(([key, count]) => ({ rgb: [key >> 16, (key >> 8) & 255, key & 255], count })),
    colours,
  );
  const indexOf = new Map([...counts.keys()].map((key) => [key, nearest(palette, key)]));
  // Each row begins with the byte of its filter, which is 0 for none.
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      rows[y * (width + 1) + 1 + x] = indexOf.get(keyAt(data, (y * width + x) * 4)) ?? 0;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flat())),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const byteAt = (data: Uint8Array, offset: number) => data[offset] ?? 0;
const keyAt = (data: Uint8Array, offset: number) =>
  (byteAt(data, offset) << 16) | (byteAt(data, offset + 1) << 8) | byteAt(data, offset + 2);

/** Median cut: the box of colours with the widest spread is halved until there are enough boxes. */
function choosePalette(all: Colour[], most: number): (readonly [number, number, number])[] {
  const boxes = [all];
  while (boxes.length < most) {
    const [widest] = boxes
      .map((box, index) => ({ box, index, ...spread(box) }))
      .filter(({ box }) => box.length > 1)
      .sort((one, other) => other.weight - one.weight);
    if (!widest) break;
    const { box, index, channel } = widest;
    box.sort((one, other) => one.rgb[channel] - other.rgb[channel]);
    const middle = ((box[0]?.rgb[channel] ?? 0) + (box.at(-1)?.rgb[channel] ?? 0)) / 2;
    const cut = Math.max(
      1,
      box.findIndex(({ rgb }) => rgb[channel] > middle),
    );
    boxes.splice(index, 1, box.slice(0, cut), box.slice(cut));
  }
  // The most frequent colour of a box represents it rather than the mean, so that the page's own colours stay exact.
  return boxes.map((box) => box.reduce((one, other) => (other.count > one.count ? other : one)).rgb);
}

function spread(box: Colour[]): { channel: Channel; weight: number } {
  let best: { channel: Channel; weight: number } = { channel: 0, weight: -1 };
  const pixels = box.reduce((sum, { count }) => sum + count, 0);
  for (const channel of [0, 1, 2] as const) {
    let [least, most] = [255, 0];
    for (const { rgb } of box) {
      least = Math.min(least, rgb[channel]);
      most = Math.max(most, rgb[channel]);
    }
    // Many pixels deserve finer steps than a few at the edge of a letter.
    const weight = (most - least) * Math.log2(1 + pixels);
    if (weight > best.weight) best = { channel, weight };
  }
  return best;
}

function nearest(palette: readonly (readonly [number, number, number])[], key: number): number {
  const [red, green, blue] = [key >> 16, (key >> 8) & 255, key & 255];
  let best = 0;
  let least = Infinity;
  for (const [index, [r, g, b]] of palette.entries()) {
    const distance = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
    if (distance < least) [best, least] = [index, distance];
  }
  return best;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** The pixels of a picture of any format that the browser reads. `blank` is a page whose policy doesn't restrict images. */
export async function pixelsOf(blank: Page, picture: Buffer): Promise<Pixels> {
  const { base64, ...size } = await blank.evaluate<{
    width: number;
    height: number;
    base64: string;
  }>(`(async () => {
    const image = new Image();
    image.src = 'data:image/png;base64,${picture.toString('base64')}';
    await image.decode();
    const { width, height } = image;
    const context = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    let binary = '';
    for (let offset = 0; offset < data.length; offset += 32768)
      binary += String.fromCharCode(...data.subarray(offset, offset + 32768));
    return { width, height, base64: btoa(binary) };
  })()`);
  return { ...size, data: Buffer.from(base64, 'base64') };
}
