import type { LaunchOptions } from 'playwright-core';
import { findChromium, howToInstall } from '../../../scripts/chromium.mjs';

/**
 * Chromium has no sandbox, because tests may run as root. It contacts only the servers that a test started, and writes
 * only into its profile.
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
 * Options for `chromium.launch` of playwright-core: the installed browser, headless. `more` flags are added, for
 * instance `--host-resolver-rules=MAP sp.example 127.0.0.1`. Throws an Error that says how to install a browser when
 * none is found (`npm test` finds or installs one before any test runs).
 */
export function chromiumOptions(...more: string[]): LaunchOptions {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(`No Chromium was found. ${howToInstall()}`);
  return { executablePath, headless: true, args: [...flags, ...more] };
}
