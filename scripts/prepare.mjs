#!/usr/bin/env node
/**
 * Prepares a clone for a purpose: `node scripts/prepare.mjs start|build|test|…`, a key of `needs`. It
 * imports only Node's own modules, because it runs before node_modules exists.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { browserIsMissing, installBrowser } from './chromium.mjs';
import { installForConformance } from './debian.mjs';
import { installDependencies } from './install.mjs';
import { installNodes } from './nodes.mjs';
import nodeVersionFault from '../src/node-version.cjs';
import { buildForPackage, buildWhatIsStale } from './stale.mjs';

/** What each purpose needs. All but `start` also need the packages for tests, some of which are tools for development. */
const needs = {
  start: ['build'],
  build: ['build'],
  pack: ['fresh build'],
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
  const fault = nodeVersionFault();
  if (fault) throw new NotReady(fault);
}

/**
 * Brings the clone up to date for a purpose (a key of `needs`); prints nothing when it is. Throws NotReady with a
 * message for the user when that isn't possible.
 */
export async function prepare(purpose) {
  const wanted = needs[purpose];
  if (!wanted) throw new NotReady(`prepare.mjs knows: ${Object.keys(needs).join(', ')}; not "${purpose}".`);
  checkNode();
  installDependencies(NotReady, { withTests: purpose !== 'start' });
  if (wanted.includes('build')) buildWhatIsStale(NotReady);
  if (wanted.includes('fresh build')) buildForPackage(NotReady);
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
