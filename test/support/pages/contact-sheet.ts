import type { Page } from 'playwright-core';
import { smallPng } from './small-png.ts';

/** Window widths of a phone and a desktop. */
export const TWO_WIDTHS = [390, 1280] as const;
/** Those of a phone, a tablet and a desktop, for pages with lists and forms. */
export const THREE_WIDTHS = [390, 1024, 1440] as const;
const THEMES = ['light', 'dark'] as const;
/** In CSS pixels: no picture is shorter than a phone's window, nor longer than remains readable. */
const HEIGHTS = { least: 844, most: 1500 };
const SCALE = 0.6;
const GAP = 12;

/** Source that runs in the browser: it puts the pictures beside each other on a canvas and returns its bytes. */
const beside = (pictures: string[]) => `(async () => {
  const images = await Promise.all(${JSON.stringify(pictures)}.map(async (base64) => {
    const image = new Image();
    image.src = 'data:image/png;base64,' + base64;
    await image.decode();
    return image;
  }));
  const size = (image) => ({ width: Math.round(image.width * ${SCALE}), height: Math.round(image.height * ${SCALE}) });
  const width = images.reduce((sum, image) => sum + size(image).width + ${GAP}, ${GAP});
  const height = Math.max(...images.map((image) => size(image).height)) + 2 * ${GAP};
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.fillStyle = '#8a918f';
  context.fillRect(0, 0, width, height);
  let x = ${GAP};
  for (const image of images) {
    context.drawImage(image, x, ${GAP}, size(image).width, size(image).height);
    x += size(image).width + ${GAP};
  }
  let binary = '';
  const { data } = context.getImageData(0, 0, width, height);
  for (let offset = 0; offset < data.length; offset += 32768) binary += String.fromCharCode(...data.subarray(offset, offset + 32768));
  return { width, height, base64: btoa(binary) };
})()`;

const HEIGHT = 'document.documentElement.scrollHeight';

/**
 * The present page at each width, light and dark, side by side, each scaled down, as a small PNG. The pictures are
 * combined in `blank`, a page whose policy doesn't restrict images.
 */
export async function takeContactSheet(
  page: Page,
  blank: Page,
  widths: readonly number[] = TWO_WIDTHS,
): Promise<Buffer> {
  const pictures: string[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: HEIGHTS.least });
    const height = Math.min(HEIGHTS.most, await page.evaluate<number>(HEIGHT));
    await page.setViewportSize({ width, height });
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme });
      const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' });
      pictures.push(picture.toString('base64'));
    }
  }
  const { base64, ...size } = await blank.evaluate<{ width: number; height: number; base64: string }>(
    beside(pictures),
  );
  return smallPng({ ...size, data: Buffer.from(base64, 'base64') });
}
