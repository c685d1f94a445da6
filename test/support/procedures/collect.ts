import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Declaration } from './procedure.ts';

const ROOT = join(import.meta.dirname, '../../..');
const FOLDER = 'test/browser/procedures';

/** A declared procedure with the file of its test, relative to the root. */
export interface Declared extends Declaration {
  file: string;
}

/** mocha's functions with which a test file declares suites, tests and hooks. Only suites are entered. */
const PRETENDED = {
  describe: (_title: string, body: () => void) => body(),
  ...Object.fromEntries(['it', 'before', 'after', 'beforeEach', 'afterEach'].map((name) => [name, () => {}])),
};

let collecting: Promise<Declared[]> | undefined;

/**
 * The procedures that the browser tests declare. It loads the test files without running anything, and, because a file
 * is loaded only once, only once in a process.
 */
export function collectProcedures(): Promise<Declared[]> {
  return (collecting ??= collect());
}

async function collect(): Promise<Declared[]> {
  const real = Object.fromEntries(
    Object.keys(PRETENDED).map((name) => [name, Reflect.get(globalThis, name)]),
  );
  const declared: Declared[] = [];
  let file = '';
  Object.assign(globalThis, PRETENDED);
  try {
    const { listeners } = await import('./procedure.ts');
    const listen = (declaration: Declaration) => declared.push({ ...declaration, file });
    listeners.add(listen);
    for (const name of readdirSync(join(ROOT, FOLDER)).sort()) {
      if (!name.endsWith('.test.ts')) continue;
      file = `${FOLDER}/${name}`;
      await import(join(ROOT, file));
    }
    listeners.delete(listen);
  } finally {
    Object.assign(globalThis, real);
  }
  return declared;
}
