/**
 * Tabler's files for the pages (MIT), copied into dist/assets so that an installed Vestibule doesn't need its
 * packages.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { transform } from 'esbuild';

const require = createRequire(import.meta.url);

/** The packages of these files, for their licences. */
export const tablerPackages = ['node_modules/@tabler/core', 'node_modules/@tabler/icons'];

/**
 * Tabler's style sheet without its source map's comment: we don't serve the map, so developer tools would report a
 * 404.
 */
export function tablerStyles() {
  const styles = readFileSync(require.resolve('@tabler/core/dist/css/tabler.min.css'), 'utf8');
  return styles.replace(/\/\*# sourceMappingURL=.*?\*\//, '');
}

/** One SVG with a symbol for each icon that `icons` (the path of views/icons.ts) lists. */
export async function iconSprite(icons) {
  const { code } = await transform(readFileSync(icons, 'utf8'), { loader: 'ts', format: 'esm' });
  const { ICON_NAMES } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const symbols = ICON_NAMES.map((name) => {
    const shapes = readFileSync(require.resolve(`@tabler/icons/outline/${name}.svg`), 'utf8')
      .replace(/^[\s\S]*?<svg[^>]*>/, '')
      .replace(/<\/svg>\s*$/, '')
      .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, '')
      .replace(/\s+/g, ' ');
    return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.trim()}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`;
}
