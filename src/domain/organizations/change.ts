import { AppError } from '../../foundation/platform/errors.ts';

/**
 * The answer to a change that was made to something that isn't as it was when it was read; `presentVersion` is the one
 * that it has now, when that is known.
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
 * Refuses a change of something that isn't at the version that the caller has seen. Looked at first, for an answer that
 * says the present one; the write, which names the version that was read, decides.
 */
export function assertVersion(what: string, present: number, expected: number | undefined): void {
  if (expected !== undefined && expected !== present) throw changedMeanwhile(what, present);
}

type Given<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** The fields of a change that are given: what is undefined stays as it is. */
export function givenFields<T extends object>(change: T): Given<T> {
  // Only entries of `change` are kept, and none that is undefined.
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Given<T>;
}
