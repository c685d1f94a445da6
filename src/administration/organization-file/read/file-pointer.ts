import { jsonPointer } from '../../../foundation/platform/json-pointer.ts';

const PART = /\[(\d+)\]|([^.[\]]+)/g;

/**
 * Converts a place in an organization file to a JSON pointer (RFC 6901): `users[2].password` becomes
 * `/users/2/password`. Names of attributes contain dots, and nothing is nested below them. If a name is cut
 * short, the pointer ends above it; the line and column then identify the place.
 */
export function pointerOf(path: string): string {
  const [, before = path, attribute] = /^(users\[\d+\]\.attributes)\.(.+)$/.exec(path) ?? [];
  const parts = [...before.matchAll(PART)].map(([, index, name]) => index ?? name ?? '');
  if (attribute !== undefined) parts.push(attribute);
  const cut = parts.findIndex((part) => part.endsWith('…'));
  const known = cut < 0 ? parts : parts.slice(0, cut);
  return jsonPointer(known);
}
