import { createApp, type App, type AppNeeds } from './app.ts';
import type { KeyCache } from '../domain/certificates/key-cache.ts';
import { generateKeyPair } from '../domain/certificates/key-pair.ts';
import { createKeyPool } from '../domain/certificates/key-pool.ts';
import type { Closing } from './closing.ts';
import type { VerifyToken } from '../foundation/http/bearer-token.ts';
import { listen, type Listener } from '../foundation/http/listener.ts';
import type { StrictTransport } from '../foundation/http/strict-transport.ts';
import { startDelivery, type Delivery } from '../domain/mail/delivery.ts';
import { createSmtpSender } from '../domain/mail/smtp.ts';
import type { Sender } from '../domain/mail/email-address.ts';
import { defaultSender } from '../domain/mail/smtp-url.ts';
import { startMaintenance } from './maintenance.ts';
import type { Clock } from '../foundation/platform/clock.ts';
import type { Sealer } from '../foundation/platform/crypto.ts';
import { createDeferredWork } from '../foundation/platform/deferred-work.ts';
import { isLoopbackName } from '../foundation/platform/loopback.ts';
import { randomIds, type Ids } from '../foundation/platform/ids.ts';
import type { Logger } from '../foundation/platform/logger.ts';
import { warmUpXml } from '../protocols/saml/xml/libxml.ts';
import type { Database } from '../foundation/storage/database.ts';

const POOLED_KEYS = 2;
/** A port that is free on one loopback address can be taken on the other; then another is tried. */
const FREE_PORT_TRIES = 10;

export const LOOPBACK: readonly string[] = ['127.0.0.1', '::1'];

export interface ServerNeeds {
  /** Migrated. The caller closes it. */
  db: Database;
  sealer: Sealer;
  log: Logger;
  clock: Clock;
  ids?: Ids;
  /** For in-memory databases. */
  keyCache: KeyCache | undefined;
  hosts: readonly string[];
  /** 0: any free port. */
  port: number;
  /** Default: `http://localhost:<port>`. */
  publicUrl: URL | undefined;
  trustProxy: boolean;
  /** Default: off. */
  hsts?: StrictTransport | undefined;
  /** The mail server; absent: mail is only kept in the mailbox. */
  smtp?: { url: URL; from?: Sender | undefined } | undefined;
  /** Not called before `open`. */
  verifyToken: VerifyToken;
  /** As in AppNeeds. */
  extraModules?: AppNeeds['extraModules'];
}

/** A listening server. Until it is opened, it answers only health checks; other requests wait. */
export interface Server {
  readonly app: App;
  readonly port: number;
  readonly publicUrl: URL;
  /**
   * Starts answering requests. `warm` generates keys in the background, and loads the XML libraries after the
   * first visit, so that later requests don't wait for them.
   */
  open(options: { warm: boolean }): void;
}

/**
 * Starts what `vestibule serve`, the library and the tests have in common: maintenance, keys, the listener
 * and the app. Each part's stop is added to `closing` as it starts. The process is left alone: no signals,
 * output or environment. Rejects when the port can't be opened.
 */
export async function startServer(needs: ServerNeeds, closing: Closing): Promise<Server> {
  const { db, sealer, log, clock, ids = randomIds, keyCache, trustProxy, hsts, smtp, verifyToken } = needs;
  const maintenance = startMaintenance({ db, clock, log });
  closing.add(() => maintenance.stop());
  let delivery: Delivery | undefined = undefined;
  // Closing runs in reverse order: added before the listener, mail delivery stops after it, because requests in
  // flight may still send mail.
  closing.add((graceMs) => delivery?.stop(graceMs));
  const deferred = createDeferredWork(log);
  // Added after mail delivery and before the listener: it ends after the requests that defer work.
  closing.add(() => deferred.settle());
  const keyPool = createKeyPool({ size: POOLED_KEYS, generate: () => generateKeyPair(2048) });
  closing.add(() => keyPool.close());

  // Bound first, because the public URL can depend on the port.
  const listener = await bind(needs.hosts, needs.port);
  closing.add((graceMs) => listener.close(graceMs));
  log.debug(`listening on port ${listener.port}`);
  const publicUrl = needs.publicUrl ?? new URL(`http://localhost:${listener.port}`);
  if (smtp) {
    const { url, from = defaultSender(publicUrl) } = smtp;
    delivery = startDelivery({ db, sealer, clock, log, smtp: createSmtpSender({ url, from }) });
  }
  // Behind a proxy a listener on loopback serves strangers.
  const isLocalOnly = listener.isLoopback && isLoopbackName(publicUrl.hostname) && !trustProxy;
  const app = createApp({
    ...{ db, clock, ids, sealer, log, keyPool, keyCache, publicUrl, trustProxy, hsts },
    ...{ delivery, isLocalOnly },
    deferred,
    extraModules: needs.extraModules,
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
      // A visitor will soon need the XML library; a server without visitors saves loading it.
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
