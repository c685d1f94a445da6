import { AppError } from '../platform/errors.ts';

/** The answer to a change that was made to something that isn't as it was when it was read. */
export function changedMeanwhile(what: string): AppError {
  return new AppError(
    'ConflictException',
    `${what} changed meanwhile: look at it again and repeat the change.`,
  );
}

type Given<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** The fields of a change that are given: what is undefined stays as it is. */
export function givenFields<T extends object>(change: T): Given<T> {
  // Only entries of `change` are kept, and none that is undefined.
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Given<T>;
}
