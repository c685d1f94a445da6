import assert from 'node:assert/strict';
import { axe, inBrowser, overflow, type Visitor } from '../support/browser.ts';
import { openGallery, type Gallery } from '../support/gallery.ts';
import { pageSamples } from '../support/page-samples.tsx';

const WIDTHS = [390, 1280];

describe('every page, light and dark, phone and desktop', () => {
  const browser = inBrowser();
  let gallery: Gallery;
  // One tab for all: the pages have no state, and a tab of its own costs each more than its test.
  let visitor: Visitor;
  before(async () => {
    gallery = await openGallery();
    visitor = await browser.open();
    // Keeps pages that go on by themselves, as somebody without scripts sees them.
    await visitor.context.route(/\/assets\/(deliver|leave)\./, (route) =>
      route.fulfill({ contentType: 'text/javascript', body: '' }),
    );
  });
  after(async () => {
    await visitor.context.close();
    await gallery.stop();
  });

  for (const name of Object.keys(pageSamples)) {
    it(`${name}: axe finds nothing, nothing sticks out`, async () => {
      const { page, complaints } = visitor;
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
      assert.deepEqual(complaints.splice(0), [], 'the browser has nothing to complain about');
    });
  }
});
