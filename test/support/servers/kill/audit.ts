import type { Sealer } from '../../../../src/foundation/platform/crypto.ts';
import { keptExchanges } from '../../saml/kept-exchanges.ts';
import type { EventRecord } from '../../../../src/domain/audit/event.ts';
import type { Queries } from '../../../../src/foundation/storage/database.ts';
import type { Ledger } from './ledger.ts';

/** The stored data, in the sets that must agree with each other. */
interface Stored {
  users: Set<string>;
  events: {
    createdUsers: Set<string>;
    federated: Set<string>;
    signedIn: Set<string>;
    openSessions: Map<string, string>;
  };
  /** When each user's password was set, in whole seconds: according to the row, and to the last event. */
  passwordsSet: { row: Map<string, number>; event: Map<string, number> };
  responses: Set<string>;
  completedSignIns: Set<string>;
  sessions: number;
  usedRequests: Set<string>;
  keptRequests: Set<string>;
}

/** Acknowledged changes that are missing or incomplete: data without its event, or an event without its data. */
export async function findDamage(queries: Queries, sealer: Sealer, ledger: Ledger): Promise<string[]> {
  const stored = await readStored(queries, sealer);
  const { events } = stored;
  const missing = (what: string, wanted: Iterable<string>, there: ReadonlySet<string>) =>
    [...wanted].filter((id) => !there.has(id)).map((id) => `${what} ${id}`);
  const same = (what: string, one: ReadonlySet<string>, other: ReadonlySet<string>) => [
    ...missing(`${what} without its other half:`, one, other),
    ...missing(`the other half alone of ${what}`, other, one),
  ];
  const passwords = [...stored.passwordsSet.row, ...stored.passwordsSet.event]
    .map(([user]) => user)
    .filter((user) => stored.passwordsSet.row.get(user) !== stored.passwordsSet.event.get(user))
    .map((user) => `a password and its event that differ, of ${user}`);
  return [
    ...missing(
      'lost: user',
      ledger.users.map(({ id }) => id),
      stored.users,
    ),
    ...missing(
      'lost: password of user',
      ledger.users.map(({ id }) => id),
      new Set(stored.passwordsSet.row.keys()),
    ),
    ...missing(
      'lost: sign-in',
      ledger.sessions.map(({ signInId }) => signInId),
      stored.completedSignIns,
    ),
    ...missing('lost: response', ledger.responses, stored.responses),
    ...missing(
      'lost: use of request',
      ledger.requests.map(({ id }) => id),
      stored.usedRequests,
    ),
    ...same('a user', stored.users, events.createdUsers),
    ...same('a response', stored.responses, events.federated),
    ...same('a sign-in', stored.completedSignIns, events.signedIn),
    ...same('a request', stored.usedRequests, stored.keptRequests),
    ...passwords,
    ...(stored.sessions === events.openSessions.size
      ? []
      : [`${stored.sessions} sessions of ${events.openSessions.size} sign-ins since the last password`]),
  ];
}

async function readStored(queries: Queries, sealer: Sealer): Promise<Stored> {
  const users = await queries.selectFrom('users').select(['id', 'user_name']).execute();
  const passwords = await queries.selectFrom('passwords').select(['user_id', 'changed_at']).execute();
  const exchanges = await keptExchanges(queries, sealer);
  const signIns = await queries
    .selectFrom('sign_ins')
    .select('id')
    .where('completed_at', 'is not', null)
    .execute();
  const sessions = await queries.selectFrom('sessions').select('id').execute();
  const seen = await queries.selectFrom('seen_requests').select('request_id').execute();
  const pending = await queries.selectFrom('authn_requests').select('request').execute();
  const kept = [
    ...pending.map(({ request }) => (JSON.parse(request) as { requestId: string }).requestId), // our own column
    ...exchanges.flatMap(({ request_xml: xml }) => / ID="([^"]+)"/.exec(xml ?? '')?.[1] ?? []),
  ];
  return {
    users: new Set(users.map(({ id }) => id)),
    responses: new Set(exchanges.map(({ id }) => id)),
    completedSignIns: new Set(signIns.map(({ id }) => id)),
    sessions: sessions.length,
    usedRequests: new Set(seen.map(({ request_id: id }) => id)),
    keptRequests: new Set(kept),
    ...(await readEvents(queries, users, passwords)),
  };
}

async function readEvents(
  queries: Queries,
  users: { id: string; user_name: string }[],
  passwords: { user_id: string; changed_at: number }[],
) {
  const names = new Map(users.map(({ id, user_name: name }) => [id, name]));
  const rows = await queries.selectFrom('events').select('record').orderBy('sequence').execute();
  const events = {
    createdUsers: new Set<string>(),
    federated: new Set<string>(),
    signedIn: new Set<string>(),
    /** The sign-ins since each user's password was last set, which ended the earlier sessions; with the user's name. */
    openSessions: new Map<string, string>(),
  };
  const byEvent = new Map<string, number>();
  for (const row of rows) {
    const event = JSON.parse(row.record) as EventRecord; // Only the recorder writes these values.
    const told = (values: Record<string, unknown> | null | undefined, name: string) => String(values?.[name]);
    if (event.eventName === 'Federate') {
      events.federated.add(told(event.serviceEventDetails, 'response_id'));
    } else if (event.eventName === 'UserAuthentication') {
      const signIn = told(event.additionalEventData, 'AuthWorkflowID');
      events.signedIn.add(signIn);
      events.openSessions.set(signIn, told(event.userIdentity, 'userName'));
    } else if (event.errorCode !== undefined) {
      continue;
    } else if (event.eventName === 'CreateUser') {
      events.createdUsers.add(told(event.responseElements, 'userId'));
    } else if (event.eventName === 'UpdatePassword') {
      const userId = told(event.requestParameters, 'userId');
      byEvent.set(userId, Date.parse(event.eventTime) / 1000);
      for (const [signIn, name] of events.openSessions)
        if (name === names.get(userId)) events.openSessions.delete(signIn);
    }
  }
  const byRow = new Map(passwords.map((row) => [row.user_id, Math.floor(row.changed_at / 1000)]));
  return { events, passwordsSet: { row: byRow, event: byEvent } };
}
