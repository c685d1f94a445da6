#!/usr/bin/env node
/**
 * Makes a clone ready for what is about to run in it: `node scripts/prepare.mjs start|dev|check|test|conformance|bench|screenshots`.
 * Only Node's own modules are imported here: this runs before node_modules exists.
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

/** What each purpose needs besides the dependencies. */
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

/** A fault that the person at the keyboard can mend: printed without a stack. */
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
 * Brings the clone up to date for one purpose (a key of `needs`), silently when nothing is stale.
 * Throws NotReady with a message for a person when that can't be done.
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

/** Runs `prepare` for a script: prints what a person must do and ends the process when it can't be done. */
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
