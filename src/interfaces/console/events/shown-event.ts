import type { ListedEvent } from '../../../../views/console/events/list.tsx';
import { isFailure, userNameIn } from '../../../domain/audit/event-facts.ts';
import type { EventRecord } from '../../../domain/audit/event.ts';
import { whenOf } from '../../../flows/visit/when.ts';

/** What a list says about an event. */
export function shownEvent(record: EventRecord): ListedEvent {
  return {
    ...{ id: record.eventID, name: record.eventName, failed: isFailure(record) },
    by: userNameIn(record) ?? '',
    at: whenOf(Date.parse(record.eventTime)),
  };
}
