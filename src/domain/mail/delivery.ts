import { MINUTE_MS, SECOND_MS, type Clock } from '../../foundation/platform/clock.ts';
import type { Sealer } from '../../foundation/platform/crypto.ts';
import type { Logger } from '../../foundation/platform/logger.ts';
import type { Database } from '../../foundation/storage/database.ts';
import { claimDue, handBack, hasPending, markFailed, markSent, type ClaimedMail } from './queue-store.ts';
import type { SmtpSender } from './smtp.ts';

/** The pause between rounds while a message waits for its next attempt. */
const EVERY_MS = SECOND_MS;
/**
 * The pause while no message waits. It isn't endless: another server on this database may post a message and
 * stop before it sends it.
 */
const IDLE_MS = 30 * SECOND_MS;
/** Messages sent in parallel. */
const MAX_PARALLEL = 5;
/**
 * The time limit for sending one message, shorter than its lease: a mail server that answers one byte at a
 * time must not hold it longer.
 */
const TRY_MS = 2 * MINUTE_MS;

interface DeliveryNeeds {
  db: Database;
  sealer: Sealer;
  clock: Clock;
  log: Logger;
  smtp: SmtpSender;
}

/** Sends pending mail in the background. */
export interface Delivery {
  /** Sends now: a new message has been committed. */
  wake(): void;
  /**
   * Stops sending, and resolves once no message is being sent. Messages still being sent after `graceMs` are
   * broken off. Unsent messages wait for the next start.
   */
  stop(graceMs: number): Promise<void>;
}

/** Starts sending pending mail: at once when woken, and in rounds otherwise. */
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
      let tried = MAX_PARALLEL;
      while (tried === MAX_PARALLEL && !stopping.signal.aborted) {
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

/**
 * Claims the messages that are due and sends them. Returns how many it tried. `signal` breaks off the ones
 * being sent.
 */
export async function deliverDue(needs: DeliveryNeeds, signal?: AbortSignal): Promise<number> {
  const { db, sealer, clock } = needs;
  const claimed = await db.transaction((tx) => claimDue(tx, sealer, clock.now(), MAX_PARALLEL));
  const outcomes = await Promise.allSettled(claimed.map((mail) => deliver(needs, mail, signal)));
  // The outcome couldn't be stored. The message is tried again once its lease is over.
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
  // Neither the recipient nor the content: the server's operators, who read the log, must not see users'
  // mail.
  log.warn({ mailId, attempts, reason: outcome.reason }, 'mail could not be sent');
  const { reason, isFinal } = outcome;
  await db.transaction((tx) => markFailed(tx, mail, { reason, isFinal, now: clock.now() }));
}
