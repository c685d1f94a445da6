import type { Clock, Instant } from '../../foundation/platform/clock.ts';
import type { Sealer } from '../../foundation/platform/crypto.ts';
import {
  newMailId,
  type Ids,
  type MailId,
  type OrganizationId,
  type UserId,
} from '../../foundation/platform/ids.ts';
import { createSequence } from '../../foundation/platform/sequence.ts';
import type { Tx } from '../../foundation/storage/database.ts';
import type { NewMail } from './mail.ts';
import { sealBody } from './mail-body.ts';
import { mailSearchKey } from './list-store.ts';
import { insertMail } from './store.ts';

/**
 * Posts a message in the transaction of the change that it is about, so that it is sent if and only if the
 * change is committed. `at` is policy time. Returns the message's id.
 */
export type PostMail = (
  tx: Tx,
  organizationId: OrganizationId,
  mail: NewMail,
  at: Instant,
  about?: MailOrigin,
) => Promise<MailId>;

/** What a message belongs to. */
export interface MailOrigin {
  /** The message's id, if it had to be known before. */
  id?: MailId | undefined;
  /** Whom it is for. */
  userId?: UserId | undefined;
  /** The event that caused it. */
  eventId?: string | undefined;
}

interface OutboxNeeds {
  clock: Clock;
  ids: Ids;
  sealer: Sealer;
  /** Whether a mail server is configured. */
  delivers: boolean;
  /** Called with each transaction in which a message was posted. */
  posted?(tx: Tx): void;
}

/** Creates the outbox. All mail is written through it. */
export function createOutbox({ clock, ids, sealer, delivers, posted }: OutboxNeeds): PostMail {
  const next = createSequence(clock);
  return async (tx, organizationId, { kind, to, subject, text, html }, at, about = {}) => {
    const now = clock.now();
    const { id = newMailId(ids), userId = null, eventId = null } = about;
    await insertMail(tx, {
      ...{ id, organization_id: organizationId, sequence: next(), kind, to_address: to, subject },
      ...sealBody(sealer, id, { text, html }),
      created_at: at,
      status: delivers ? 'pending' : 'kept',
      attempts: 0,
      next_attempt_at: delivers ? now : null,
      last_error: null,
      search_key: mailSearchKey(to, subject),
      ...{ user_id: userId, event_id: eventId },
    });
    posted?.(tx);
    return id;
  };
}
