import { spawn as spawnProcess, type ChildProcess } from 'node:child_process';

/** The program of each system that opens an address in the user's browser, and its arguments before the address. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};
const OTHERS = ['xdg-open'] as const;

interface OpenOptions {
  readonly platform?: NodeJS.Platform;
  readonly spawn?: (program: string, words: string[], options: object) => ChildProcess;
  /** Receives a sentence when no browser was opened. */
  readonly warn: (sentence: string) => void;
}

/**
 * Opens an http address in the user's browser, and returns at once. No shell reads the address. The browser is a process
 * of its own, so that Ctrl+C ends the server and not the browser.
 */
export function openBrowser(
  url: URL,
  { platform = process.platform, spawn = spawnProcess, warn }: OpenOptions,
): void {
  const [program, ...words] = OPENERS[platform] ?? OTHERS;
  const fail = (reason: string) => warn(`No browser was opened (${reason}): open ${url.href} yourself.`);
  const child = spawn(program, [...words, url.href], { stdio: 'ignore', detached: true });
  child.on('error', (error) => {
    const isMissing = 'code' in error && error.code === 'ENOENT';
    fail(isMissing ? `${program} is not installed` : `${program}: ${error.message}`);
  });
  child.on('exit', (code) => {
    // rundll32 has no meaningful exit code.
    if (code !== 0 && code !== null && platform !== 'win32') fail(`${program} ended with code ${code}`);
  });
  child.unref();
}
