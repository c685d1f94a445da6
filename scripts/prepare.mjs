#!/usr/bin/env node
/**
 * Prepares a clone for a purpose: `node scripts/prepare.mjs start|dev|check|test|conformance|bench|screenshots`. It
 * imports only Node's own modules, because it runs before node_modules exists.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { browserIsMissing, installBrowser } from './chromium.mjs';
import { installForConformance } from './debian.mjs';
import { installDependencies } from './install.mjs';
import { installNodes } from './nodes.mjs';
import { buildWhatIsStale } from './stale.mjs';

/** The oldest Node that Vestibule runs on, as package.json's `engines` says. */
const oldestNode = [20, 19];

/** What each purpose needs in addition to the dependencies. */
const needs = {
  start: ['build'],
  dev: ['build'],
  check: [],
  unit: ['build'],
  test: ['build', 'browser', 'conformance'],
  conformance: ['build', 'browser', 'conformance', 'nodes'],
  bench: ['build'],
  screenshots: ['build', 'browser'],
};

/** An error that the user can fix; printed without a stack. */
export class NotReady extends Error {}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  throw new NotReady(
    `Vestibule needs Node.js ${oldestNode.join('.')} or newer; this is ${process.versions.node} (${process.execPath}).\n` +
      'Install a current one (https://nodejs.org, or "nvm install 22") and run the command again.',
  );
}

/**
 * Brings the clone up to date for a purpose (a key of `needs`); prints nothing when it is. Throws NotReady with a
 * message for the user when that isn't possible.
 */
export async function prepare(purpose) {
  const wanted = needs[purpose];
  if (!wanted) throw new NotReady(`prepare.mjs knows: ${Object.keys(needs).join(', ')}; not "${purpose}".`);
  checkNode();
  installDependencies(NotReady);
  if (wanted.includes('build')) buildWhatIsStale(NotReady);
  if (wanted.includes('browser') && browserIsMissing()) installBrowser(NotReady);
  if (wanted.includes('conformance')) installForConformance();
  if (wanted.includes('nodes')) installNodes();
}

/** Runs `prepare`. When that fails, prints what the user must do and ends the process. */
export async function prepareOrStop(purpose) {
  try {
    await prepare(purpose);
  } catch (error) {
    if (!(error instanceof NotReady)) throw error;
    console.error(`\n${error.message}\n`);
    process.exit(1);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) {
  await prepareOrStop(process.argv[2] ?? 'start');
}
