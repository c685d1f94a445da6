import { deleteConsoleAccess, putConsoleAccess } from '../../../domain/access/commands.ts';
import type { ConsoleAccess, Grantee } from '../../../domain/access/console-access.ts';
import type { OrganizationFile } from '../read/schema.ts';
import type { PlanNeeds } from './plan-directory.ts';

/** A declared user or group, with the access that the file grants, if it grants any. */
interface DeclaredGrant {
  readonly grantee: Grantee;
  readonly name: string;
  readonly access: ConsoleAccess | undefined;
}

type Declared = Pick<OrganizationFile, 'groups' | 'users'>;

/** Grants users and groups the access that a file declares, or changes what they have. */
export function planConsoleAccess(needs: PlanNeeds, file: Declared): void {
  const { plan, instance, existing } = needs;
  for (const { grantee, name, access } of declaredGrants(needs, file)) {
    if (access === undefined) continue;
    const present = existing.consoleAccess.get(grantee.id);
    if (present === access) plan.leave('consoleAccess');
    else
      plan.add(
        'consoleAccess',
        present === undefined ? 'created' : 'updated',
        `${access} access of ${name}`,
        (work) => putConsoleAccess(work, instance, grantee, access),
      );
  }
}

/** Takes away what the file grants to none of the users and groups that stay. Deleting the others deletes their grants. */
export function planConsoleAccessRemovals(needs: PlanNeeds, file: Declared): void {
  const { plan, instance, existing } = needs;
  for (const { grantee, name, access } of declaredGrants(needs, file)) {
    if (access !== undefined || !existing.consoleAccess.has(grantee.id)) continue;
    plan.remove('consoleAccess', name, (work) => deleteConsoleAccess(work, instance, grantee));
  }
}

function* declaredGrants({ principals }: PlanNeeds, file: Declared): Generator<DeclaredGrant> {
  for (const { displayName, console: access } of file.groups) {
    const { id, name } = principals.group(displayName);
    yield { grantee: { type: 'GROUP', id }, name, access };
  }
  for (const { userName, console: access } of file.users) {
    const { id, name } = principals.user(userName);
    yield { grantee: { type: 'USER', id }, name, access };
  }
}
