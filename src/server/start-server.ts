import { createApp, type App } from './app.ts';
import type { KeyCache } from '../domain/certificates/key-cache.ts';
import { generateKeyPair } from '../domain/certificates/key-pair.ts';
import { createKeyPool } from '../domain/certificates/key-pool.ts';
import type { Closing } from './closing.ts';
import { listen, type Listener } from '../foundation/http/listener.ts';
import { startDelivery, type Delivery } from '../domain/mail/delivery.ts';
import { createSmtpSender } from '../domain/mail/smtp.ts';
import { defaultSender } from '../domain/mail/smtp-url.ts';
import { startMaintenance } from './maintenance.ts';
import type { Clock } from '../foundation/platform/clock.ts';
import type { Sealer } from '../foundation/platform/crypto.ts';
import { randomIds, type Ids } from '../foundation/platform/ids.ts';
import type { Logger } from '../foundation/platform/logger.ts';
import { warmUpXml } from '../protocols/saml/xml/libxml.ts';
import type { Database } from '../foundation/storage/database.ts';

const POOLED_KEYS = 2;
/** A port that is free on one loopback address may be taken on the other: then another free one is tried. */
const FREE_PORT_TRIES = 10;

export const LOOPBACK: readonly string[] = ['127.0.0.1', '::1'];

export interface ServerNeeds {
  /** Up to date. The server doesn't close it. */
  db: Database;
  sealer: Sealer;
  log: Logger;
  clock: Clock;
  ids?: Ids;
  /** For databases that don't outlive the process. */
  keyCache: KeyCache | undefined;
  hosts: readonly string[];
  /** 0: any free one. */
  port: number;
  /** Absent: `http://localhost` with the port. */
  publicUrl: URL | undefined;
  trustProxy: boolean;
  /** The mail server; absent: mail is only kept in the mailbox. */
  smtp?: { url: URL; from?: string | undefined } | undefined;
  /** Not asked before `open`. */
  verifyToken(token: string): boolean;
}

/** A server that listens. Until it is opened only its health is answered; other requests wait. */
export interface Server {
  readonly app: App;
  readonly port: number;
  readonly publicUrl: URL;
  /** Lets requests in. `warm` makes keys in the background, and loads libraries once somebody is there, so that nobody waits for them later. */
  open(options: { warm: boolean }): void;
}

/**
 * What `vestibule serve`, the library and the tests have in common: maintenance, keys, the listener and the app, with
 * what stops each added to `closing` as it starts. Nothing of the process is touched: no signals, output or environment.
 * Rejects when the port can't be listened on.
 */
export async function startServer(needs: ServerNeeds, closing: Closing): Promise<Server> {
  const { db, sealer, log, clock, ids = randomIds, keyCache, trustProxy, smtp, verifyToken } = needs;
  const maintenance = startMaintenance({ db, clock, log });
  closing.add(() => maintenance.stop());
  let delivery: Delivery | undefined = undefined;
  // Closed after the listener, which is opened later: what requests in flight write may still go out.
  closing.add((graceMs) => delivery?.stop(graceMs));
  const keyPool = createKeyPool({ size: POOLED_KEYS, generate: () => generateKeyPair(2048) });
  closing.add(() => keyPool.close());

  // The port is known before anything needs the public URL.
  const listener = await bind(needs.hosts, needs.port);
  closing.add((graceMs) => listener.close(graceMs));
  log.info(`listening on port ${listener.port}`);
  const publicUrl = needs.publicUrl ?? new URL(`http://localhost:${listener.port}`);
  if (smtp) {
    const { url, from = defaultSender(publicUrl) } = smtp;
    delivery = startDelivery({ db, sealer, clock, log, smtp: createSmtpSender({ url, from }) });
  }
  const app = createApp({
    ...{ db, clock, ids, sealer, log, keyPool, keyCache, publicUrl, trustProxy },
    delivery,
    verifyToken: (token) => verifyToken(token),
  });
  closing.add(() => app.drain());
  listener.serve(app.handler);
  return {
    app,
    port: listener.port,
    publicUrl,
    open({ warm }) {
      app.open();
      if (!warm) return;
      keyPool.fill();
      // Whoever is there will come to the XML library soon; a server that nobody visits does without it.
      app.onFirstVisit(() => void warmUpXml());
    },
  };
}

async function bind(hosts: readonly string[], port: number): Promise<Listener> {
  for (let tries = 1; ; tries++) {
    try {
      return await listen(hosts, port);
    } catch (error) {
      const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (port !== 0 || !inUse || tries >= FREE_PORT_TRIES) throw error;
    }
  }
}
