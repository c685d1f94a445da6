import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PLAIN_NAME = /^[a-z-]+\.(css|js|svg|ico|png)$/;

/**
 * Reads assets by plain name from the project's folders; scripts/build.mjs puts Tabler's style sheet and icons, and favicon.ico there. The
 * same code runs from the sources and from the bundle in `dist/`, so it searches upwards for the root.
 */
export function assetSources(): (name: string) => Buffer | undefined {
  const here = dirname(fileURLToPath(import.meta.url));
  return (name) => {
    // Names come from request paths: only letters and a known extension pass, so that none can escape the folder.
    if (!PLAIN_NAME.test(name)) return undefined;
    for (const folder of folders(here)) {
      const parts = join(folder, name.replace(/\.css$/, ''));
      if (name.endsWith('.css') && existsSync(parts)) return joinParts(parts);
      const source = join(folder, name);
      if (existsSync(source)) return readFileSync(source);
    }
    return undefined;
  };
}

/** A style sheet that is kept as a folder of parts: they are joined in the order of their names. */
function joinParts(folder: string): Buffer {
  const parts = readdirSync(folder).sort();
  return Buffer.from(parts.map((part) => readFileSync(join(folder, part), 'utf8')).join('\n'));
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
    if (dirname(folder) === folder) throw new Error(`No package.json of vestibule-idp above ${from}`);
  }
}

function isOurs(packageJson: string): boolean {
  const parsed: unknown = JSON.parse(packageJson);
  return typeof parsed === 'object' && parsed !== null && 'name' in parsed && parsed.name === 'vestibule-idp';
}
