import type { Application } from '../../../domain/applications/application.ts';
import { listEvents, type EventFilter } from '../../../domain/audit/event-list-store.ts';
import type { EventRecord } from '../../../domain/audit/event.ts';
import type { User } from '../../../domain/directory/user.ts';
import { findExchange } from '../../../flows/idp/exchanges/store.ts';
import type { Instant } from '../../../foundation/platform/clock.ts';
import type { OpenedInstance, OperationNeeds } from '../open-organization.ts';

/** The last time that the user tried to open the application, as it is recorded. */
export interface LastSignOn {
  readonly at: Instant;
  /** Why it was refused; undefined if a response was sent. */
  readonly refusal: string | undefined;
  /** Whether the user was known: a request can be refused before anybody signs in. */
  readonly isOfUser: boolean;
  /** What was let pass in the request although it is odd. */
  readonly findings: readonly string[];
  readonly eventId: string;
  /** Undefined if no response was made, or it is not kept. */
  readonly exchangeId: string | undefined;
}

/** How many sign-ons are looked at. */
const LOOKED_AT = 50;

/** The last sign-on of a user at an application, or the last refused request of the application if it is later. */
export async function findLastSignOn(
  { db, sealer }: Pick<OperationNeeds, 'db' | 'sealer'>,
  { organization, instance }: Pick<OpenedInstance, 'organization' | 'instance'>,
  { userName }: Pick<User, 'userName'>,
  application: Pick<Application, 'id'>,
): Promise<LastSignOn | undefined> {
  const newest = async (filter: EventFilter) => {
    const wanted = { ...filter, eventName: 'Federate' };
    const { items } = await listEvents(db.read, organization.id, wanted, { limit: LOOKED_AT });
    return items.find((event) => event.serviceEventDetails?.['application_id'] === application.id);
  };
  const ofUser = await newest({ username: userName });
  const ofNobody = await newest({ username: '', failed: true });
  const last = laterOf(ofUser, ofNobody);
  if (!last) return undefined;
  const responseId = last.serviceEventDetails?.['response_id'];
  const scope = { instanceId: instance.id, applicationId: application.id };
  const exchange =
    responseId === undefined ? undefined : await findExchange(db.read, sealer, scope, responseId);
  return {
    at: Date.parse(last.eventTime),
    refusal: last.errorMessage,
    isOfUser: last === ofUser,
    findings: (exchange?.findings ?? []).map(({ message }) => message),
    ...{ eventId: last.eventID, exchangeId: exchange?.id },
  };
}

function laterOf(one: EventRecord | undefined, other: EventRecord | undefined): EventRecord | undefined {
  if (!one || !other) return one ?? other;
  return Date.parse(other.eventTime) > Date.parse(one.eventTime) ? other : one;
}
