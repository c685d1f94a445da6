import { setImmediate } from 'node:timers/promises';

/**
 * Lets waiting requests be answered before a long computation goes on. Metadata may be mebibytes long, and reading it
 * takes tenths of a second: each part of it is followed by this.
 */
export const breathe = (): Promise<void> => setImmediate();
