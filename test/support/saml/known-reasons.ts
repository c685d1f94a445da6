import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');

/**
 * The texts of a union type in the sources: `reasonsOf('src/protocols/saml/xml/parse.ts', 'XmlFault')`. Other unions
 * inside it are left out.
 */
export function reasonsOf(file: string, union: string): string[] {
  const [, body = ''] =
    new RegExp(`type ${union} =([^;]+);`).exec(readFileSync(join(ROOT, file), 'utf8')) ?? [];
  const reasons = [...body.matchAll(/'([a-z0-9-]+)'/g)].map(([, reason = '']) => reason);
  assert.ok(reasons.length > 0, `${file} has no union ${union}`);
  return reasons;
}

/** The checks that a request must pass. Each has a file, and refuses with the file's name. */
export function checksOfRequests(): string[] {
  return readdirSync(join(ROOT, 'src/flows/idp/requests/checks'))
    .map((name) => name.replace('.ts', ''))
    .filter((name) => name !== 'check');
}
