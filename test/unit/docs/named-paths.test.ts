import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');
/** Folders that are created at run time or installed, on whose content a page can't rely. */
const MADE = new Set(['node_modules', 'dist', 'data', 'coverage', '.git']);

const top = readdirSync(ROOT, { withFileTypes: true }).filter(({ name }) => !MADE.has(name));
const folders = top.filter((entry) => entry.isDirectory()).map(({ name }) => name);
/** Every file and folder of the project, by its path from the root. */
const paths = new Set([
  ...top.map(({ name }) => name),
  ...folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => !path.split('/').some((part) => MADE.has(part)))
      .map((path) => `${folder}/${path}`),
  ),
]);
const pages = [...paths].filter((path) => path.endsWith('.md'));

const read = (page: string) => readFileSync(join(ROOT, page), 'utf8');
const withoutCode = (text: string) => text.replace(/^```.*?^```/gms, '').replace(/`[^`\n]*`/g, 'code');

/**
 * The words in code spans and blocks that can only be paths of this project: they begin with one of its folders, or end
 * as a source file does.
 */
function pathsInCode(text: string): string[] {
  const code = [
    ...[...text.matchAll(/^```.*?\n(.*?)^```/gms)].map(([, block = '']) => block),
    ...[...text.replace(/^```.*?^```/gms, '').matchAll(/`([^`\n]*)`/g)].map(([, span = '']) => span),
  ];
  return code
    .flatMap((piece) => piece.split(/[\s'"(),;|]+/))
    .map((word) => word.replace(/^\.\//, '').replace(/[.:/]+$/, ''))
    .filter((word) => /^[\w.@<>*…{}-]+(\/[\w.@<>*…{}-]+)*$/.test(word))
    .filter((word) => {
      const [first = '', ...rest] = word.split('/');
      return (
        !MADE.has(first) && ((folders.includes(first) && rest.length > 0) || /\.(tsx?|mjs|md)$/.test(word))
      );
    });
}

/** Whether a path exists; `<name>` and `*` stand for any one name, `…` for any folders. */
function exists(path: string): boolean {
  if (!/[<*…]/.test(path)) return paths.has(path);
  const pattern = path
    .split(/(<[^>]*>|\*|…)/)
    .map((part) =>
      part === '…' ? '.+' : /^[<*]/.test(part) ? '[^/]+' : part.replace(/[.\\+^$()[\]{}?|-]/g, '\\$&'),
    )
    .join('');
  return [...paths].some((each) => new RegExp(`^${pattern}$`).test(each));
}

/**
 * Whether a page names an existing path, relative to the root, to src/ or test/, or to a folder that contains the page.
 * Outside of src/, pages cover the whole project and may name a file without its folder.
 */
function isThere(page: string, path: string): boolean {
  const places = ['', 'src', 'test'];
  for (let folder = dirname(page); folder !== '.'; folder = dirname(folder)) places.push(folder);
  if (!path.includes('/') && !page.startsWith('src/')) places.push('…');
  return places.some((place) => exists(join(place, path)));
}

/** The anchor of a heading, as GitHub generates it. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

describe('the pages of the project', () => {
  it('exist', () => {
    for (const page of ['README.md', 'docs/server.md', 'docs/decisions/0001-storage.md', 'certs/README.md'])
      assert.ok(pages.includes(page), page);
  });

  for (const page of pages) {
    const text = read(page);

    it(`${page} names paths that exist`, () => {
      assert.deepEqual(
        pathsInCode(text).filter((path) => !isThere(page, path)),
        [],
      );
    });

    it(`${page} links to pages, files and headings that exist`, () => {
      const broken = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)]
        .map(([, target = '']) => target)
        .filter((target) => !/^[a-z]+:/.test(target))
        .filter((target) => {
          const [path = '', anchor] = target.split('#');
          const file = path === '' ? page : join(dirname(page), path);
          if (!existsSync(join(ROOT, file))) return true;
          if (anchor === undefined || statSync(join(ROOT, file)).isDirectory()) return false;
          const headings = [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
            anchorOf(heading),
          );
          return !headings.includes(anchor);
        });
      assert.deepEqual(broken, []);
    });
  }
});
