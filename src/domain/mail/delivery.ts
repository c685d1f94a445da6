import { MINUTE_MS, SECOND_MS, type Clock } from '../../foundation/platform/clock.ts';
import type { Sealer } from '../../foundation/platform/crypto.ts';
import type { Logger } from '../../foundation/platform/logger.ts';
import type { Database } from '../../foundation/storage/database.ts';
import { claimDue, handBack, hasPending, markFailed, markSent, type ClaimedMail } from './queue.ts';
import type { SmtpSender } from './smtp.ts';

/** While something waits for its next try. */
const EVERY_MS = SECOND_MS;
/** While nothing waits: another server of this database may write something and be gone before it sends it. */
const IDLE_MS = 30 * SECOND_MS;
/** Sent beside one another; a lease covers them all. */
const AT_ONCE = 5;
/** What a message may take, below its lease: a mail server that answers a byte at a time must not hold it longer. */
const TRY_MS = 2 * MINUTE_MS;

interface DeliveryNeeds {
  db: Database;
  sealer: Sealer;
  clock: Clock;
  log: Logger;
  smtp: SmtpSender;
}

/** Sends what the outbox holds, in the background. */
export interface Delivery {
  /** Something was written, and is committed: it goes out now. */
  wake(): void;
  /**
   * Resolves once nothing is being sent; after `graceMs` what is, is broken off. What is left waits for the next start.
   */
  stop(graceMs: number): Promise<void>;
}

export function startDelivery(needs: DeliveryNeeds): Delivery {
  const { db, log } = needs;
  const stopping = new AbortController();
  const breakingOff = new AbortController();
  let wakes = 0;
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  const start = () => {
    clearTimeout(timer);
    running ??= round();
  };
  const schedule = (ms: number) => {
    timer = setTimeout(start, ms);
    timer.unref();
  };
  const round = async () => {
    const seen = wakes;
    let pauseMs = EVERY_MS;
    try {
      let tried = AT_ONCE;
      while (tried === AT_ONCE && !stopping.signal.aborted) {
        tried = await deliverDue(needs, breakingOff.signal);
      }
      pauseMs = (await hasPending(db.read)) ? EVERY_MS : IDLE_MS;
    } catch (error) {
      log.error({ err: error }, 'delivering mail failed');
    }
    running = undefined;
    if (!stopping.signal.aborted) schedule(wakes === seen ? pauseMs : 0);
  };
  schedule(EVERY_MS);
  return {
    wake() {
      wakes += 1;
      if (!stopping.signal.aborted) start();
    },
    async stop(graceMs) {
      stopping.abort();
      clearTimeout(timer);
      const patience = setTimeout(() => breakingOff.abort(), graceMs);
      await running;
      clearTimeout(patience);
    },
  };
}

/** One round: claims what is due and sends it. Returns how many messages were tried. `signal` breaks off what is under way. */
export async function deliverDue(needs: DeliveryNeeds, signal?: AbortSignal): Promise<number> {
  const { db, sealer, clock } = needs;
  const claimed = await db.transaction((tx) => claimDue(tx, sealer, clock.now(), AT_ONCE));
  const outcomes = await Promise.allSettled(claimed.map((mail) => deliver(needs, mail, signal)));
  // What came of it could not be written down: the lease runs out, and it is tried again.
  for (const each of outcomes) if (each.status === 'rejected') throw each.reason;
  return claimed.length;
}

async function deliver(
  { db, clock, log, smtp }: DeliveryNeeds,
  mail: ClaimedMail,
  signal: AbortSignal | undefined,
): Promise<void> {
  const limit = AbortSignal.timeout(TRY_MS);
  const outcome = await smtp.send(mail, signal ? AbortSignal.any([signal, limit]) : limit);
  const { id: mailId, attempts } = mail;
  if (outcome.ok) {
    log.debug({ mailId, attempts }, 'mail sent');
    return db.transaction((tx) => markSent(tx, mail));
  }
  if (signal?.aborted) return db.transaction((tx) => handBack(tx, mail, clock.now()));
  // Neither the address nor what the message says: the log is for whoever runs the server.
  log.warn({ mailId, attempts, reason: outcome.reason }, 'mail could not be sent');
  const { reason, isFinal } = outcome;
  await db.transaction((tx) => markFailed(tx, mail, { reason, isFinal, now: clock.now() }));
}
