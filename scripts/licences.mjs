/** Collects the licences of the packages whose code is in dist/: each copy of the code must include their text. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAllowed } from './allowed-licences.mjs';

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

/** A title, and the text of the licence. Some packages are under the MIT licence without containing its text. */
function licenceOf(folder) {
  const { name, version, license, homepage } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (!isAllowed(name, license)) throw new Error(`${name} may not be bundled: its licence is ${license}.`);
  const title = [`${name} ${version}`, license, homepage].filter(Boolean).join(', ');
  const file = readdirSync(folder).find((each) => /^(licen[cs]e|copying)(\.(md|txt))?$/i.test(each));
  if (file !== undefined) return [title, readFileSync(join(folder, file), 'utf8').trim()];
  if (license === 'MIT') return [title, `Copyright (c) the authors of ${name}\n\n${MIT}`];
  throw new Error(`${name} contains no text of its licence (${license}).`);
}

const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;
