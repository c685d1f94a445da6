import assert from 'node:assert/strict';
import { axe, inBrowser, overflow } from '../support/browser.ts';
import { openGallery, type Gallery } from '../support/gallery.ts';
import { pageSamples } from '../support/page-samples.tsx';

const WIDTHS = [390, 1280];

describe('every page, light and dark, phone and desktop', () => {
  let gallery: Gallery;
  const browser = inBrowser();
  before(async () => (gallery = await openGallery()));
  after(() => gallery.stop());

  for (const name of Object.keys(pageSamples)) {
    browser.it(`${name}: axe finds nothing, nothing sticks out`, async ({ page }) => {
      await page.goto(`${gallery.origin}/${name}`);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 844 });
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          const where = `${colorScheme}, ${width} px`;
          assert.deepEqual(await axe(page), [], where);
          assert.ok((await overflow(page)) <= 0, `${where}: nothing is wider than the window`);
        }
      }
    });
  }
});
