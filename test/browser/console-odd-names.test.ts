import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { inConformance } from '../support/basics/depth.ts';
import { inBrowser, overflow } from '../support/browser/browser.ts';
import { control } from '../support/mail/mailbox.ts';
import { startConsoleRoutes, type ConsoleRoutes } from '../support/servers/console-visitors.ts';
import { consoleLink } from '../support/servers/console.ts';

/** Markup, words from right to left, characters that nobody sees, joined emoji, marks, and no place for a line break. */
const ODD = '"><img src=x onerror=alert(1)>\u202Enimdaليلى👩🏽‍🚀Z\u0351\u0327\u200B';
const LONG = ODD + 'W'.repeat(128 - ODD.length);
/** For names of at most 64 characters. */
const SHORT = ODD + 'W'.repeat(64 - ODD.length);

/** Downloads, and a mail's HTML, which is shown in a frame. */
const NO_PAGES = /\/(?:export|pem|html)$|\.(?:json|xml)$/;

/** This code runs in the page: the texts that a reader sees, in which a character turns or hides what stands beside it. */
const TURNED = `[...document.querySelectorAll('body *:not(script, style, textarea, option, datalist, pre, pre *, .v-xml *, title)')]
  .flatMap((element) => [...element.childNodes])
  .filter((node) => node.nodeType === 3 && /[\\u202A-\\u202E\\u200B]/.test(node.data))
  .map(({ parentElement, data }) => parentElement.outerHTML.slice(0, 200) + ' | ' + data.slice(0, 100))`;

describe(inConformance('odd names on every page of the console'), () => {
  const browser = inBrowser();
  let routes: ConsoleRoutes;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    routes = await startConsoleRoutes();
    await giveOddNames(routes);
  });
  after(() => routes.server.stop());
  const at = (path: string) => new URL(path, routes.server.publicUrl).href;

  const assertUnbroken = async (page: Page, path: string) => {
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 844 });
      assert.equal(await overflow(page), 0, `${path} at ${width} pixels`);
    }
    assert.deepEqual(await page.evaluate(TURNED), [], path);
  };

  for (const part of [0, 1, 2])
    browser.it(`neither run nor break it, and turn no words around (${part + 1} of 3)`, async ({ page }) => {
      const dialogs: string[] = [];
      page.on('dialog', (dialog) => {
        dialogs.push(`${page.url()}: ${dialog.message()}`);
        void dialog.dismiss();
      });
      await page.goto(at(await consoleLink(routes.server)));
      await page.getByRole('button', { name: 'Open the console' }).click();
      await page.getByRole('heading', { name: 'Organizations' }).waitFor();
      const paths = ['/organizations', ...routes.pages.map((path) => routes.fill(path))];
      for (const path of paths.filter((each, index) => index % 3 === part && !NO_PAGES.test(each))) {
        await page.goto(at(path));
        await assertUnbroken(page, path);
      }
      assert.deepEqual(dialogs, []);
    });
});

/** Gives odd names to everything that has one. */
async function giveOddNames({ server }: ConsoleRoutes): Promise<void> {
  const { users, groups, applications, mfaDevices } = server.organization;
  await users.update('ana@example.com', {
    ...{ displayName: LONG, givenName: LONG, familyName: LONG },
    attributes: { title: LONG, nickName: LONG },
  });
  const eve = await users.get('eve@example.com');
  if (eve) await users.update(eve.id, { displayName: LONG });
  await groups.update('Engineering', { displayName: LONG, description: `${LONG}\n${LONG}` });
  const wiki = await applications.get('wiki');
  const attributes = [{ name: LONG, value: `${LONG} \${user:name}` }];
  await wiki?.update({ displayName: LONG, description: LONG, relayState: LONG, attributes });
  const [device] = await mfaDevices.list('ana@example.com');
  await mfaDevices.rename('ana@example.com', device?.id ?? '', SHORT);
  assert.equal((await control(server, 'PATCH', '', { name: SHORT })).status, 200);
}
