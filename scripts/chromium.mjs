/** Finds the Chromium for the browser tests, and installs one when allowed. */
import { aptInstall, canInstall, isProgram, onPath } from './debian.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const places = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

/** The program of a Chromium browser: $CHROMIUM, else the first found in the usual places, else undefined. */
export function findChromium() {
  const named = process.env.CHROMIUM;
  if (named) return isProgram(named) ? named : undefined;
  for (const name of names) {
    const file = onPath(name);
    if (file) return file;
  }
  return places.find(isProgram);
}

/** Tells the user how to install a browser on this system. */
export function howToInstall() {
  if (process.env.CHROMIUM) return `CHROMIUM names ${process.env.CHROMIUM}, which is not a program.`;
  if (process.platform === 'darwin') return 'Run: brew install --cask chromium';
  if (onPath('apt-get')) return 'Run: sudo apt-get install chromium';
  if (onPath('dnf')) return 'Run: sudo dnf install chromium';
  if (onPath('pacman')) return 'Run: sudo pacman -S chromium';
  return 'Install Chromium or Chrome.';
}

export const browserIsMissing = () => findChromium() === undefined;

/** Installs Chromium as root on Debian; elsewhere throws NotReady with the command to run. */
export function installBrowser(NotReady) {
  let reason = '';
  if (canInstall() && !process.env.CHROMIUM) {
    const result = aptInstall(['chromium']);
    if (result.ok && !browserIsMissing()) return;
    reason = `apt-get could not install it:\n${result.reason ?? 'it reported no error'}\n`;
  }
  throw new NotReady(
    `The browser tests need a Chromium, and none was found.\n${reason}${howToInstall()}\n` +
      'For a browser in another place, set the environment variable CHROMIUM to its path.\n' +
      'The tests that need no browser run with: npm run test:unit, npm test -- unit contract http',
  );
}
