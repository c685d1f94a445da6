import assert from 'node:assert/strict';
import { consoleLinkPath, makeConsoleLink } from '../../../src/domain/operators/console-link.ts';
import { randomIds } from '../../../src/foundation/platform/ids.ts';
import type { Browserless } from './browserless.ts';
import type { TestServer } from './server.ts';

/** The path of a new link into the console, as `vestibule console-link` prints it. */
export async function consoleLink({ db, clock }: TestServer): Promise<string> {
  return consoleLinkPath(await db.transaction((tx) => makeConsoleLink(tx, randomIds, clock.now())));
}

/** Signs a browser in as an operator, by a link. */
export async function enterConsole(server: TestServer, browser: Browserless): Promise<void> {
  const entered = await browser.submit(await browser.get(await consoleLink(server)));
  assert.equal(entered.location, '/organizations');
}
