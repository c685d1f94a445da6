import Koa from 'koa';
import { createCommands, type Commands } from '../domain/audit/commands.ts';
import { createRecorder } from '../domain/audit/recorder.ts';
import type { KeyCache } from '../domain/certificates/key-cache.ts';
import type { KeyPool } from '../domain/certificates/key-pool.ts';
import { createSigningKeys } from '../domain/certificates/signing-keys.ts';
import { createAssets } from '../foundation/http/assets.ts';
import type { VerifyToken } from '../foundation/http/bearer-token.ts';
import type { Mount, RequestState } from '../foundation/http/context.ts';
import { createCsrf } from '../foundation/http/csrf.ts';
import { errorHandler } from '../foundation/http/error-handler.ts';
import { createGate } from '../foundation/http/gate.ts';
import { healthRoutes } from '../foundation/http/health.ts';
import { refuseEncodedBody } from '../foundation/http/content-encoding.ts';
import { checkHost } from '../foundation/http/host.ts';
import { lazyRoutes, routerOf } from '../foundation/http/lazy-routes.ts';
import { createMetrics } from '../foundation/http/metrics.ts';
import type { RequestHandler } from '../foundation/http/pipelining.ts';
import { refuseOtherMethods } from '../foundation/http/other-methods.ts';
import { requestId } from '../foundation/http/request-id.ts';
import { secureCookies } from '../foundation/http/secure-cookies.ts';
import { securityHeaders } from '../foundation/http/security-headers.ts';
import type { StrictTransport } from '../foundation/http/strict-transport.ts';
import { createApplyOrganizationFile } from '../administration/organization-file/apply/apply.ts';
import { notifyAfterCommit } from '../domain/mail/after-commit.ts';
import { createOutbox } from '../domain/mail/outbox.ts';
import type { OperationNeeds } from '../administration/operations/open-organization.ts';
import { findOrganization } from '../domain/organizations/organization-store.ts';
import { findInstanceOf } from '../domain/organizations/instance-store.ts';
import type { Clock } from '../foundation/platform/clock.ts';
import type { Sealer } from '../foundation/platform/crypto.ts';
import { createAttemptQueue } from '../flows/signin/attempt-queue.ts';
import type { DeferredWork } from '../foundation/platform/deferred-work.ts';
import { notFound } from '../foundation/platform/errors.ts';
import type { Ids } from '../foundation/platform/ids.ts';
import { createSequence } from '../foundation/platform/sequence.ts';
import type { Logger } from '../foundation/platform/logger.ts';
import { resolveSample } from '../lab/samples/samples.ts';
import { modules, type ModuleNeeds } from './modules.ts';
import { createStartSignIn } from '../flows/signin/start.ts';
import type { Database } from '../foundation/storage/database.ts';
import type { FeatureModule } from '../flows/visit/feature-module.ts';
import { renderErrorPage } from '../flows/visit/error-page.tsx';
import { createShowPage } from '../flows/visit/pages.ts';
import { createSessionCookie } from '../flows/visit/session-cookie.ts';
import { createVisits } from '../flows/visit/visit.ts';

export interface AppNeeds {
  db: Database;
  clock: Clock;
  ids: Ids;
  sealer: Sealer;
  log: Logger;
  keyPool: KeyPool;
  /** For in-memory databases. */
  keyCache: KeyCache | undefined;
  publicUrl: URL;
  trustProxy: boolean;
  /** Whether only people at this machine can reach the server. */
  isLocalOnly: boolean;
  /** Default: off. */
  hsts?: StrictTransport | undefined;
  /** Sends mail through a mail server; without it, mail is only kept in the mailbox. */
  delivery: { wake(): void } | undefined;
  /** What answered requests still do. The caller settles it before the database is closed. */
  deferred: DeferredWork;
  /** Not called before `open`. */
  verifyToken: VerifyToken;
  /** Features before those of every server: `npm run dev` has some. */
  extraModules?: readonly FeatureModule<ModuleNeeds>[] | undefined;
}

/** The whole server, except for the listener. */
export interface App {
  handler: RequestHandler;
  /** All routes, so that a test can check a rule on every one of them. */
  routes(): Promise<readonly { method: string; path: string }[]>;
  commands: Commands;
  applyOrganizationFile: ReturnType<typeof createApplyOrganizationFile>;
  /** For the library's handles, which carry out operations without HTTP. */
  operationNeeds: OperationNeeds;
  /** Starts answering requests. Before, only health checks are answered; other requests wait. */
  open(): void;
  /** Runs this once, after the first response that isn't a health check. */
  onFirstVisit(action: () => void): void;
  /** Makes `/readyz` fail, so that a load balancer stops sending requests. */
  drain(): void;
}

/** The composition root: creates all parts of the server once, and mounts the routes of every feature. */
export function createApp(needs: AppNeeds): App {
  const { clock, ids, sealer, publicUrl, keyPool, keyCache, delivery } = needs;
  const { db, posted } = notifyAfterCommit(needs.db, () => delivery?.wake());
  const https = publicUrl.protocol === 'https:';
  const publicOrigin = publicUrl.origin;
  // Koa's own option `proxy` stays off: of several values of X-Forwarded-Host it believes the first, which the client
  // can have sent. foundation/http/forwarded.ts reads what a proxy says.
  const koa = new Koa<RequestState>();
  // Our own failures are logged where they are answered. What reaches this handler are broken or malformed
  // connections, which Koa would otherwise print to standard error.
  koa.on('error', (error: Error) => needs.log.debug({ cause: error.message }, 'a connection failed'));
  const gate = createGate();

  const assets = createAssets();
  const metrics = createMetrics();
  const record = createRecorder({ clock, ids });
  const commands = createCommands({ db, record });
  const postMail = createOutbox({ clock, ids, sealer, delivers: delivery !== undefined, posted });
  const nextExchange = createSequence(clock);
  const signingKeys = createSigningKeys({ sealer });
  const csrf = createCsrf(sealer);
  const visits = createVisits({ db, clock, ids, https });
  const show = createShowPage(assets, { csrf, visits });
  const sessions = createSessionCookie(koa, { db, https });
  const startSignIn = createStartSignIn({ db, ids, sealer, visits });
  const features = [...(needs.extraModules ?? []), ...modules];
  const continuations = Object.fromEntries(
    features.flatMap((each) => Object.entries(each.continuations?.({ db }) ?? {})),
  );

  const operationNeeds: OperationNeeds = {
    ...{ db, clock, ids, commands, record, postMail, sealer, keyPool, keyCache, signingKeys, publicOrigin },
    nextExchange,
    deferred: needs.deferred,
    resolveSample,
  };
  const applyOrganizationFile = createApplyOrganizationFile({
    ...operationNeeds,
    keyCache,
    resolveSample: (name, directoryId) => resolveSample(name, { publicOrigin, directoryId }),
  });
  const parts: ModuleNeeds = {
    ...operationNeeds,
    attempts: createAttemptQueue({ db }),
    ...{ https, publicUrl, csrf, visits, sessions, show, startSignIn, continuations },
    applyOrganizationFile,
    ...{ sendsMail: delivery !== undefined, isLocalOnly: needs.isLocalOnly },
    verifyToken: needs.verifyToken,
  };

  const ready = () =>
    db.ping().then(
      () => gate.isOpen(),
      () => false,
    );
  const router = routerOf([
    homeRoute(db),
    healthRoutes({ ready, metrics: metrics.text }),
    ...features.flatMap((each) => each.routes?.(parts) ?? []),
  ]);
  const lazy = features.flatMap(({ lazyRoutes: routes }) =>
    routes ? lazyRoutes(routes.below, () => routes.load(parts)) : [],
  );

  koa.use(requestId({ ids, log: needs.log, trustProxy: needs.trustProxy }));
  koa.use(metrics.middleware);
  for (const middleware of securityHeaders(publicUrl, needs.hsts ?? 'off')) koa.use(middleware);
  koa.use(secureCookies({ https }));
  koa.use(errorHandler({ renderPage: renderErrorPage(show, visits) }));
  koa.use(checkHost(publicUrl, needs.trustProxy));
  koa.use(refuseEncodedBody);
  koa.use(assets.middleware);
  koa.use(gate.middleware);
  koa.use(sessions.middleware);
  for (const { middleware } of lazy) koa.use(middleware);
  koa.use(router.routes());
  koa.use(refuseOtherMethods);

  return {
    handler: koa.callback(),
    routes: async () => {
      const routers = [router, ...(await Promise.all(lazy.map((routes) => routes.router())))];
      return routers
        .flatMap(({ stack }) => stack)
        .flatMap(({ methods, path }) => methods.map((method) => ({ method, path: String(path) })));
    },
    commands,
    operationNeeds,
    applyOrganizationFile,
    open: gate.open,
    onFirstVisit: gate.onFirstVisit,
    drain: gate.close,
  };
}

/** Redirects `/` to the portal of the default organization. */
function homeRoute(db: Database): Mount {
  return (router) => {
    router.get('/', async (ctx) => {
      const organization = await findOrganization(db.read, 'default');
      const instance = organization && (await findInstanceOf(db.read, organization.id));
      if (!instance) throw notFound('An organization');
      ctx.redirect(`/${instance.alias ?? instance.directoryId}/start`);
    });
  };
}
