import assert from 'node:assert/strict';
import { inConformance } from '../support/basics/depth.ts';
import { axe, inBrowser, overflow, type Visitor } from '../support/browser/browser.ts';
import { startPageServer, type PageServer } from '../support/pages/page-server.ts';
import { developerPages } from '../support/pages/samples/developers.tsx';

describe(inConformance('the parts of the console, in all their states'), () => {
  const browser = inBrowser();
  let pageServer: PageServer;
  let visitor: Visitor;
  before(async () => {
    pageServer = await startPageServer();
    visitor = await browser.open();
  });
  after(async () => {
    await visitor.context.close();
    await pageServer.stop();
  });

  for (const name of Object.keys(developerPages)) {
    it(`${name}: axe finds nothing in light and dark, on a phone and a desktop`, async function () {
      this.timeout(30_000);
      const { page, complaints } = visitor;
      await page.goto(`${pageServer.origin}/${name}`);
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
      });
      for (const width of [360, 1280]) {
        await page.setViewportSize({ width, height: 844 });
        assert.ok((await overflow(page)) <= 0, `${width} px: nothing is wider than the window`);
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          assert.deepEqual(await axe(page), [], `${colorScheme}, ${width} px`);
        }
      }
      assert.deepEqual(complaints.splice(0), [], 'the browser has nothing to complain about');
    });
  }
});
