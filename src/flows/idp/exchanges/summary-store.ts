import type { Instant } from '../../../foundation/platform/clock.ts';
import type { ApplicationId, InstanceId, UserId } from '../../../foundation/platform/ids.ts';
import type { Queries } from '../../../foundation/storage/database.ts';
import type { Finding } from '../requests/findings.ts';
import { outcomeOf, type ConversationSummary } from './conversation.ts';
import { atKeys, type ConversationKey, type ConversationScope } from './conversation-key.ts';

/** The conversations with these keys, in their order, without their messages. One can be trimmed meanwhile. */
export async function readSummaries(
  queries: Queries,
  instanceId: InstanceId,
  keys: readonly ConversationKey[],
): Promise<ConversationSummary[]> {
  const found = new Map<string, ConversationSummary>();
  for (const summary of await exchangeSummaries(queries, instanceId, keys)) found.set(summary.id, summary);
  for (const summary of await refusedSummaries(queries, instanceId, keys)) found.set(summary.id, summary);
  return keys.flatMap(({ id }) => found.get(id) ?? []);
}

async function exchangeSummaries(
  queries: Queries,
  instanceId: InstanceId,
  keys: readonly ConversationKey[],
): Promise<ConversationSummary[]> {
  const answers = keys.filter(({ isRefused }) => !isRefused);
  if (answers.length === 0) return [];
  const rows = await queries
    .selectFrom('exchanges')
    .select(['id', 'application_id', 'user_id', 'user_name', 'initiated_by', 'status', 'acs_url'])
    .select(['findings', 'created_at'])
    .where('instance_id', '=', instanceId)
    .where(atKeys(answers))
    .execute();
  return rows.map(({ status, acs_url: acsUrl, ...row }) => ({
    ...shared(row),
    ...{ outcome: outcomeOf(status), status, message: null, acsUrl },
  }));
}

async function refusedSummaries(
  queries: Queries,
  instanceId: InstanceId,
  keys: readonly ConversationKey[],
): Promise<ConversationSummary[]> {
  const ids = keys.filter(({ isRefused }) => isRefused).map(({ id }) => id);
  if (ids.length === 0) return [];
  const rows = await queries
    .selectFrom('refused_requests')
    .select(['id', 'application_id', 'user_id', 'user_name', 'initiated_by', 'reason', 'message'])
    .select(['findings', 'created_at'])
    .where('instance_id', '=', instanceId)
    .where('id', 'in', ids)
    .execute();
  return rows.map(({ reason, message, ...row }) => ({
    ...shared(row),
    ...{ outcome: 'refused', status: reason, message, acsUrl: null },
  }));
}

interface SharedRow {
  id: string;
  application_id: ApplicationId;
  user_id: UserId | null;
  user_name: string | null;
  initiated_by: 'service-provider' | 'identity-provider';
  findings: string;
  created_at: Instant;
}

const shared = (row: SharedRow) => ({
  ...{ id: row.id, applicationId: row.application_id, at: row.created_at, initiatedBy: row.initiated_by },
  user: row.user_id === null ? null : { id: row.user_id, userName: row.user_name ?? '' },
  findings: JSON.parse(row.findings) as Finding[], // only the stores of this folder write it
});

/** The key of the conversation with this id, among those of an instance's applications. */
export async function findKey(
  queries: Queries,
  { instanceId, applicationIds }: ConversationScope,
  id: string,
): Promise<ConversationKey | undefined> {
  if (applicationIds.length === 0) return undefined;
  const refused = await queries
    .selectFrom('refused_requests')
    .select(['sequence', 'id', 'bytes', 'application_id'])
    .where('instance_id', '=', instanceId)
    .where('id', '=', id)
    .executeTakeFirst();
  const row =
    refused ??
    // Their index has the ids, so no other row is read.
    (await queries
      .selectFrom('exchanges')
      .select(['sequence', 'id', 'bytes', 'application_id'])
      .where('application_id', 'in', applicationIds)
      .where('id', '=', id)
      .executeTakeFirst());
  if (!row) return undefined;
  const { application_id: applicationId, ...key } = row;
  return { ...key, applicationId, isRefused: refused !== undefined };
}
