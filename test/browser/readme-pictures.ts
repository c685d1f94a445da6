/**
 * The pictures of README, for docs/images. Part of `npm run screenshots`; `npm run screenshots -- --readme` takes only these.
 * The server runs in this process on a clock that stands still, so that a picture changes only when its page does. The
 * fonts are those of the machine.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { manualClock, type ManualClock } from '../support/basics/clock.ts';
import { chromiumOptions } from '../support/browser/chromium.ts';
import { givePassword, giveUserName, sees } from '../support/browser/organization.ts';
import { MAX_PICTURE_BYTES, README_PICTURES, type ReadmePicture } from '../support/pages/readme-pictures.ts';
import { pixelsOf, smallPng } from '../support/pages/small-png.ts';
import { startServer } from '../support/servers/server.ts';

const PUBLIC = 'http://localhost:8080';
const PORTAL = `${PUBLIC}/demo/start`;
const BEGIN_AT = Date.parse('2026-05-05T09:30:00Z');
const demo = readFileSync(join(import.meta.dirname, '../../examples/demo/organization.yaml'), 'utf8');

/** Writes the pictures of README into `folder`. */
export async function takeReadmePictures(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const clock = manualClock(BEGIN_AT);
  // Certificates are valid from the clock on, so those of other tests would not be valid yet.
  const keys = mkdtempSync(join(tmpdir(), 'vestibule-pictures-'));
  const server = await startServer({ organization: demo, clock, publicUrl: new URL(PUBLIC), keys });
  const rule = `--host-resolver-rules=MAP localhost:8080 127.0.0.1:${server.port}`;
  const browser = await chromium.launch(chromiumOptions(rule));
  try {
    for (const [name, walk] of Object.entries(WALKS)) {
      clock.set(BEGIN_AT);
      // The keys of WALKS are the names of the pictures.
      await take(browser, join(folder, `${name}.png`), name as ReadmePicture, (page) => walk(page, clock));
    }
  } finally {
    await browser.close();
    await server.stop();
    rmSync(keys, { recursive: true, force: true });
  }
}

async function take(
  browser: Browser,
  path: string,
  name: ReadmePicture,
  walk: (page: Page) => Promise<void>,
): Promise<void> {
  const { theme, ...viewport } = README_PICTURES[name];
  const context = await browser.newContext({ viewport, colorScheme: theme, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await walk(page);
  const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  // A blank page, whose policy doesn't restrict images.
  const small = smallPng(await pixelsOf(await context.newPage(), picture), 256);
  await context.close();
  if (small.length > MAX_PICTURE_BYTES) throw new Error(`${path} would have ${small.length} bytes.`);
  writeFileSync(path, small);
}

/** How a person comes to the page of each picture. The clock moves where the times are in the picture. */
const WALKS: Readonly<Record<ReadmePicture, (page: Page, clock: ManualClock) => Promise<void>>> = {
  portal: signIn,
  phone: signIn,
  async 'sign-in'(page) {
    await page.goto(PORTAL);
    await sees(page, 'Sign in');
  },
  async administrator(page) {
    await signIn(page);
    await page.goto(new URL(`${await notesOf(page)}?administrator`, PUBLIC).href);
    await sees(page, 'You are now in administrator mode');
  },
  async 'what-just-happened'(page, clock) {
    await signIn(page);
    await page.goto(new URL(await notesOf(page), PUBLIC).href);
    await sees(page, 'Hello, Ana Souza');
    const sample = page.url();
    // Again, from the sample and without a session anywhere.
    await page.context().clearCookies();
    await page.goto(`${sample}/signin`);
    clock.advance(5210);
    await giveUserName(page, 'ana@example.com');
    clock.advance(4870);
    await givePassword(page, 'Welcome-2026!');
    await sees(page, 'Hello, Ana Souza');
    await page.getByRole('link', { name: 'What just happened' }).click();
    await sees(page, 'What just happened');
  },
};

async function signIn(page: Page): Promise<void> {
  await page.goto(PORTAL);
  await giveUserName(page, 'ana@example.com');
  await givePassword(page, 'Welcome-2026!');
  await sees(page, 'Applications');
}

/** The address of the tile of Orchard Notes. */
async function notesOf(page: Page): Promise<string> {
  return (await page.getByRole('link', { name: /^Orchard Notes/ }).getAttribute('href')) ?? '';
}
