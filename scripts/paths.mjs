import { fileURLToPath } from 'node:url';

/** The repository's root: scripts work from any folder they are called in. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** A path inside the repository. */
export const inRoot = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Seconds since `startedAt` (from performance.now()), for progress lines. */
export const seconds = (startedAt) => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;

/** The end of a long output: what a person needs to see when a tool failed. */
export const lastLines = (text, count = 25) => text.trimEnd().split('\n').slice(-count).join('\n');
