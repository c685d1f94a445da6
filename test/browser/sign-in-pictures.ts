/**
 * The pictures of signing in, for docs/images/signing-in: each step once, on a phone and on a desktop, light and dark. Part of
 * `npm run screenshots`.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { takeContactSheets } from '../support/pages/contact-sheets.ts';
import { TWO_WIDTHS } from '../support/pages/contact-sheet.ts';

interface Step {
  /** Name of the page sample, and what a reader should know about it. */
  sample: string;
  about: string;
  file?: string;
  /** Selects the `details` elements to open first. */
  open?: string;
  /** Takes the picture without scripts. */
  scripts?: false;
}

const FACTORS: Step[] = [
  { sample: 'signin-identify', about: 'The user name.' },
  { sample: 'signin-password', about: 'The password; “Change” starts over with another user name.' },
  { sample: 'signin-password-error', about: 'A wrong password; an unknown user name gets the same message.' },
  { sample: 'signin-throttled', about: 'Too many wrong passwords.' },
  {
    sample: 'signin-totp',
    about: 'A code from an authenticator app; in context-aware mode the browser can be trusted.',
  },
  { sample: 'signin-totp-error', about: 'A wrong code.' },
  { sample: 'signin-resync', about: 'Two consecutive codes resynchronize an app whose clock is off.' },
  { sample: 'signin-security-key', about: 'A security key or built-in authenticator.' },
  {
    ...{ sample: 'signin-security-key', file: 'signin-security-key-unsupported', scripts: false },
    about: 'The same step in a browser without WebAuthn: what to do instead.',
  },
  { sample: 'signin-email-code', about: 'A code by mail, for a user without a device (`email-code`).' },
  { sample: 'signin-email-code-tried', about: 'Too many wrong codes.' },
  { sample: 'signin-denied', about: 'A user without a device, with `block` in the settings.' },
];

const REGISTERING: Step[] = [
  { sample: 'signin-register', about: 'With `register` in the settings: the choice of a device.' },
  {
    ...{ sample: 'signin-register-app', open: '.v-disclosure' },
    about:
      'An authenticator app, with the QR code and the secret key shown. The code is dark on light in both themes.',
  },
  { sample: 'signin-register-key', about: 'A security key or built-in authenticator.' },
  { sample: 'signin-name-device', about: 'A name for the device.' },
];

const PASSWORDS: Step[] = [
  { sample: 'signin-invitation', about: 'The page behind the link of an invitation.' },
  { sample: 'signin-invitation-ended', about: 'The same link after it was used, or is too old.' },
  { sample: 'signin-change-password', about: 'A new password after a one-time password.' },
  { sample: 'signin-change-password-error', about: 'All rules that the new password breaks.' },
  {
    sample: 'signin-forgot-password',
    about: '“Forgot Password?”: the user name and the characters of the image.',
  },
  { sample: 'signin-forgot-password-words', about: 'A question in words instead of the image.' },
  { sample: 'signin-forgot-password-sent', about: 'The answer is the same for every user name.' },
  { sample: 'signin-reset-password', about: 'The page behind the mailed link.' },
  { sample: 'signin-reset-password-ended', about: 'The same link after it was used, or is too old.' },
  { sample: 'signin-password-changed', about: 'Done.' },
];

const PORTAL: Step[] = [
  { sample: 'portal-mfa-devices', about: 'The user’s MFA devices.' },
  { sample: 'portal-mfa-devices-none', about: 'No device yet.' },
  { sample: 'portal-mfa-devices-managed', about: 'Without self-service: administrators manage the devices.' },
  { sample: 'portal-register', about: 'Registering another device, when the limit of apps is reached.' },
  { sample: 'portal-device-rename', about: 'Renaming a device.' },
  { sample: 'portal-device-delete', about: 'Deleting a device asks the user to type a word.' },
  { sample: 'portal-trusted-devices', about: 'Trusted browsers, each at one address.' },
  { sample: 'portal-sessions', about: 'The user’s sessions.' },
  {
    ...{ sample: 'portal-clock', file: 'portal-account-menu', open: '[data-menu]' },
    about: 'The account menu, and the banner while the organization’s clock differs from real time.',
  },
  {
    ...{ sample: 'signin-address', open: '.v-address details' },
    about: 'If the settings allow it: choosing a simulated address.',
  },
];

const CHAPTERS = {
  'Signing in': FACTORS,
  'Registering a device while signing in': REGISTERING,
  'Passwords and links': PASSWORDS,
  'In the portal': PORTAL,
};

const nameOf = ({ file, sample }: Step) => file ?? sample;

/** Writes a picture of each step, and the page that lists them, into `folder`. */
export async function takeSignInPictures(browser: Browser, folder: string): Promise<void> {
  const steps = Object.values(CHAPTERS).flat();
  await takeContactSheets(
    browser,
    folder,
    steps.map((step) => ({ ...step, name: nameOf(step), widths: TWO_WIDTHS })),
  );
  writeFileSync(join(folder, 'README.md'), readme());
}

function readme(): string {
  const chapters = Object.entries(CHAPTERS).map(([title, steps]) => {
    const lines = steps.map((step) => `- [${nameOf(step)}](${nameOf(step)}.png): ${step.about}`);
    return `## ${title}\n\n${lines.join('\n')}\n`;
  });
  return `# Signing in, in pictures

Each picture shows one step four times: on a phone and on a desktop, light and dark. The people and addresses are made up.
\`npm run screenshots\` takes the pictures and writes this page.

${chapters.join('\n')}`;
}
