import type { User } from '../../../domain/directory/user.ts';
import type { ApplicationVisit, IdpNeeds } from '../application-visit.ts';

/** Records a sign-on that ended with a page for the user, without a response. */
export async function recordRefusal(
  needs: Pick<IdpNeeds, 'db' | 'record'>,
  { visit, application }: ApplicationVisit,
  reason: string,
  message: string,
  user?: User,
): Promise<void> {
  const { directoryId } = visit.instance;
  const event = {
    name: 'Federate',
    user: user ? { id: user.id, userName: user.userName, directoryId } : null,
    details: { application_id: application.id, reason },
    failure: { code: user ? 'AccessDenied' : 'SamlRequestRefused', message },
  } as const;
  await needs.db.transaction((tx) => needs.record(tx, visit.history, event, visit.origin));
}
