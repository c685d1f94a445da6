import Koa from 'koa';
import { createCommands, type Commands } from './audit/commands.ts';
import { createRecorder } from './audit/recorder.ts';
import type { KeyCache } from './certificates/key-cache.ts';
import type { KeyPool } from './certificates/key-pool.ts';
import { createSigningKeys } from './certificates/signing-keys.ts';
import { createAssets } from './http/assets.ts';
import type { Mount, RequestState } from './http/context.ts';
import { createCsrf } from './http/csrf.ts';
import { errorHandler } from './http/error-handler.ts';
import { createGate } from './http/gate.ts';
import { healthRoutes } from './http/health.ts';
import { checkHost } from './http/host.ts';
import { lateRoutes, routerOf } from './http/late-routes.ts';
import { createMetrics } from './http/metrics.ts';
import type { RequestHandler } from './http/listener.ts';
import { refuseOtherMethods } from './http/other-methods.ts';
import { requestId } from './http/request-id.ts';
import { secureCookies } from './http/secure-cookies.ts';
import { securityHeaders } from './http/security-headers.ts';
import { idpContinuations } from './idp/continuations.ts';
import { rehearsalRoutes } from './idp/rehearsal-routes.tsx';
import { idpRoutes } from './idp/routes.ts';
import { createApplyOrganizationFile } from './organization-file/apply.ts';
import { tellAfterCommit } from './mail/after-commit.ts';
import { createOutbox } from './mail/outbox.ts';
import type { OperatorNeeds } from './operator/operator.ts';
import { findInstanceOf, findOrganization } from './organizations/store.ts';
import type { Clock } from './platform/clock.ts';
import type { Sealer } from './platform/crypto.ts';
import { notFound } from './platform/errors.ts';
import type { Ids } from './platform/ids.ts';
import { createSequence } from './platform/sequence.ts';
import type { Logger } from './platform/logger.ts';
import { homeRoutes } from './portal/home-routes.tsx';
import { mfaDeviceRoutes } from './portal/mfa-device-routes.tsx';
import { registerDeviceRoutes } from './portal/register-device-routes.tsx';
import { sessionRoutes } from './portal/session-routes.tsx';
import { portalContinuations } from './portal/signed-in.ts';
import { trustedDeviceRoutes } from './portal/trusted-device-routes.tsx';
import { sampleRoutes } from './samples/routes.ts';
import { resolveSample } from './samples/samples.ts';
import { mfaRoutes } from './signin/mfa-routes.ts';
import { forgotPasswordRoutes } from './signin/forgot-password-routes.tsx';
import { passwordLinkRoutes } from './signin/password-link-routes.tsx';
import { registrationRoutes } from './signin/registration-routes.ts';
import { signInRoutes } from './signin/routes.ts';
import { signOutRoutes } from './signin/sign-out.tsx';
import { createStartSignIn } from './signin/start.ts';
import type { Database } from './storage/database.ts';
import { addressRoutes } from './visit/address-routes.tsx';
import { renderErrorPage } from './visit/error-page.tsx';
import { createShowPage } from './visit/pages.ts';
import { createSessionCookie } from './visit/session-cookie.ts';
import { createVisits } from './visit/visit.ts';

export interface AppNeeds {
  db: Database;
  clock: Clock;
  ids: Ids;
  sealer: Sealer;
  log: Logger;
  keyPool: KeyPool;
  /** For databases that don't outlive the process. */
  keyCache: KeyCache | undefined;
  publicUrl: URL;
  trustProxy: boolean;
  /** Sends mail to a mail server; without it mail is only kept in the mailbox. */
  delivery: { wake(): void } | undefined;
  /** Not asked before `open`. */
  verifyToken(token: string): boolean;
}

/** The whole server but its listening. */
export interface App {
  handler: RequestHandler;
  /** Every address that is answered: a rule that all of them must keep can be tested on all of them. */
  routes(): Promise<readonly { method: string; path: string }[]>;
  commands: Commands;
  applyOrganizationFile: ReturnType<typeof createApplyOrganizationFile>;
  /** What operators ask for without http: the library's handles. */
  operator: OperatorNeeds;
  /** Lets requests in. Before it only health is answered; the others wait. */
  open(): void;
  /** Has this done once, after the first answer that isn't about health. */
  onFirstVisit(action: () => void): void;
  /** Makes `/readyz` say no, so that a load balancer looks elsewhere. */
  drain(): void;
}

/** The composition root: builds everything once and mounts every feature. */
export function createApp(needs: AppNeeds): App {
  const { clock, ids, sealer, publicUrl, keyPool, keyCache, delivery } = needs;
  const { db, posted } = tellAfterCommit(needs.db, () => delivery?.wake());
  const https = publicUrl.protocol === 'https:';
  const publicOrigin = publicUrl.origin;
  // Of X-Forwarded-For only the last address is the proxy's own word; those before it are whatever the client sent.
  const koa = new Koa<RequestState>({ proxy: needs.trustProxy, maxIpsCount: 1 });
  // Failures of ours are logged where they are answered. What is left are connections that clients broke or garbled,
  // which Koa would print to standard error for each of them.
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
  const startSignIn = createStartSignIn({ db, ids, visits });
  const continuations = { ...idpContinuations({ db }), ...portalContinuations };
  const samplesAt = (name: string, place: Parameters<typeof resolveSample>[1]) => resolveSample(name, place);
  const visiting = { db, ids, record, csrf, visits, sessions, show, startSignIn };

  const signingIn = { ...visiting, sealer, commands, postMail, continuations, publicUrl };
  const answering = { ...visiting, signingKeys, publicOrigin, nextExchange };
  const portal = { ...visiting, sealer, commands, publicUrl };

  const operator: OperatorNeeds = {
    ...{ db, clock, ids, commands, record, postMail, sealer, keyPool, keyCache, signingKeys, publicOrigin },
    nextExchange,
    resolveSample: samplesAt,
  };
  const applyOrganizationFile = createApplyOrganizationFile({
    ...operator,
    keyCache,
    resolveSample: (name, directoryId) => samplesAt(name, { publicOrigin, directoryId }),
  });

  const ready = () =>
    db.ping().then(
      () => gate.isOpen(),
      () => false,
    );
  const router = routerOf([
    homeRoute(db),
    healthRoutes({ ready, metrics: metrics.text }),
    sampleRoutes({ db, ids, clock, visits, show, publicOrigin, sealer, https }),
    idpRoutes(answering),
    rehearsalRoutes(answering),
    signInRoutes(signingIn),
    mfaRoutes(signingIn),
    forgotPasswordRoutes(signingIn),
    passwordLinkRoutes(signingIn),
    registrationRoutes(signingIn),
    signOutRoutes(signingIn),
    homeRoutes(portal),
    registerDeviceRoutes(portal),
    mfaDeviceRoutes(portal),
    trustedDeviceRoutes(portal),
    sessionRoutes(portal),
    addressRoutes({ csrf, visits, show, https }),
  ]);
  const control = lateRoutes('/api', async () => {
    const [{ controlRoutes, createControlApi }, { apiPageRoutes }] = await Promise.all([
      import('./control/routes.ts'),
      import('./control/api-page.tsx'),
    ]);
    const { verifyToken } = needs;
    const api = createControlApi({ ...operator, applyOrganizationFile, verifyToken });
    return [controlRoutes(api, verifyToken), apiPageRoutes(api, { publicOrigin, show })];
  });

  koa.use(requestId({ ids, log: needs.log }));
  koa.use(metrics.middleware);
  for (const middleware of securityHeaders({ https })) koa.use(middleware);
  koa.use(secureCookies({ https }));
  koa.use(errorHandler({ renderPage: renderErrorPage(show, visits) }));
  koa.use(checkHost(publicUrl));
  koa.use(assets.middleware);
  koa.use(gate.middleware);
  koa.use(sessions.middleware);
  koa.use(control.middleware);
  koa.use(router.routes());
  koa.use(refuseOtherMethods);

  return {
    handler: koa.callback(),
    routes: async () =>
      [...router.stack, ...(await control.router()).stack].flatMap(({ methods, path }) =>
        methods.map((method) => ({ method, path: String(path) })),
      ),
    commands,
    operator,
    applyOrganizationFile,
    open: gate.open,
    onFirstVisit: gate.onFirstVisit,
    drain: gate.close,
  };
}

/** The portal of the default organization. */
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
