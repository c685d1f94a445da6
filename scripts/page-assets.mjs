/**
 * Tabler's files for the pages (MIT), copied into dist/assets so that an installed Vestibule doesn't need its
 * packages. `node scripts/page-assets.mjs` writes views/icons.svg anew.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { transform } from 'esbuild';
import { inRoot } from './paths.mjs';

const require = createRequire(import.meta.url);

/** The packages of these files, for their licences. */
export const tablerPackages = ['node_modules/@tabler/core', 'node_modules/@tabler/icons'];

const keptSprite = inRoot('views/icons.svg');

/**
 * Tabler's style sheet without its source map's comment: we don't serve the map, so developer tools would report a
 * 404.
 */
export function tablerStyles() {
  const styles = readFileSync(require.resolve('@tabler/core/dist/css/tabler.min.css'), 'utf8');
  return styles.replace(/\/\*# sourceMappingURL=.*?\*\//, '');
}

/**
 * One SVG with a symbol for each icon of views/icons.ts. A clone that was only started has no @tabler/icons (51 MB in 12,000
 * files), and takes views/icons.svg, which has the same content.
 */
export async function iconSprite() {
  if (!existsSync(inRoot('node_modules/@tabler/icons'))) return readFileSync(keptSprite, 'utf8');
  const { code } = await transform(readFileSync(inRoot('views/icons.ts'), 'utf8'), {
    loader: 'ts',
    format: 'esm',
  });
  const { ICON_NAMES } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const symbols = ICON_NAMES.map((name) => {
    const shapes = readFileSync(require.resolve(`@tabler/icons/outline/${name}.svg`), 'utf8')
      .replace(/^[\s\S]*?<svg[^>]*>/, '')
      .replace(/<\/svg>\s*$/, '')
      .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, '')
      .replace(/\s+/g, ' ');
    return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.trim()}</symbol>\n`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join('')}</svg>\n`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) {
  writeFileSync(keptSprite, await iconSprite());
}
