/** Collects the licences of the packages whose code is in dist/: each copy of the code must include their text. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of a bundled file's package; undefined for our own files. */
const packageOf = (file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];

/** The licences of the packages of `files` (paths below `root`, as in esbuild's inputs), ordered by name. */
export function licencesOf(root, files) {
  const folders = [...new Set(files.map(packageOf))].filter((folder) => folder !== undefined);
  const licences = new Map(folders.map((folder) => licenceOf(join(root, folder))));
  const titles = [...licences.keys()].sort();
  const texts = titles.map((title) => `${'='.repeat(80)}\n${title}\n\n${licences.get(title)}`);
  return `The files beside this one hold code of these packages.\n\n${texts.join('\n\n')}\n`;
}

/** A title, and the text of the licence if the package contains it. */
function licenceOf(folder) {
  const { name, version, license, homepage } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const title = [`${name} ${version}`, license, homepage].filter(Boolean).join(', ');
  const file = readdirSync(folder).find((each) => /^(licen[cs]e|copying)(\.(md|txt))?$/i.test(each));
  return [title, file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim()];
}
