import { AppError } from '../../foundation/platform/errors.ts';

/**
 * The error for a change to a record that has changed since the client read it. `presentVersion` is its
 * current version, if known.
 */
export function changedMeanwhile(what: string, presentVersion?: number): AppError {
  const now = presentVersion === undefined ? '' : ` It is at version ${presentVersion} now.`;
  return new AppError(
    'ConflictException',
    `${what} changed meanwhile: look at it again and repeat the change.${now}`,
    { presentVersion },
  );
}

/**
 * Refuses a change when the record isn't at the version that the client expects. Checked before the write for
 * an error that names the current version; the write itself repeats the check in its condition.
 */
export function assertVersion(what: string, present: number, expected: number | undefined): void {
  if (expected !== undefined && expected !== present) throw changedMeanwhile(what, present);
}

type Given<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** The fields of a change without those that are undefined, which stay unchanged. */
export function givenFields<T extends object>(change: T): Given<T> {
  // Only entries of `change` are kept, and none that is undefined.
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Given<T>;
}
