/**
 * The pictures of the console, for docs/images/console, and the contact sheets of all page samples. Part of
 * `npm run screenshots`.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { THREE_WIDTHS, TWO_WIDTHS } from '../support/pages/contact-sheet.ts';
import { takeContactSheets } from '../support/pages/contact-sheets.ts';
import { pageSamples } from '../support/pages/page-samples.ts';

/** The page samples in docs/images/console, and what a reader should know about each. */
const SHOWN: Readonly<Record<string, string>> = {
  'console-dashboard': 'The dashboard: what is set up, what to do next, sign-ins and failures over time.',
  'console-users-search': 'The list of users; every list has its search on top.',
  'console-user-add': 'The first of two steps that add a user.',
  'console-application': 'The configuration of an application, with the values for its service provider.',
  'console-mappings': 'Attribute mappings, with a preview of the assertion.',
  'console-certificates': 'The certificates of an application, while one replaces another.',
  'console-mfa': 'The settings of multi-factor authentication.',
  'console-events': 'The history.',
  'console-import-running': 'An import of users goes on in the background.',
  'console-group-create-error':
    'A refused form: what was typed is kept, and each problem is beside its field.',
  'console-group-edit-conflict': 'Two administrators have changed the same group.',
  'console-group-delete': 'What can’t be undone asks for a word, after saying what will happen.',
};

/** Writes the pictures of the console, and the page that lists them, into `folder`. */
export async function takeConsolePictures(browser: Browser, folder: string): Promise<void> {
  await takeContactSheets(browser, folder, Object.keys(SHOWN).map(sheetOf));
  const lines = Object.entries(SHOWN).map(([name, about]) => `- [${name}](${name}.png): ${about}`);
  writeFileSync(
    join(folder, 'README.md'),
    `# The console, in pictures

Each picture shows one page six times: on a phone, a tablet and a desktop, light and dark. The people and addresses are made up.
\`npm run screenshots\` takes the pictures and writes this page.

${lines.join('\n')}
`,
  );
}

/** Writes a picture of every page sample whose name begins with `beginning` into `folder`. */
export function takeSamples(browser: Browser, folder: string, beginning = ''): Promise<void> {
  const names = Object.keys(pageSamples).filter((name) => name.startsWith(beginning));
  return takeContactSheets(browser, folder, names.map(sheetOf));
}

const sheetOf = (sample: string) => ({
  ...{ sample, name: sample },
  widths: sample.startsWith('console-') ? THREE_WIDTHS : TWO_WIDTHS,
});
