import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { ApplicationId, InstanceId } from '../../../foundation/platform/ids.ts';
import type { SizedKey } from '../../../foundation/storage/paging.ts';

/** The key of a conversation, in whichever table it is. */
export interface ConversationKey extends SizedKey {
  readonly applicationId: ApplicationId;
  readonly isRefused: boolean;
}

/** The applications whose conversations are listed: those of an instance, or one of them. */
export interface ConversationScope {
  readonly instanceId: InstanceId;
  readonly applicationIds: readonly ApplicationId[];
}

/** For `where`: the rows of `exchanges` with these keys, by their index. */
export const atKeys = (keys: readonly ConversationKey[]): RawBuilder<SqlBool> =>
  sql`(${sql.join(
    keys.map(
      ({ applicationId, sequence, id }) =>
        sql`(application_id = ${applicationId} and sequence = ${sequence} and id = ${id})`,
    ),
    sql` or `,
  )})`;
