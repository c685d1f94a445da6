import type { Clock, Instant } from '../platform/clock.ts';
import { newMailId, type Ids, type MailId, type OrganizationId } from '../platform/ids.ts';
import type { Tx } from '../storage/database.ts';
import type { NewMail } from './mail.ts';

/**
 * Writes a message in the transaction of what it is about: it goes out if and only if that is committed. `at` is policy
 * time. Answers with its id.
 */
export type PostMail = (
  tx: Tx,
  organizationId: OrganizationId,
  mail: NewMail,
  at: Instant,
) => Promise<MailId>;

/** Makes the one way in which mail is written. `delivers` tells whether a mail server is configured. */
export function createOutbox(needs: { clock: Clock; ids: Ids; delivers: boolean }): PostMail {
  const { clock, ids, delivers } = needs;
  let sequence = 0;
  return async (tx, organizationId, { kind, to, subject, text, html }, at) => {
    const now = clock.now();
    // Always growing here; messages of several servers are in order as far as their clocks agree.
    sequence = Math.max(sequence + 1, now * 1000);
    const id = newMailId(ids);
    await tx
      .insertInto('mails')
      .values({
        ...{ id, organization_id: organizationId, sequence, kind, to_address: to, subject, text, html },
        created_at: at,
        status: delivers ? 'pending' : 'kept',
        attempts: 0,
        next_attempt_at: delivers ? now : null,
        last_error: null,
      })
      .execute();
    return id;
  };
}
