/**
 * `npm run screenshots` writes the pictures of README to docs/images, those of signing in to docs/images/signing-in, and
 * those of the console to docs/images/console; `npm run screenshots -- --readme` or `--console` only those.
 * `npm run screenshots -- --all FOLDER` instead starts the server with the demo organization, walks through its pages as a
 * person does, and writes every page, light and dark, on a phone and on a desktop, into FOLDER, and the samples that the
 * tests use side by side into `FOLDER/samples`. `npm run screenshots -- --samples FOLDER --only console-` writes only the
 * samples whose names begin so.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumOptions } from '../support/browser/chromium.ts';
import { giveUserName, givePassword, sees, signInAt } from '../support/browser/organization.ts';
import { takeReadmePictures } from './readme-pictures.ts';
import { SAME_REQUEST_ID } from '../support/pages/contact-sheets.ts';
import { takeConsolePictures, takeSamples } from './console-pictures.ts';
import { takeSignInPictures } from './sign-in-pictures.ts';

/** The URL in the pictures, whatever port is free. */
const PUBLIC = 'http://localhost:8080';
const PASSWORD = 'Welcome-2026!';
const DEVICES = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const;
const THEMES = ['light', 'dark'] as const;
const root = resolve(import.meta.dirname, '../..');

type Device = keyof typeof DEVICES;
type Shoot = (name: string) => Promise<void>;

const portal = `${PUBLIC}/demo/start`;

/** Visits every page once, in the order in which a person would see them. */
async function walk(page: Page, shoot: Shoot): Promise<void> {
  await page.goto(portal);
  await sees(page, 'Sign in');
  await shoot('sign-in-user-name');
  await giveUserName(page, 'ana@example.com');
  await shoot('sign-in-password');
  await givePassword(page, 'not this one');
  await page.getByRole('alert').waitFor();
  await shoot('sign-in-wrong');
  await givePassword(page, PASSWORD);
  await sees(page, 'Applications');
  await shoot('portal');
  await page.locator('summary').click();
  await shoot('portal-menu');
  await page.getByLabel('Search applications').fill('example bu');
  await shoot('portal-search');
  await page.getByLabel('Search applications').fill('nothing like it');
  await shoot('portal-nothing-found');
  const notes = await page
    .getByRole('link', { name: /^Orchard Notes/, includeHidden: true })
    .getAttribute('href');
  await page.goto(new URL(`${notes}?administrator`, PUBLIC).href);
  await sees(page, 'You are now in administrator mode');
  await shoot('administrator');
  await page.goto(new URL(notes ?? '', PUBLIC).href);
  await sees(page, 'Hello, Ana Souza');
  await shoot('sample-product');
  const home = page.url();
  await page.getByRole('link', { name: 'What was received' }).click();
  await sees(page, 'What was received');
  await shoot('sample-received');
  await page.getByRole('heading', { name: 'Response' }).scrollIntoViewIfNeeded();
  await shoot('sample-received-xml');
  await page.getByRole('link', { name: 'What just happened' }).click();
  await sees(page, 'What just happened');
  await shoot('sample-what-just-happened');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await sees(page, 'Everything your team wrote down.');
  await shoot('sample-landing');
  await page.goto(`${home}/signin?binding=teapot`);
  await shoot('error');
  await signOut(page);
  await shoot('signed-out');
  await page.goto(portal);
  await signInAt(page, 'mateo@example.com', PASSWORD);
  await page.getByRole('heading', { name: 'You do not have any applications' }).waitFor();
  await shoot('portal-empty');
  await page.goto(`${home}/signin`);
  await sees(page, 'No access');
  await shoot('no-access');
}

/** Visits the pages that only browsers without scripts show. */
async function walkWithoutScripts(page: Page, shoot: Shoot): Promise<void> {
  await page.goto(portal);
  await signInAt(page, 'ana@example.com', PASSWORD);
  const notes = await page.getByRole('link', { name: /^Orchard Notes/ }).getAttribute('href');
  await page.goto(new URL(notes ?? '', PUBLIC).href);
  await shoot('delivery');
}

async function signOut(page: Page): Promise<void> {
  await page.goto(portal);
  await page.locator('summary').click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await sees(page, 'You have signed out');
}

async function takeAll(browser: Browser, folder: string): Promise<void> {
  for (const theme of THEMES) {
    for (const device of Object.keys(DEVICES) as Device[]) {
      const looks = { colorScheme: theme, viewport: DEVICES[device], reducedMotion: 'reduce' } as const;
      for (const [scripts, steps] of [
        [true, walk],
        [false, walkWithoutScripts],
      ] as const) {
        const context = await browser.newContext({ ...looks, javaScriptEnabled: scripts });
        const page = await context.newPage();
        await steps(page, async (name) => {
          const path = join(folder, `${name}-${device}-${theme}.png`);
          await page.evaluate(SAME_REQUEST_ID);
          await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
        });
        await context.close();
      }
    }
  }
}

/** Starts the server as people do, in memory. Ends it with `stop`. */
async function serve(port: number) {
  const data = mkdtempSync(join(tmpdir(), 'vestibule-screenshots-'));
  const flags = ['--memory', '--port', String(port), '--public-url', PUBLIC, '--data', data];
  const server = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', 'serve', ...flags], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<void>((done) => server.once('exit', () => done()));
  await new Promise<void>((ready, fail) => {
    server.stdout.on('data', (chunk: Buffer) => {
      if (chunk.includes('Vestibule is ready')) ready();
    });
    server.once('exit', (code) => fail(new Error(`The server ended with ${code}.`)));
  });
  return {
    async stop() {
      server.kill('SIGTERM');
      await exited;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo; // TCP
      probe.close(() => done(port));
    });
  });
}

/** Writes every page of the demo into `folder`. */
async function takeEverything(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const server = await serve(port);
  const rule = `--host-resolver-rules=MAP localhost:8080 127.0.0.1:${port}`;
  const browser = await chromium.launch(chromiumOptions(rule));
  try {
    await takeAll(browser, folder);
    await takeSamples(browser, join(folder, 'samples'));
  } finally {
    await browser.close();
    await server.stop();
  }
}

interface Only {
  readme?: boolean | undefined;
  console?: boolean | undefined;
}

async function takePicturesOfDocs(images: string, only: Only): Promise<void> {
  if (only.console) return inBrowser((browser) => takeConsolePictures(browser, join(images, 'console')));
  await takeReadmePictures(images);
  if (only.readme) return;
  await inBrowser(async (browser) => {
    await takeSignInPictures(browser, join(images, 'signing-in'));
    await takeConsolePictures(browser, join(images, 'console'));
  });
}

async function inBrowser(take: (browser: Browser) => Promise<void>): Promise<void> {
  const browser = await chromium.launch(chromiumOptions());
  try {
    await take(browser);
  } finally {
    await browser.close();
  }
}

const text = { type: 'string' } as const;
const { values } = parseArgs({
  options: {
    all: text,
    samples: text,
    only: text,
    readme: { type: 'boolean' },
    console: { type: 'boolean' },
  },
});
const { samples, only } = values;
if (values.all !== undefined) await takeEverything(resolve(values.all));
else if (samples !== undefined) await inBrowser((browser) => takeSamples(browser, resolve(samples), only));
else await takePicturesOfDocs(join(root, 'docs/images'), values);
