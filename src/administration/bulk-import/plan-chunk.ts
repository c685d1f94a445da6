import { hashPassword } from '../../domain/credentials/passwords/password.ts';
import type { Instance } from '../../domain/organizations/organization.ts';
import type { Sealer } from '../../foundation/platform/crypto.ts';
import type { Database } from '../../foundation/storage/database.ts';
import { readDirectory, type ExistingDirectory } from '../organization-file/apply/existing.ts';
import { planDeclaredGroups, planDeclaredUsers } from '../organization-file/apply/plan-directory.ts';
import type { Plan } from '../organization-file/apply/plan.ts';
import { preparePasswords } from '../organization-file/apply/prepare.ts';
import { createPrincipals } from '../organization-file/read/principals.ts';
import type { DeclaredGroup, DeclaredUser } from '../organization-file/read/schema.ts';

/* The changes of one chunk, found before its transaction. */

export interface PlanChunkNeeds {
  readonly db: Database;
  readonly sealer: Sealer;
  /** Replaced only by tests, to pause an import. */
  readonly hashPassword?: typeof hashPassword;
}

export async function planGroupChunk(
  { db }: PlanChunkNeeds,
  instance: Instance,
  plan: Plan,
  groups: readonly DeclaredGroup[],
): Promise<void> {
  const declared = { groups, users: [] };
  const existing = await readDirectory(db.read, instance.id, declared, { withPasswords: false });
  const principals = createPrincipals(declared, existing, instance.directoryId);
  planDeclaredGroups({ plan, instance, existing, principals }, groups);
}

/** The groups that users name, which exist by then. */
export async function readNamedGroups(
  { db }: PlanChunkNeeds,
  instance: Instance,
  users: readonly DeclaredUser[],
): Promise<ExistingDirectory['groups']> {
  const names = new Set(users.flatMap(({ groups = [] }) => groups));
  const declared = { groups: [...names].map((displayName) => ({ displayName })), users: [] };
  return (await readDirectory(db.read, instance.id, declared, { withPasswords: false })).groups;
}

/** `groups` are those that the users name. */
export async function planUserChunk(
  { db, sealer, hashPassword: hash = hashPassword }: PlanChunkNeeds,
  instance: Instance,
  plan: Plan,
  users: readonly DeclaredUser[],
  groups: ExistingDirectory['groups'],
): Promise<void> {
  const declared = { groups: [], users };
  const found = await readDirectory(db.read, instance.id, declared, { withPasswords: false });
  const existing = { ...found, groups };
  const principals = createPrincipals(declared, existing, instance.directoryId);
  const passwords = await preparePasswords(
    { instance, existing, principals, sealer, resetPasswords: false, hashPassword: hash },
    users,
  );
  planDeclaredUsers({ plan, instance, existing, principals }, users, passwords);
}
