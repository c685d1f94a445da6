import { listEvents } from '../../../domain/audit/event-list-store.ts';
import { whenOf } from '../../../flows/visit/when.ts';
import type { ConsoleNeeds, ConsoleVisit } from './console-visit.ts';

/** Events that are looked at. A change that was made while somebody filled in a form is among the newest ones. */
const NEWEST = 200;

/**
 * Who last changed a record, and when, as text. It is found in the events by the record's id; “Somebody” when other
 * events have pushed it out.
 */
export async function lastChangeOf(
  { db }: Pick<ConsoleNeeds, 'db'>,
  { organization }: Pick<ConsoleVisit, 'organization'>,
  recordId: string,
): Promise<{ by: string; when: string }> {
  const { items } = await listEvents(db.read, organization.id, {}, { limit: NEWEST });
  const change = items.find(
    ({ readOnly, errorCode, requestParameters }) =>
      !readOnly && errorCode === undefined && JSON.stringify(requestParameters).includes(recordId),
  );
  if (!change) return { by: 'Somebody', when: 'meanwhile' };
  const { userName, principalId } = change.userIdentity;
  const session = typeof principalId === 'string' ? principalId.replace(/^[^:]*:/, '') : 'Somebody';
  return {
    by: typeof userName === 'string' && userName !== '' ? userName : session,
    when: `at ${whenOf(Date.parse(change.eventTime)).text}`,
  };
}
