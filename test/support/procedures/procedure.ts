import type { BrowserContextOptions, Page } from 'playwright-core';
import { sampled } from '../basics/depth.ts';
import { inBrowser, judged, type Visitor } from '../browser/browser.ts';
import { startServer, type TestServer } from '../servers/server.ts';
import { keepReceived } from './assertion.ts';
import type { ProcedureTitle } from '../../../views/components/console/guide.ts';
import { PROCEDURES_ORGANIZATION } from './organization.ts';

/** What `docs/procedures.md` says about a procedure. Its texts are Markdown. */
export interface Declaration {
  title: ProcedureTitle;
  /** Where it is done here: the page's path, and the way to it. */
  where: string;
  /** How our way differs from the guide's steps. Absent: the steps work as they are written. */
  differs?: string;
}

/** What the test of a procedure works with. */
export interface Stage {
  server: TestServer;
  /** A window without a session, in which most procedures are done. */
  page: Page;
  /** Opens a window of somebody else, with cookies of its own. It is closed after the test. */
  openWindow(options?: BrowserContextOptions): Promise<Page>;
  /** The full URL of a path. */
  at(path: string): string;
}

/** The procedures that `npm test` runs too, of an end user and of an administrator; `npm run conformance` runs the others. */
const SAMPLE: readonly ProcedureTitle[] = ['To activate your account', 'To add a group'];

/** Those who want to know what is declared, such as the page about procedures. */
export const listeners = new Set<(declaration: Declaration) => void>();

const browser = inBrowser();

/**
 * Declares a test of a procedure of the guide. It follows the guide's steps in a browser, on a server of its own with
 * `PROCEDURES_ORGANIZATION`, and then checks the result as the end user meets it. It fails when the browser complains
 * in any of its windows.
 */
export function procedure(declaration: Declaration, test: (stage: Stage) => Promise<void>): void {
  for (const tell of listeners) tell(declaration);
  const { title } = declaration;
  it(sampled(SAMPLE.includes(title), title), async function () {
    this.timeout(120_000); // several people sign in, one after the other
    const server = await startServer({ organization: PROCEDURES_ORGANIZATION });
    const windows: Visitor[] = [];
    const openWindow = async (options?: BrowserContextOptions) => {
      const opened = await browser.open(options);
      windows.push(opened);
      keepReceived(opened.context);
      return opened.page;
    };
    const at = (path: string) => new URL(path, server.publicUrl).href;
    try {
      await judged(windows, async () => test({ server, openWindow, at, page: await openWindow() }));
    } finally {
      await server.stop();
    }
  });
}
