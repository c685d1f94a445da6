import { fileURLToPath } from 'node:url';

/** The repository's root, so that scripts work in any current folder. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** A path inside the repository. */
export const inRoot = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** The seconds since `startedAt` (from performance.now()), for progress lines. */
export const seconds = (startedAt) => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;

/** The end of a long output, which usually says why a tool failed. */
export const lastLines = (text, count = 25) => text.trimEnd().split('\n').slice(-count).join('\n');
