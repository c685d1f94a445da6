import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core';
import { chromiumOptions } from './chromium.ts';

/** A tab in a browser that nobody used before. */
export interface Visitor {
  page: Page;
  context: BrowserContext;
  /** What the browser complained about so far, in any tab; a test that provokes a complaint takes it out. */
  complaints: string[];
}

/** Well above what a page needs on a busy machine, well below mocha's limit: a failure names the locator. */
const PATIENCE_MS = 8_000;

/** The browsers of this process, by their flags: a start costs as much as a test. */
const browsers = new Map<string, Promise<Browser>>();
// At the top of a file, so that it is a hook of the whole run.
after(async () => {
  for (const browser of browsers.values()) await (await browser).close();
});

function browserWith(flags: readonly string[]): Promise<Browser> {
  const key = flags.join(' ');
  const browser = browsers.get(key) ?? chromium.launch(chromiumOptions(...flags));
  browsers.set(key, browser);
  return browser;
}

/**
 * The browser for a suite, which suites with the same flags share. `it` is mocha's, with a visitor: each test has cookies
 * of its own, and fails when the browser complains anywhere about a script, a refused form, a missing file.
 */
export function inBrowser(...flags: string[]) {
  let browser: Browser | undefined;
  before(async function () {
    this.timeout(30_000);
    browser = await browserWith(flags);
  });

  /** A browser window with its own cookies; whoever opens it closes it. */
  const open = async (options: BrowserContextOptions = {}): Promise<Visitor> => {
    if (!browser) throw new Error('The browser starts in `before`.');
    // Nothing moves while it is looked at.
    const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
    context.setDefaultTimeout(PATIENCE_MS);
    const complaints = listen(context);
    return { context, complaints, page: await context.newPage() };
  };

  return {
    open,
    it(title: string, test: (visitor: Visitor) => Promise<void>, options: BrowserContextOptions = {}) {
      it(title, async function () {
        this.timeout(20_000);
        const visitor = await open(options);
        try {
          await test(visitor);
          assert.equal(visitor.complaints.length, 0, 'the browser has something to complain about');
        } catch (error) {
          if (!(error instanceof Error) || visitor.complaints.length === 0) throw error;
          // A refused form shows as something that never came: the reason stands in the console.
          throw new Error([error.message, ...visitor.complaints].join('\nThe browser said: '), {
            cause: error,
          });
        } finally {
          await visitor.context.close();
        }
      });
    },
  };
}

/** Errors and warnings of scripts and policies; a page with a 4xx of its own is none, a file that it misses is. */
function listen(context: BrowserContext): string[] {
  const complaints: string[] = [];
  const documents = new Set<string>();
  context.on('response', (response) => {
    if (response.request().isNavigationRequest()) documents.add(response.url());
  });
  context.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    const { url } = message.location();
    if (/^Failed to load resource: the server responded/.test(message.text()) && documents.has(url)) return;
    complaints.push(`${message.type()}: ${message.text()} (${url})`);
  });
  context.on('weberror', (error) => {
    complaints.push(`uncaught: ${error.error().message}`);
  });
  return complaints;
}

/** One finding of axe: the rule, the place, what is wrong there. */
export type Finding = string;

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// In the page, where the tests' types don't reach.
const runAxe = (
  within: string,
) => `axe.run(${JSON.stringify(within)}, { resultTypes: ['violations', 'incomplete'], preload: false }).then(({ violations, incomplete }) =>
  [['', violations], ['undecided: ', incomplete]].flatMap(([prefix, results]) => results.flatMap(({ id, nodes }) =>
    nodes.map(({ target, any, all, none }) =>
      prefix + id + ' at ' + target.join(' ') + ': ' + [...any, ...all, ...none].map(({ message }) => message).join('; ')))))`;

/**
 * What axe finds on the page, undecided checks included: they are where contrast can't be measured, and nobody would look.
 * `within` narrows it to a part of the page. Its source goes through the debugger: our Content-Security-Policy refuses scripts that are put into the page.
 */
export async function axe(page: Page, within = 'html'): Promise<Finding[]> {
  if (!(await page.evaluate<boolean>('typeof axe === "object"'))) await page.evaluate(axeSource);
  return page.evaluate<Finding[]>(runAxe(within));
}

/** How far the page is wider than the window, in CSS pixels. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate<number>(
    'Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - document.documentElement.clientWidth',
  );
}
