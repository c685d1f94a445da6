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

/** A new tab in a browser with cookies of its own. */
export interface Visitor {
  page: Page;
  context: BrowserContext;
  /** The complaints of the browser so far, in any tab. A test that provokes a complaint removes it from the list. */
  complaints: string[];
}

/**
 * Much longer than a page needs on a busy machine, and much shorter than mocha's limit, so that a failure names the
 * locator.
 */
const PATIENCE_MS = 8_000;

/** The browsers of this process by their flags. They are shared because starting one takes as long as a test. */
const browsers = new Map<string, Promise<Browser>>();
// This hook is at the top of a file, so that it runs at the end of the whole run.
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
 * The browser for a suite; suites with the same flags share it. `it` is mocha's, with a visitor: each test has its own
 * cookies, and fails when the browser complains about a script, a refused form or a missing file.
 */
export function inBrowser(...flags: string[]) {
  let browser: Browser | undefined;
  before(async function () {
    this.timeout(30_000);
    browser = await browserWith(flags);
  });

  /** Opens a browser window with its own cookies. The caller closes it. */
  const open = async (options: BrowserContextOptions = {}): Promise<Visitor> => {
    if (!browser) throw new Error('The browser starts in `before`.');
    // Animations would make screenshots and clicks depend on timing.
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
        await judged([visitor], () => test(visitor));
      });
    },
  };
}

/**
 * Runs a test with its windows, and closes them; the test may open more and add them to the list. Fails when the browser
 * complains in any of them, and adds the complaints to the error of a failed test.
 */
export async function judged(visitors: readonly Visitor[], test: () => Promise<void>): Promise<void> {
  const complaints = () => visitors.flatMap((visitor) => visitor.complaints);
  try {
    await test();
    assert.equal(complaints().length, 0, 'the browser has something to complain about');
  } catch (error) {
    if (!(error instanceof Error) || complaints().length === 0) throw error;
    // A refused form looks like a page that never came; the console has the reason.
    throw new Error([error.message, ...complaints()].join('\nThe browser said: '), { cause: error });
  } finally {
    for (const { context } of visitors) await context.close();
  }
}

/**
 * Collects errors and warnings of scripts and policies. A page that is answered with 4xx is no complaint, but a file
 * that is missing is.
 */
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

/** A finding of axe: the rule, the element and the fault. */
export type Finding = string;

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// This code runs in the page, where the types of the tests don't apply.
const runAxe = (
  within: string,
) => `axe.run(${JSON.stringify(within)}, { resultTypes: ['violations', 'incomplete'], preload: false, iframes: false, rules: { 'frame-tested': { enabled: false } } }).then(({ violations, incomplete }) =>
  [['', violations], ['undecided: ', incomplete]].flatMap(([prefix, results]) => results.flatMap(({ id, nodes }) =>
    nodes.map(({ target, any, all, none }) =>
      prefix + id + ' at ' + target.join(' ') + ': ' + [...any, ...all, ...none].map(({ message }) => message).join('; ')))))`;

/**
 * Findings of axe on the page, including undecided checks, which would otherwise go unnoticed, such as contrast that
 * can't be measured. Frames are left out: those of mails run no scripts, so axe couldn't either. `within` limits the check to a part of the page. The debugger loads the source of axe, because our
 * Content-Security-Policy refuses scripts that are added to the page.
 */
export async function axe(page: Page, within = 'html'): Promise<Finding[]> {
  if (!(await page.evaluate<boolean>('typeof axe === "object"'))) await page.evaluate(axeSource);
  return page.evaluate<Finding[]>(runAxe(within));
}

/** By how many CSS pixels the page is wider than the window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate<number>(
    'Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - document.documentElement.clientWidth',
  );
}
