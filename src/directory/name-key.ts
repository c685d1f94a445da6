/**
 * What two names have in common that count as the same: names of users, groups and addresses are unique and found
 * without regard to case, and to how Unicode composes the same characters (NFKC). Composed again at the end, because a
 * few Greek letters come apart in lower case: the key of a key is the key.
 */
export function nameKey(name: string): string {
  return name.normalize('NFKC').toLowerCase().normalize('NFKC');
}
