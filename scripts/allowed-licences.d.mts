export interface LockedPackage {
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}
/** Whether a package may be shipped. `license` is an SPDX expression, such as `(BSD-3-Clause OR GPL-2.0)`. */
export function isAllowed(name: string, license: string | undefined): boolean;
/** A sentence for each package in a lock file that is shipped under a licence that is not allowed. */
export function licenceFaults(
  packages: Readonly<Record<string, LockedPackage>>,
  bundledNames: readonly string[],
): string[];
