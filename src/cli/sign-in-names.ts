import type { OrganizationFile } from '../administration/organization-file/read/schema.ts';
import { declaredMacOf } from '../domain/credentials/passwords/declared-password.ts';
import { findPasswords } from '../domain/credentials/passwords/store.ts';
import { nameKey } from '../domain/directory/name-key.ts';
import { findUsersByName } from '../domain/directory/user-store.ts';
import { listUsers } from '../domain/directory/user-list-store.ts';
import type { Instance } from '../domain/organizations/organization.ts';
import type { Sealer } from '../foundation/platform/crypto.ts';
import type { Queries } from '../foundation/storage/database.ts';

/** How many users the announcement names. */
const SHOWN = 10;

/** A user who can sign in. */
export interface SignInName {
  readonly userName: string;
  /** The password that the organization file declares, as long as it is the user's. */
  readonly password?: string | undefined;
}

export interface SignInNames {
  readonly names: readonly SignInName[];
  /** Whether there are others. */
  readonly more: boolean;
}

interface NameNeeds {
  readonly queries: Queries;
  readonly sealer: Sealer;
}

/**
 * The first users who can sign in. Those whose password is still the one in the organization file are named with it;
 * if there are none, the others are named without, because only hashes of passwords are kept.
 */
export async function findSignInNames(
  needs: NameNeeds,
  instance: Instance,
  file: OrganizationFile | undefined,
): Promise<SignInNames> {
  const known = file === undefined ? [] : await withDeclaredPassword(needs, instance, file);
  if (known.length > 0) return { names: known.slice(0, SHOWN), more: known.length > SHOWN };
  const { items, cursor } = await listUsers(needs.queries, instance.id, {}, { limit: SHOWN });
  const enabled = items.filter((user) => user.enabled).map(({ userName }) => ({ userName }));
  return { names: enabled, more: cursor !== null };
}

async function withDeclaredPassword(
  { queries, sealer }: NameNeeds,
  instance: Instance,
  { users }: OrganizationFile,
): Promise<SignInName[]> {
  const declared = users.filter(({ password }) => password !== undefined).slice(0, SHOWN * 2);
  const names = declared.map(({ userName }) => userName);
  const found = await findUsersByName(queries, instance.id, names);
  const passwords = await findPasswords(
    queries,
    instance.id,
    [...found.values()].map(({ id }) => id),
  );
  return declared.flatMap(({ userName, password }) => {
    const user = found.get(nameKey(userName));
    if (!user?.enabled || password === undefined) return [];
    const isTheirs = passwords.get(user.id)?.declaredMac === declaredMacOf(sealer, user.id, password);
    return isTheirs ? [{ userName, password }] : [];
  });
}
