import type { Application } from '../../../domain/applications/application.ts';
import { findUser, findUserByName } from '../../../domain/directory/user-store.ts';
import type { User } from '../../../domain/directory/user.ts';
import type { Instance } from '../../../domain/organizations/organization.ts';
import type { UserId } from '../../../foundation/platform/ids.ts';
import type { Queries } from '../../../foundation/storage/database.ts';
import type { OpenedInstance, OperationNeeds } from '../open-organization.ts';
import { readDiagnosisFacts, type DiagnosisFacts } from './facts.ts';
import { diagnose, type Diagnosis } from './judge.ts';

/** A diagnosis with what it is about. */
export interface UserDiagnosis extends Diagnosis {
  readonly facts: DiagnosisFacts;
}

/** The user with this name or id. */
export async function findUserBy(
  queries: Queries,
  { id }: Pick<Instance, 'id'>,
  nameOrId: string,
): Promise<User | undefined> {
  // An id is only compared with stored ids.
  return (await findUserByName(queries, id, nameOrId)) ?? (await findUser(queries, id, nameOrId as UserId));
}

/**
 * Says why a user can't sign in to an application, or that nothing stops it. Changes nothing. A name that no user has is a
 * cause, and no error: people ask because they misspelt it.
 */
export async function diagnoseUser(
  needs: OperationNeeds,
  opened: OpenedInstance,
  nameOrId: string,
  application: Application,
): Promise<UserDiagnosis> {
  const user = await findUserBy(needs.db.read, opened.instance, nameOrId);
  const userName = user?.userName ?? nameOrId;
  const facts = await readDiagnosisFacts(needs, opened, { userName, user, application });
  return { ...diagnose(facts), facts };
}

/** A diagnosis as programs receive it. Pure. */
export function presentDiagnosis({ canSignIn, conclusion, findings, facts }: UserDiagnosis) {
  const { id, displayName } = facts.of.application;
  const user = facts.found?.about.user;
  return {
    ...{ canSignIn, conclusion, application: { id, displayName } },
    user: user ? { id: user.id, userName: user.userName } : null,
    findings: findings.map(({ code, verdict, label, found, change = null, where = null }) => ({
      ...{ code, verdict, label, text: sentence(found), change, where },
    })),
  };
}

/** What was found, as a sentence of its own. */
export const sentence = (found: string): string => `${found.charAt(0).toUpperCase()}${found.slice(1)}.`;
