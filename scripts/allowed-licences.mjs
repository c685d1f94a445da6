/**
 * Which licences the packages may have that users of Vestibule receive: those that an installation loads, and those
 * whose code is in dist/. `node scripts/allowed-licences.mjs` is a part of `npm run check`.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundled } from '../.dependency-cruiser.mjs';
import { neededBy } from './lock-file.mjs';
import { tablerPackages } from './page-assets.mjs';
import { inRoot } from './paths.mjs';

/** Identifiers of SPDX. All of them allow everyone to pass the code on in a larger work under another licence. */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'MIT-0',
]);

/** Packages that state their licence otherwise than SPDX does. */
const STATED_OTHERWISE = { 'xml-escape': { 'MIT License': 'MIT' } };

/** Whether a package may be shipped. `license` is an SPDX expression, such as `(BSD-3-Clause OR GPL-2.0)`. */
export function isAllowed(name, license) {
  const expression = STATED_OTHERWISE[name]?.[license] ?? license;
  if (typeof expression !== 'string') return false;
  const text = expression.replace(/^\(([^()]*)\)$/, '$1');
  // A nested expression is refused, and so is an exception (WITH): a person has to read it.
  return text.includes(' OR ')
    ? text.split(' OR ').some((id) => ALLOWED.has(id))
    : text.split(' AND ').every((id) => ALLOWED.has(id));
}

/** A sentence for each package in a lock file that is shipped under a licence that is not allowed. */
export function licenceFaults(packages, bundledNames) {
  const shipped = [...Object.keys(packages['']?.dependencies ?? {}), ...bundledNames];
  return [...neededBy(packages, shipped)]
    .filter((path) => !isAllowed(nameOf(path), packages[path].license))
    .map((path) => `${path} is shipped under ${packages[path].license ?? 'no stated licence'}.`)
    .sort();
}

const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

if (process.argv[1] && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) {
  const { packages } = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8'));
  const assets = tablerPackages.map(nameOf);
  const faults = licenceFaults(packages, [...bundled, ...assets]);
  for (const fault of faults) console.log(fault);
  if (faults.length > 0) {
    console.log('scripts/allowed-licences.mjs lists the licences that are allowed.');
    process.exitCode = 1;
  }
}
