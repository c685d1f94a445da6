import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/**
 * The path of a file of the package, given from its root. `docs/` and `examples/` are beside `dist/` in the package, and
 * beside `src/` in the repository.
 */
export function packageFile(...names: string[]): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return join(folder, ...names);
}

/** The version in the package's `package.json`. */
export function packageVersion(): string {
  const described: unknown = JSON.parse(readFileSync(packageFile('package.json'), 'utf8'));
  return z.object({ version: z.string() }).parse(described).version;
}
