/**
 * The pictures of signing in, for docs/images/signing-in: each step once, on a phone and on a desktop, light and dark. Part of
 * `npm run screenshots`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { startPageServer } from '../support/pages/page-server.ts';
import { pageSamples } from '../support/pages/page-samples.tsx';
import { takeContactSheet } from '../support/pages/contact-sheet.ts';

interface Step {
  /** Name of the page sample, and what a reader should know about it. */
  sample: string;
  about: string;
  file?: string;
  /** `details` elements that somebody opened. */
  open?: string;
  /** As somebody without scripts sees it. */
  scripts?: false;
}

const FACTORS: Step[] = [
  { sample: 'signin-identify', about: 'Who is it?' },
  { sample: 'signin-password', about: 'The password; “Change” starts over as somebody else.' },
  { sample: 'signin-password-error', about: 'A wrong password: the same words for a name that nobody has.' },
  { sample: 'signin-throttled', about: 'Too many wrong ones.' },
  {
    sample: 'signin-totp',
    about: 'A code from an authenticator app; context-aware offers to trust this browser.',
  },
  { sample: 'signin-totp-error', about: 'A wrong code.' },
  { sample: 'signin-resync', about: 'Two codes that follow each other, for an app whose clock is off.' },
  { sample: 'signin-security-key', about: 'A security key or built-in authenticator.' },
  {
    ...{ sample: 'signin-security-key', file: 'signin-security-key-unsupported', scripts: false },
    about: 'The same where the browser can’t: what to do instead.',
  },
  { sample: 'signin-email-code', about: 'A code by mail, for somebody without a device (`email-code`).' },
  { sample: 'signin-email-code-tried', about: 'A code that was tried too often.' },
  { sample: 'signin-denied', about: 'No device, and the settings say `block`.' },
];

const REGISTERING: Step[] = [
  { sample: 'signin-register', about: 'The settings say `register`: which kind of device?' },
  {
    ...{ sample: 'signin-register-app', open: '.v-disclosure' },
    about:
      'An authenticator app, with the QR code and the secret key shown. The code is dark on light in both themes.',
  },
  { sample: 'signin-register-key', about: 'A security key or built-in authenticator.' },
  { sample: 'signin-name-device', about: 'A name for it.' },
];

const PASSWORDS: Step[] = [
  { sample: 'signin-invitation', about: 'Where the link of an invitation leads.' },
  { sample: 'signin-invitation-ended', about: 'The same link, once it was used or is too old.' },
  { sample: 'signin-change-password', about: 'After a one-time password.' },
  { sample: 'signin-change-password-error', about: 'Every rule that the new one breaks, at once.' },
  { sample: 'signin-forgot-password', about: 'Forgotten: the username and what the image says.' },
  { sample: 'signin-forgot-password-words', about: 'A question in words instead of the image.' },
  { sample: 'signin-forgot-password-sent', about: 'The same answer for every name.' },
  { sample: 'signin-reset-password', about: 'Where the link by mail leads.' },
  { sample: 'signin-reset-password-ended', about: 'A link that was used, or is too old.' },
  { sample: 'signin-password-changed', about: 'Done.' },
];

const PORTAL: Step[] = [
  { sample: 'portal-mfa-devices', about: 'One’s MFA devices.' },
  { sample: 'portal-mfa-devices-none', about: 'None yet.' },
  { sample: 'portal-mfa-devices-managed', about: 'Where administrators manage them.' },
  { sample: 'portal-register', about: 'Registering another one, when there are enough apps.' },
  { sample: 'portal-device-rename', about: 'Another name.' },
  { sample: 'portal-device-delete', about: 'Deleting asks for the word.' },
  { sample: 'portal-trusted-devices', about: 'Browsers that are trusted, each at one address.' },
  { sample: 'portal-sessions', about: 'Where one is signed in.' },
  {
    ...{ sample: 'portal-clock', file: 'portal-account-menu', open: '[data-menu]' },
    about: 'The account menu, and the banner while the organization’s clock differs from real time.',
  },
  {
    ...{ sample: 'signin-address', open: '.v-address details' },
    about: 'Where the settings allow it: choosing the address that one seems to come from.',
  },
];

const CHAPTERS = {
  'Signing in': FACTORS,
  'Registering a device on the way': REGISTERING,
  'Passwords and links': PASSWORDS,
  'In the portal': PORTAL,
};

const nameOf = ({ file, sample }: Step) => file ?? sample;

/** What differs from one request to the next is no reason for another picture. */
export const SAME_REQUEST_ID = `for (const id of document.querySelectorAll('.v-footer code, .v-quote code'))
  id.textContent = '01234567-89ab-4cde-8f01-23456789abcd'`;

/** Writes a picture of each step, and the page that lists them, into `folder`. */
export async function takeSignInPictures(browser: Browser, folder: string): Promise<void> {
  const steps = Object.values(CHAPTERS).flat();
  await takeContactSheets(browser, folder, steps);
  writeFileSync(join(folder, 'README.md'), readme());
}

/** Writes a picture of every page sample into `folder`. */
export function takeAllSamples(browser: Browser, folder: string): Promise<void> {
  return takeContactSheets(
    browser,
    folder,
    Object.keys(pageSamples).map((sample) => ({ sample, about: '' })),
  );
}

async function takeContactSheets(browser: Browser, folder: string, steps: readonly Step[]): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const pageServer = await startPageServer();
  const open = async (javaScriptEnabled: boolean) =>
    (await browser.newContext({ reducedMotion: 'reduce', javaScriptEnabled })).newPage();
  const [scripted, plain, blank] = [await open(true), await open(false), await open(true)];
  // Pages that go on by themselves stay.
  await scripted.context().route(/\/assets\/(deliver|leave)\./, (route) => route.abort());
  for (const step of steps) {
    const page = step.scripts === false ? plain : scripted;
    await page.goto(`${pageServer.origin}/${step.sample}`);
    await prepare(page, step);
    writeFileSync(join(folder, `${nameOf(step)}.png`), await takeContactSheet(page, blank));
  }
  await Promise.all([scripted, plain, blank].map((page) => page.context().close()));
  await pageServer.stop();
}

async function prepare(page: Page, { open }: Step): Promise<void> {
  await page.evaluate(SAME_REQUEST_ID);
  if (open === undefined) return;
  await page.evaluate(
    `for (const details of document.querySelectorAll(${JSON.stringify(open)})) details.open = true`,
  );
}

function readme(): string {
  const chapters = Object.entries(CHAPTERS).map(([title, steps]) => {
    const lines = steps.map((step) => `- [${nameOf(step)}](${nameOf(step)}.png): ${step.about}`);
    return `## ${title}\n\n${lines.join('\n')}\n`;
  });
  return `# Signing in, in pictures

Each picture shows one step four times: on a phone and on a desktop, light and dark. The people and addresses are made up.
\`npm run screenshots\` takes them anew and writes this page.

${chapters.join('\n')}`;
}
