import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ICON_NAMES } from '../../../views/icons.ts';

const PLAIN_NAME = /^[a-z-]+\.(css|js|svg)$/;

/**
 * Reads assets by plain name: Tabler's style sheet and icons from their packages, everything else from the project's
 * folders. The same code runs from the sources and from the bundle in `dist/`, so it searches upwards for the root.
 */
export function assetSources(): (name: string) => Buffer | undefined {
  const here = dirname(fileURLToPath(import.meta.url));
  const require = createRequire(import.meta.url);
  return (name) => {
    // Names come from request paths: only letters and a known extension pass, so that none can escape the folder.
    if (!PLAIN_NAME.test(name)) return undefined;
    if (name === 'tabler.css') return readTabler(require.resolve('@tabler/core/dist/css/tabler.min.css'));
    if (name === 'icons.svg') {
      return iconSprite((icon) => readFileSync(require.resolve(`@tabler/icons/outline/${icon}.svg`), 'utf8'));
    }
    const file = folders(here)
      .map((folder) => join(folder, name))
      .find((path) => existsSync(path));
    return file === undefined ? undefined : readFileSync(file);
  };
}

/** Where our own assets are: a run from the sources prefers the files in `views/`, the bundle its built copies. */
function folders(here: string): string[] {
  const root = packageRoot(here);
  const built = join(root, 'dist', 'assets');
  const edited = join(root, 'views', 'assets');
  return here.startsWith(join(root, 'src')) ? [edited, built] : [built, edited];
}

/** The nearest parent folder that holds our package.json. */
function packageRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file) && isOurs(readFileSync(file, 'utf8'))) return folder;
    if (dirname(folder) === folder) throw new Error(`No package.json of vestibule above ${from}`);
  }
}

function isOurs(packageJson: string): boolean {
  const parsed: unknown = JSON.parse(packageJson);
  return typeof parsed === 'object' && parsed !== null && 'name' in parsed && parsed.name === 'vestibule';
}

/** Removes the comment that names the source map: we don't serve the map, and developer tools would report a 404. */
function readTabler(file: string): Buffer {
  return Buffer.from(readFileSync(file, 'utf8').replace(/\/\*# sourceMappingURL=.*?\*\//, ''));
}

/** One SVG with a symbol for each icon that pages use. */
function iconSprite(readIcon: (name: string) => string): Buffer {
  const symbols = ICON_NAMES.map((name) => {
    const shapes = readIcon(name)
      .replace(/^[\s\S]*?<svg[^>]*>/, '')
      .replace(/<\/svg>\s*$/, '')
      .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, '')
      .replace(/\s+/g, ' ');
    return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.trim()}</symbol>`;
  });
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`);
}
