import Router from '@koa/router';
import Koa from 'koa';
import {
  DEFAULT_SETTINGS,
  type ApplicationSettings,
} from '../../../../src/domain/applications/application.ts';
import { addCertificate } from '../../../../src/domain/certificates/commands.ts';
import type { Assets } from '../../../../src/foundation/http/assets.ts';
import type { RequestState } from '../../../../src/foundation/http/context.ts';
import { errorHandler } from '../../../../src/foundation/http/error-handler.ts';
import { listen } from '../../../../src/foundation/http/listener.ts';
import { requestId } from '../../../../src/foundation/http/request-id.ts';
import { addressesOf } from '../../../../src/flows/idp/addresses.ts';
import type { SettingsInput } from '../../../../src/domain/organizations/settings.ts';
import { DAY_MS } from '../../../../src/foundation/platform/clock.ts';
import { newApplicationId } from '../../../../src/foundation/platform/ids.ts';
import { createSealer } from '../../../../src/foundation/platform/crypto.ts';
import { createLogger } from '../../../../src/foundation/platform/logger.ts';
import { sampleRoutes } from '../../../../src/lab/samples/routes.ts';
import { findSample, resolveSample, sampleAddresses } from '../../../../src/lab/samples/samples.ts';
import { buildAssertion, type AssertionInput } from '../../../../src/protocols/saml/assertion.ts';
import { encodePost } from '../../../../src/protocols/saml/bindings/post.ts';
import { issueResponse } from '../../../../src/protocols/saml/issue-response.ts';
import { buildResponse, type Response } from '../../../../src/protocols/saml/response.ts';
import { AuthnContextClass, NameIdFormat } from '../../../../src/protocols/saml/types.ts';
import { openSqlite } from '../../../../src/foundation/storage/sqlite.ts';
import { createShowPage } from '../../../../src/flows/visit/pages.ts';
import { createVisits } from '../../../../src/flows/visit/visit.ts';
import { addApplication, relyingParty } from '../../../support/applications/applications.ts';
import { Browserless } from '../../../support/servers/browserless.ts';
import { makeTenant } from '../../../support/databases/tenant.ts';
import { keyPair } from '../../protocols/saml/helpers.ts';

export interface HarnessOptions {
  signing?: ApplicationSettings['signing'];
  /** False: no application has the sample as its service provider. */
  connected?: boolean;
  settings?: SettingsInput;
}

/** The parts of a response that a test changes. */
export interface Say {
  assertion?: Partial<AssertionInput>;
  response?: Partial<Response>;
  signing?: { response: boolean; assertion: boolean };
  key?: 'idp' | 'other';
  /** When the response is made, in milliseconds from now. */
  madeInMs?: number;
}

export type Harness = Awaited<ReturnType<typeof startSamples>>;

/** Only names: these tests need no built assets. */
const assets: Assets = {
  url: (name) => `/assets/${name}`,
  middleware: (_ctx, next) => next(),
};

/** A server with only the samples, and an identity provider whose responses a test determines. */
export async function startSamples(options: HarnessOptions = {}) {
  const { signing = { response: true, assertion: true }, connected = true, settings = {} } = options;
  const db = openSqlite({ location: ':memory:', durability: 'process' });
  await db.migrate();
  const tenant = await makeTenant(db, { settings, alias: 'demo' });
  const { clock, ids, instance } = tenant;
  const { directoryId } = instance;
  const sealer = createSealer(Buffer.from('the sealing secret of the tests!'));

  const koa = new Koa<RequestState>();
  // The port is part of every EntityID, so it must be known before the routes are made.
  const listener = await listen(['127.0.0.1'], 0);
  const publicUrl = new URL(`http://localhost:${String(listener.port)}`);
  const publicOrigin = publicUrl.origin;
  const router = new Router<RequestState>();
  const visits = createVisits({ db, clock, ids, https: false });
  const show = createShowPage(assets);
  // There is no portal, so nobody has a session there.
  const sessions = { current: () => Promise.resolve(undefined) };
  sampleRoutes({ db, ids, clock, visits, sessions, show, publicOrigin, sealer, https: false })(router);
  koa.use(requestId({ ids, log: await createLogger({ level: 'silent', pretty: false }) }));
  koa.use(
    errorHandler({
      renderPage: (ctx, error) => {
        ctx.body = `${error.code}: ${error.publicMessage}`;
      },
    }),
  );
  koa.use(router.routes());
  listener.serve(koa.callback());

  const sample = findSample('notes');
  const values = resolveSample('notes', { publicOrigin, directoryId });
  if (!sample || !values) throw new Error('There is no sample called notes.');
  const addresses = sampleAddresses(sample, { publicOrigin, directoryId });
  let idp = addressesOf(publicOrigin, directoryId, newApplicationId(ids));
  if (connected) {
    const application = await addApplication(tenant, 'notes', {
      relyingParty: { ...relyingParty(values.entityId), entityId: values.entityId },
      settings: { ...DEFAULT_SETTINGS, signing },
    });
    const { certificatePem, privateKeyPem } = keyPair('idp');
    const validity = { notBeforeAt: clock.now(), notAfterAt: clock.now() + DAY_MS };
    const prepared = {
      certificatePem,
      privateKeyPem,
      keySize: 2048,
      algorithm: 'SHA-256',
      ...validity,
    } as const;
    await tenant.run((work) =>
      addCertificate(work, { ids, sealer }, instance, application.id, { ...prepared, active: true }),
    );
    idp = addressesOf(publicOrigin, directoryId, application.id);
  }

  /** A response, signed as the application requires unless the test decides otherwise. */
  const respond = async (say: Say = {}): Promise<string> => {
    const now = clock.now() + (say.madeInMs ?? 0);
    const assertion = buildAssertion(
      {
        id: `_${ids.uuid()}`,
        issuer: idp.entityId,
        audience: addresses.entityId,
        recipient: addresses.acsUrl,
        subject: { value: 'ana@example.com', format: NameIdFormat.emailAddress },
        attributes: [
          { name: 'displayName', values: ['Ana <b>Souza</b>'] },
          { name: 'groups', values: ['Engineering', 'Wiki & notes'] },
        ],
        authnStatement: {
          authnInstant: now - 5000,
          sessionIndex: '_session-7',
          authnContextClassRef: AuthnContextClass.passwordProtectedTransport,
        },
        sessionDurationMs: 3_600_000,
        ...say.assertion,
      },
      now,
    );
    const response = { ...buildResponse({ id: `_${ids.uuid()}` }, assertion), ...say.response };
    const { response: signResponse, assertion: signAssertion } = say.signing ?? signing;
    const key = keyPair(say.key ?? 'idp').signingKey;
    return issueResponse(response, { signResponse, signAssertion, key, includeCertificate: true });
  };

  return {
    ...{ db, tenant, clock, addresses, idp, respond },
    home: addresses.homePath,
    received: addresses.receivedPath,
    browser: () => new Browserless(publicUrl),
    /** Delivers a response as the identity provider's page does. */
    deliver: (browser: Browserless, xml: string, relayState?: string) =>
      browser.post(
        `${addresses.homePath}/acs`,
        { SAMLResponse: encodePost(xml), ...(relayState !== undefined && { RelayState: relayState }) },
        { site: 'same-origin' },
      ),
    async stop() {
      await listener.close(0);
      await db.close();
    },
  };
}
