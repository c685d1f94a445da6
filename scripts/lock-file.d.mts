interface LockedPackage {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}
/** The paths, in a lock file's `packages`, of the named packages and of all that they need. */
export function neededBy(
  packages: Readonly<Record<string, LockedPackage>>,
  names: readonly string[],
): Set<string>;
