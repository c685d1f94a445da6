import { SECOND_MS, type Clock } from '../platform/clock.ts';
import type { Sealer } from '../platform/crypto.ts';
import type { Logger } from '../platform/logger.ts';
import type { Database } from '../storage/database.ts';
import { claimDue, markFailed, markSent, type ClaimedMail } from './queue.ts';
import type { SmtpSender } from './smtp.ts';

/** How soon a message that was written goes out. */
const EVERY_MS = SECOND_MS;
/** Sent beside one another; a lease covers them all. */
const AT_ONCE = 5;

interface DeliveryNeeds {
  db: Database;
  sealer: Sealer;
  clock: Clock;
  log: Logger;
  smtp: SmtpSender;
}

/** Sends what the outbox holds, in the background. */
export function startDelivery(needs: DeliveryNeeds): {
  /** Resolves once nothing is being sent; what is left waits for the next start. */
  stop(): Promise<void>;
} {
  let isStopping = false;
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout;
  const schedule = () => {
    timer = setTimeout(() => {
      running = round();
    }, EVERY_MS);
    timer.unref();
  };
  const round = async () => {
    try {
      while (!isStopping && (await deliverDue(needs)) === AT_ONCE);
    } catch (error) {
      needs.log.error({ err: error }, 'delivering mail failed');
    }
    if (!isStopping) schedule();
  };
  schedule();
  return {
    stop() {
      isStopping = true;
      clearTimeout(timer);
      return running;
    },
  };
}

/** One round: claims what is due and sends it. Returns how many messages were tried. */
export async function deliverDue(needs: DeliveryNeeds): Promise<number> {
  const { db, sealer, clock } = needs;
  const claimed = await db.transaction((tx) => claimDue(tx, sealer, clock.now(), AT_ONCE));
  await Promise.all(claimed.map((mail) => deliver(needs, mail)));
  return claimed.length;
}

async function deliver({ db, clock, log, smtp }: DeliveryNeeds, mail: ClaimedMail): Promise<void> {
  const outcome = await smtp.send(mail);
  const { id: mailId, attempts } = mail;
  if (outcome.ok) {
    log.debug({ mailId, attempts }, 'mail sent');
    return db.transaction((tx) => markSent(tx, mail));
  }
  // Neither the address nor what the message says: the log is for whoever runs the server.
  log.warn({ mailId, attempts, reason: outcome.reason }, 'mail could not be sent');
  const { reason, isFinal } = outcome;
  await db.transaction((tx) => markFailed(tx, mail, { reason, isFinal, now: clock.now() }));
}
