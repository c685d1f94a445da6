import type { Clock, Instant } from '../../foundation/platform/clock.ts';
import type { Sealer } from '../../foundation/platform/crypto.ts';
import { newMailId, type Ids, type MailId, type OrganizationId } from '../../foundation/platform/ids.ts';
import { createSequence } from '../../foundation/platform/sequence.ts';
import type { Tx } from '../../foundation/storage/database.ts';
import type { NewMail } from './mail.ts';
import { sealBody } from './mail-body.ts';

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

interface OutboxNeeds {
  clock: Clock;
  ids: Ids;
  sealer: Sealer;
  /** Whether a mail server is configured. */
  delivers: boolean;
  /** Is told of each transaction in which something was written. */
  posted?(tx: Tx): void;
}

/** Makes the one way in which mail is written. */
export function createOutbox({ clock, ids, sealer, delivers, posted }: OutboxNeeds): PostMail {
  const next = createSequence(clock);
  return async (tx, organizationId, { kind, to, subject, text, html }, at) => {
    const now = clock.now();
    const id = newMailId(ids);
    await tx
      .insertInto('mails')
      .values({
        ...{ id, organization_id: organizationId, sequence: next(), kind, to_address: to, subject },
        ...sealBody(sealer, id, { text, html }),
        created_at: at,
        status: delivers ? 'pending' : 'kept',
        attempts: 0,
        next_attempt_at: delivers ? now : null,
        last_error: null,
      })
      .execute();
    posted?.(tx);
    return id;
  };
}
