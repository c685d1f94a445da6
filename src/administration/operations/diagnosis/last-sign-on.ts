import type { Application } from '../../../domain/applications/application.ts';
import { isFailure, userNameIn } from '../../../domain/audit/event-facts.ts';
import { listEvents } from '../../../domain/audit/event-list-store.ts';
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

/** How many sign-ons are looked at: those of the user at all applications, and requests refused before a sign-in. */
const LOOKED_AT = 100;
/** In how many ten thousands of the newest events. */
const WINDOWS = 2;

/** The last sign-on of a user at an application, or the last refused request of the application if it is later. */
export async function findLastSignOn(
  { db, sealer }: Pick<OperationNeeds, 'db' | 'sealer'>,
  { organization, instance }: Pick<OpenedInstance, 'organization' | 'instance'>,
  { userName }: Pick<User, 'userName'>,
  application: Pick<Application, 'id'>,
): Promise<LastSignOn | undefined> {
  // In one go, because looking through a long history is what takes the time.
  const filter = { eventName: 'Federate', usernames: [userName, ''] };
  const { items } = await listEvents(db.read, organization.id, filter, {
    limit: LOOKED_AT,
    windows: WINDOWS,
  });
  const last = items.find(
    (event) =>
      event.serviceEventDetails?.['application_id'] === application.id &&
      (userNameIn(event) === userName || isFailure(event)),
  );
  if (!last) return undefined;
  const responseId = last.serviceEventDetails?.['response_id'];
  const scope = { instanceId: instance.id, applicationId: application.id };
  const exchange =
    responseId === undefined ? undefined : await findExchange(db.read, sealer, scope, responseId);
  return {
    at: Date.parse(last.eventTime),
    refusal: last.errorMessage,
    isOfUser: userNameIn(last) === userName,
    findings: (exchange?.findings ?? []).map(({ message }) => message),
    ...{ eventId: last.eventID, exchangeId: exchange?.id },
  };
}
