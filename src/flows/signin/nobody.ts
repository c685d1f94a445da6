import type { UserId } from '../../foundation/platform/ids.ts';

/**
 * Stands for the user of a name that nobody has, in the statements that look up the user's records: they run for every
 * name, so that neither their number nor their time reveals who exists.
 */
export const NOBODY = 'nobody' as UserId; // the cast is safe: no id is spelled like this
