/** Questions about the packages in a lock file of npm: `packages` is its list, by path. */

/** The paths of the named packages and of all that they need. */
export function neededBy(packages, names) {
  const paths = new Set();
  const add = (name, from) => {
    const path = locate(packages, name, from);
    if (path === undefined || paths.has(path)) return;
    paths.add(path);
    const { dependencies, optionalDependencies, peerDependencies } = packages[path];
    for (const each of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies }))
      add(each, path);
  };
  for (const name of names) add(name, '');
  return paths;
}

/** Where Node.js finds a package from another one. Undefined for one that isn't installed, such as an optional peer. */
function locate(packages, name, from) {
  const path = `${from}${from && '/'}node_modules/${name}`;
  if (packages[path] !== undefined) return path;
  return from === ''
    ? undefined
    : locate(packages, name, from.slice(0, Math.max(0, from.lastIndexOf('node_modules/') - 1)));
}
