import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { takeContactSheet } from './contact-sheet.ts';
import { startPageServer } from './page-server.ts';

/** A page sample of which a contact sheet is taken. */
export interface SheetOf {
  sample: string;
  /** The name of the file, without its ending. */
  name: string;
  widths: readonly number[];
  /** Selects the `details` elements to open first. */
  open?: string;
  /** Takes the picture without scripts. */
  scripts?: false;
}

/** Gives all pictures the same request id, so that a picture changes only when its page does. */
export const SAME_REQUEST_ID = `for (const id of document.querySelectorAll('.v-quote code'))
  id.textContent = '01234567-89ab-4cde-8f01-23456789abcd'`;

/** Writes a contact sheet of each page sample into `folder`. */
export async function takeContactSheets(
  browser: Browser,
  folder: string,
  sheets: readonly SheetOf[],
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const pageServer = await startPageServer();
  const open = async (javaScriptEnabled: boolean) =>
    (await browser.newContext({ reducedMotion: 'reduce', javaScriptEnabled })).newPage();
  const [scripted, plain, blank] = [await open(true), await open(false), await open(true)];
  // Pages that would go on by script stay.
  await scripted.context().route(/\/assets\/(deliver|leave)\./, (route) => route.abort());
  for (const sheet of sheets) {
    const page = sheet.scripts === false ? plain : scripted;
    await page.goto(`${pageServer.origin}/${sheet.sample}`);
    await prepare(page, sheet);
    writeFileSync(join(folder, `${sheet.name}.png`), await takeContactSheet(page, blank, sheet.widths));
  }
  await Promise.all([scripted, plain, blank].map((page) => page.context().close()));
  await pageServer.stop();
}

async function prepare(page: Page, { open }: SheetOf): Promise<void> {
  await page.evaluate(SAME_REQUEST_ID);
  if (open === undefined) return;
  await page.evaluate(
    `for (const details of document.querySelectorAll(${JSON.stringify(open)})) details.open = true`,
  );
}
