import { deleteConsoleAccess, putConsoleAccess } from '../../../domain/access/commands.ts';
import {
  consoleAccessSchema,
  type ConsoleAccess,
  type Grantee,
} from '../../../domain/access/console-access.ts';
import { findGrant } from '../../../domain/access/store.ts';
import type { Instance } from '../../../domain/organizations/organization.ts';
import type { Queries } from '../../../foundation/storage/database.ts';
import type { HandleContext } from './context.ts';

/** Finds the user or the group that a call names. Throws ResourceNotFoundException. */
type FindGrantee<Reference> = (queries: Queries, instance: Instance, given: Reference) => Promise<Grantee>;

const wantedSchema = consoleAccessSchema.nullable();

/** What `organization.users` and `organization.groups` do to give access to the console, and take it away. */
export function createSetConsoleAccess<Reference>(
  { open }: HandleContext,
  find: FindGrantee<Reference>,
): (given: Reference, wanted: ConsoleAccess | null) => Promise<void> {
  return async (given, wanted) => {
    const access = wantedSchema.parse(wanted);
    const { instance, run } = await open();
    await run(async (work) => {
      const grantee = await find(work.tx, instance, given);
      if (access !== null) return putConsoleAccess(work, instance, grantee, access);
      const present = await findGrant(work.tx, instance.id, grantee);
      if (present !== undefined) await deleteConsoleAccess(work, instance, grantee);
    });
  };
}
