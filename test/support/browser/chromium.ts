import type { LaunchOptions } from 'playwright-core';
import { findChromium, howToInstall } from '../../../scripts/chromium.mjs';

/**
 * No sandbox, because tests also run as root; nothing that calls home or writes outside the profile, so that a test
 * meets only the servers it started.
 */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Options for playwright-core's `chromium.launch`: the browser of the system, headless. `flags` are added, for instance
 * `--host-resolver-rules=MAP sp.example 127.0.0.1`. Throws an Error that says how to install one when there is none
 * (`npm test` finds or installs it before any test runs).
 */
export function chromiumOptions(...more: string[]): LaunchOptions {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(`No Chromium was found. ${howToInstall()}`);
  return { executablePath, headless: true, args: [...flags, ...more] };
}
