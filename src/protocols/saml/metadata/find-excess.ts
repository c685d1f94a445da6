import { Namespace } from '../types.ts';
import { childrenOf, type XmlElement } from '../xml/tree.ts';
import { readKeyDescriptor } from './signing-keys.ts';

/** The roles, contacts and so on of an entity: real ones have ten. */
const MOST_PARTS = 100;
/** The endpoints, keys, formats and so on of all roles: the largest in federations have fifty. */
const MOST_IN_ROLES = 400;
const MOST_CERTIFICATES = 100;

/**
 * Why an entity has too much to be read, as a message; undefined when it hasn't. Each certificate takes a third of a
 * millisecond to decode, and samlify compares every child of the entity, and of its roles, with every other: five
 * thousand of them would block the server for seconds.
 */
export function findExcess(entity: XmlElement): string | undefined {
  const inRoles = entity.children.reduce((sum, { children }) => sum + children.length, 0);
  const certificates = entity.children
    .flatMap((role) => childrenOf(role, Namespace.metadata, 'KeyDescriptor'))
    .reduce((sum, key) => sum + readKeyDescriptor(key).certificates.flat().length, 0);
  const counts = [
    ['parts (roles, contacts and such)', entity.children.length, MOST_PARTS],
    ['endpoints, keys and other elements in its roles', inRoles, MOST_IN_ROLES],
    ['certificates', certificates, MOST_CERTIFICATES],
  ] as const;
  for (const [what, count, most] of counts) {
    if (count > most)
      return `the entity has ${String(count)} ${what}, and at most ${String(most)} are allowed`;
  }
  return undefined;
}
