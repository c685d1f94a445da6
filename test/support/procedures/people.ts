import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { sees, signInAt } from '../browser/organization.ts';
import { mailsTo } from '../mail/mailbox.ts';
import { countReceived, received, type Received } from './assertion.ts';
import type { Stage } from './procedure.ts';

/* What administrators and users do in many procedures. */

const PORTAL = '/demo/start';
const CONSOLE = '/demo/console';

/** “Open the AWS SSO console”: signs Ana in at a page of the console, `/users` for instance. */
export async function openConsole({ page, at }: Stage, path = ''): Promise<void> {
  await page.goto(at(`${CONSOLE}${path}`));
  const userName = page.getByLabel('Username');
  if (await userName.isVisible()) await signInAt(page, 'ana@example.com');
  await page.waitForURL(at(`${CONSOLE}${path}`));
}

/** Signs a user in at the portal. The caller waits for the page that follows the password. */
export async function signInToPortal(
  { at }: Stage,
  page: Page,
  userName: string,
  password?: string,
): Promise<void> {
  await page.goto(at(PORTAL));
  await signInAt(page, userName, password);
}

/** Opens the portal of a user in a window of their own. */
export async function portalOf(stage: Stage, userName: string, password?: string): Promise<Page> {
  const page = await stage.openWindow();
  await signInToPortal(stage, page, userName, password);
  await sees(page, 'Applications');
  return page;
}

/** The names on the tiles of an open portal. */
export async function tilesOf(page: Page): Promise<string[]> {
  await page.reload();
  await sees(page, 'Applications');
  return page.locator('.v-tile-name').allTextContents();
}

/**
 * Chooses a tile in an open portal, as in “choose an icon”. Returns what the application received, and the tab with
 * its page.
 */
export async function openApplication(page: Page, name: string): Promise<{ tab: Page; assertion: Received }> {
  const context = page.context();
  const before = countReceived(context);
  const opening = context.waitForEvent('page');
  await page.getByRole('link', { name: new RegExp(`^${name}`) }).click();
  const tab = await opening;
  await tab.getByRole('heading', { level: 1, name: /^(Hello|Welcome)/ }).waitFor();
  assert.ok(countReceived(context) > before, `${name} received nothing`);
  return { tab, assertion: await received(context) };
}

const MAIL_PROGRAM = 'https://mail.example.com/';

/** Opens the newest mail to an address in a window, as a mail program on the web shows it. Returns its subject. */
export async function openMail({ server }: Stage, page: Page, address: string): Promise<string> {
  const [mail] = await mailsTo(server, address);
  assert.ok(mail, `there is no mail to ${address}`);
  await page.route(MAIL_PROGRAM, (route) =>
    route.fulfill({ contentType: 'text/html; charset=utf-8', body: mail.html }),
  );
  await page.goto(MAIL_PROGRAM);
  return mail.subject;
}
