/**
 * Draws favicon.ico and apple-touch-icon.png from the mark in views/assets/favicon.svg, for browsers that don't take an
 * SVG: arches, each `M x bottom V top a r r 0 0 1 2r 0 v … z` in one colour.
 */
import { crc32, deflateSync } from 'node:zlib';

const ARCH =
  /<path fill="#([0-9a-f]{6})" d="M([\d.]+) ([\d.]+)V([\d.]+)a([\d.]+) \5 0 0 1 [\d.]+ 0[vV][\d.]+z" \/>/g;
/** The width of the mark's view box. */
const BOX = 32;
/** Each pixel is the mean of this number of points, squared. */
const POINTS = 4;
const ICO_SIZES = [16, 32, 48];
const TOUCH_SIZE = 180;
/** Phones put no colour behind a touch icon, and cut its corners off. */
const TOUCH_GROUND = [0xf7, 0xf6, 0xf2];
const TOUCH_MARGIN = 0.14;

function archesOf(svg) {
  const arches = [...svg.matchAll(ARCH)].map(([, colour, ...numbers]) => {
    const [left, bottom, shoulder, radius] = numbers.map(Number);
    return { rgb: [...Buffer.from(colour, 'hex')], left, bottom, shoulder, radius };
  });
  if (arches.length !== svg.split('<path').length - 1)
    throw new Error('favicon.svg has a path that is no arch of the expected form');
  return arches;
}

function isInside({ left, bottom, shoulder, radius }, x, y) {
  const fromMiddle = x - left - radius;
  if (Math.abs(fromMiddle) > radius || y > bottom) return false;
  return y >= shoulder || Math.hypot(fromMiddle, y - shoulder) <= radius;
}

/** The colour at a point of the mark, or undefined beside it. */
const colourAt = (arches, x, y) => arches.findLast((arch) => isInside(arch, x, y))?.rgb;

/** RGBA octets of the mark in a square. `margin` is a part of the side; `ground` the colour behind, or undefined. */
function draw(arches, size, margin, ground) {
  const pixels = Buffer.alloc(size * size * 4);
  const scale = BOX / (size * (1 - 2 * margin));
  const toBox = (pixel, point) => (pixel + (point + 0.5) / POINTS - size * margin) * scale;
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      const sum = [0, 0, 0];
      let covered = 0;
      for (let point = 0; point < POINTS ** 2; point++) {
        const x = toBox(column, point % POINTS);
        const rgb = colourAt(arches, x, toBox(row, Math.floor(point / POINTS))) ?? ground;
        if (rgb === undefined) continue;
        covered += 1;
        for (const [index, value] of rgb.entries()) sum[index] += value;
      }
      if (covered === 0) continue;
      const pixel = [
        ...sum.map((value) => Math.round(value / covered)),
        Math.round((covered / POINTS ** 2) * 255),
      ];
      pixels.set(pixel, (row * size + column) * 4);
    }
  return pixels;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A PNG with 8 bits a channel and alpha (PNG, third edition, §11). */
function png(size, pixels) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6], 8);
  const rows = Array.from({ length: size }, (_, row) =>
    Buffer.concat([Buffer.from([0]), pixels.subarray(row * size * 4, (row + 1) * size * 4)]),
  );
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** An ICO file whose pictures are PNGs. */
function ico(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  for (const [index, { size, data }] of pictures.entries()) {
    const at = 6 + 16 * index;
    head.set([size, size, 0, 0, 1, 0, 32, 0], at);
    head.writeUInt32LE(data.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += data.length;
  }
  return Buffer.concat([head, ...pictures.map(({ data }) => data)]);
}

/** The files, by name, for the text of the SVG. */
export function siteIcons(svg) {
  const arches = archesOf(svg);
  const pictures = ICO_SIZES.map((size) => ({ size, data: png(size, draw(arches, size, 0, undefined)) }));
  const touch = draw(arches, TOUCH_SIZE, TOUCH_MARGIN, TOUCH_GROUND);
  return { 'favicon.ico': ico(pictures), 'apple-touch-icon.png': png(TOUCH_SIZE, touch) };
}
