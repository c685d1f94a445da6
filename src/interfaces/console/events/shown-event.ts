import type { ListedEvent } from '../../../../views/console/events/list.tsx';
import { isFailure, userNameIn } from '../../../domain/audit/event-facts.ts';
import { HIDDEN, type EventRecord } from '../../../domain/audit/event.ts';
import { whenOf } from '../../../flows/visit/when.ts';

/** What a list says about an event. */
export function shownEvent(record: EventRecord): ListedEvent {
  return {
    ...{ id: record.eventID, name: record.eventName, failed: isFailure(record) },
    by: userNameIn(record) ?? '',
    at: whenOf(Date.parse(record.eventTime)),
  };
}

/** Who was refused where, if the event is about a refused sign-on or a wrong answer of a known user. */
export function refusedIn(
  record: EventRecord,
): { readonly user: string | undefined; readonly application: string | undefined } | undefined {
  const isSignOn = record.eventName === 'Federate';
  if (!isFailure(record) || !(isSignOn || record.eventName === 'CredentialVerification')) return undefined;
  const userName = userNameIn(record);
  const user = userName === null || userName === '' || userName === HIDDEN ? undefined : userName;
  const application = record.serviceEventDetails?.['application_id'];
  return user === undefined && application === undefined ? undefined : { user, application };
}
