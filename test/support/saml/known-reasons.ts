import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');

/** The texts that a union of the sources lists: `reasonsOf('src/protocols/saml/xml/parse.ts', 'XmlFault')`. Other unions in it are left out. */
export function reasonsOf(file: string, union: string): string[] {
  const [, body = ''] =
    new RegExp(`type ${union} =([^;]+);`).exec(readFileSync(join(ROOT, file), 'utf8')) ?? [];
  const reasons = [...body.matchAll(/'([a-z0-9-]+)'/g)].map(([, reason = '']) => reason);
  assert.ok(reasons.length > 0, `${file} has no union ${union}`);
  return reasons;
}

/** The checks that a request goes through: each has a file, by whose name it refuses. */
export function checksOfRequests(): string[] {
  return readdirSync(join(ROOT, 'src/flows/idp/requests/checks'))
    .map((name) => name.replace('.ts', ''))
    .filter((name) => name !== 'check');
}
