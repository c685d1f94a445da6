import type { Instant } from '../../foundation/platform/clock.ts';
import type { Sealer } from '../../foundation/platform/crypto.ts';
import type { InstanceId, SessionId } from '../../foundation/platform/ids.ts';
import type { Queries, Tx } from '../../foundation/storage/database.ts';
import type { Session } from './session.ts';

/** The response that a session got to its latest request. */
export interface LastAnswer {
  /** A hash of the request's token. */
  to: string;
  content: string;
  /** When it is forgotten, in policy time. */
  until: Instant;
}

/** Names row and column: a sealed answer that is moved to another session can't be opened. */
const contextOf = (id: SessionId): string => `session last answer ${id}`;

/**
 * Keeps an answer in place of the session's earlier one. It is sealed, since a response signs its reader in at the
 * service provider. One for each session, so that a flood of requests keeps no more; it ends with the session, so that
 * nobody sees it after signing out.
 */
export async function keepLastAnswer(
  tx: Tx,
  sealer: Sealer,
  { instanceId, id }: Pick<Session, 'instanceId' | 'id'>,
  { to, content, until }: LastAnswer,
): Promise<void> {
  await tx
    .updateTable('sessions')
    .set({
      last_answer_to: to,
      last_answer_until: until,
      last_answer: sealer.seal(content, contextOf(id)),
    })
    .where('instance_id', '=', instanceId)
    .where('id', '=', id)
    .execute();
}

/** The content of the session's kept answer, if it is to this request and not forgotten at `at`. */
export async function findLastAnswer(
  queries: Queries,
  sealer: Sealer,
  { instanceId, id }: Pick<Session, 'instanceId' | 'id'>,
  to: string,
  at: Instant,
): Promise<string | undefined> {
  const row = await queries
    .selectFrom('sessions')
    .select('last_answer')
    .where('instance_id', '=', instanceId)
    .where('id', '=', id)
    .where('last_answer_to', '=', to)
    .where('last_answer_until', '>', at)
    .executeTakeFirst();
  return row?.last_answer == null ? undefined : sealer.open(row.last_answer, contextOf(id));
}

/** Erases answers that are forgotten, at most `batch` of them. Returns how many it erased. */
export async function eraseLastAnswers(
  tx: Tx,
  instanceId: InstanceId,
  at: Instant,
  batch: number,
): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('sessions')
    .set({ last_answer_to: null, last_answer_until: null, last_answer: null })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('sessions')
        .select('id')
        .where('instance_id', '=', instanceId)
        .where('last_answer_until', '<=', at)
        .limit(batch),
    )
    .executeTakeFirst();
  return Number(numUpdatedRows);
}
