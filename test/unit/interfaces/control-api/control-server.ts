import Router from '@koa/router';
import Koa from 'koa';
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSigningKeys } from '../../../../src/domain/certificates/signing-keys.ts';
import type { ControlNeeds } from '../../../../src/interfaces/control-api/contract/api.ts';
import type { Route } from '../../../../src/interfaces/control-api/contract/route.ts';
import { controlRoutes, createControlApi } from '../../../../src/interfaces/control-api/contract/routes.ts';
import type { RequestState } from '../../../../src/foundation/http/context.ts';
import { errorHandler } from '../../../../src/foundation/http/error-handler.ts';
import { requestId } from '../../../../src/foundation/http/request-id.ts';
import { createOutbox } from '../../../../src/domain/mail/outbox.ts';
import type { OperationNeeds } from '../../../../src/administration/operations/open-organization.ts';
import { createApplyOrganizationFile } from '../../../../src/administration/organization-file/apply/apply.ts';
import { createSealer } from '../../../../src/foundation/platform/crypto.ts';
import { createLogger } from '../../../../src/foundation/platform/logger.ts';
import { openSqlite } from '../../../../src/foundation/storage/sqlite.ts';
import { createSequence } from '../../../../src/foundation/platform/sequence.ts';
import { fixedKeyPair } from '../../../support/saml/keys.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';

export const TOKEN = 'the-api-token';
export const PUBLIC_ORIGIN = 'http://localhost:8080';

/** The fields of all answers that tests read. The schema of each route has checked which of them are present. */
export interface Body {
  items: Body[];
  cursor: string | null;
  id: string;
  eventID: string;
  key: string;
  version: number;
  enabled: boolean;
  userName: string;
  email: string;
  displayName: string;
  entityId: string;
  metadataUrl: string;
  certificateUrl: string;
  certificate?: { id: string };
  sessionDuration: string;
  attributes: unknown[];
  warnings: { code: string; message: string }[];
  serviceProvider: {
    entityId: string;
    acsUrls: string[];
    sample: string | null;
    requestSigningCertificates: string[];
  };
  principalType: string;
  principalName: string;
  samlResponse: string;
  acsUrl: string;
  relayState: string | null;
  name: string;
  isDefault: boolean;
  managementAccountId: string;
  directoryId: string;
  alias: string | null;
  region: string;
  portalUrl: string;
  eventName: string;
  eventTime: string;
  userIdentity: { userName: string };
  sourceIPAddress: string;
  userAgent: string;
  recipientAccountId: string;
  title: string;
  status: number;
  detail: string;
  presentVersion?: number;
  errors?: { pointer: string; detail: string; line?: number; column?: number }[];
}

/** An answer of the API. */
export interface Answer {
  status: number;
  headers: Headers;
  body: Body;
}

type Send = (path: string, json?: unknown, headers?: Record<string, string>) => Promise<Answer>;

/** The control API alone, with a tenant whose organization is the default one. */
export interface ControlServer {
  tenant: Tenant;
  port: number;
  get: Send;
  post: Send;
  put: Send;
  patch: Send;
  delete: Send;
  close(): Promise<void>;
}

/**
 * Starts the API with a database in memory. Paths are relative to `/api/v1`; each success is checked against the schema
 * of its route.
 */
export async function startControl(): Promise<ControlServer> {
  const db = openSqlite({ location: ':memory:', durability: 'process' });
  await db.migrate();
  const tenant = await makeTenant(db, { isDefault: true, alias: 'demo' });
  const sealer = createSealer(Buffer.alloc(32, 7));
  const operationNeeds: OperationNeeds = {
    ...{ db, clock: tenant.clock, ids: tenant.ids, commands: tenant.commands, record: tenant.record, sealer },
    nextExchange: createSequence(tenant.clock),
    deferred: { defer: (work) => work(), settle: () => Promise.resolve() },
    signingKeys: createSigningKeys({ sealer }),
    postMail: createOutbox({ clock: tenant.clock, ids: tenant.ids, delivers: false, sealer }),
    keyPool: {
      take: () => Promise.resolve(fixedKeyPair()),
      fill: () => undefined,
      prepare: () => undefined,
      close: () => undefined,
    },
    publicOrigin: PUBLIC_ORIGIN,
    resolveSample: (name, { publicOrigin, directoryId }) =>
      name === 'notes'
        ? {
            entityId: `${publicOrigin}/samples/notes/${directoryId}`,
            acsUrls: [`${publicOrigin}/samples/notes/${directoryId}/acs`],
          }
        : undefined,
  };
  const needs: ControlNeeds = {
    ...operationNeeds,
    verifyToken: (token) => token === TOKEN,
    applyOrganizationFile: createApplyOrganizationFile({
      ...operationNeeds,
      keyCache: undefined,
      resolveSample: (name, directoryId) =>
        operationNeeds.resolveSample(name, { publicOrigin: PUBLIC_ORIGIN, directoryId }),
    }),
  };
  const koa = new Koa<RequestState>();
  const router = new Router<RequestState>();
  const api = createControlApi(needs);
  controlRoutes(api, needs.verifyToken)(router);
  koa.use(requestId({ ids: tenant.ids, log: await createLogger({ level: 'silent', pretty: false }) }));
  koa.use(errorHandler({ renderPage: () => assert.fail('A program was answered with a page.') }));
  koa.use(router.routes());
  const handle = koa.callback();
  const server = createServer((request, response) => void handle(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const { operations } = api;
  const send =
    (method: Route['method']): Send =>
    async (path, json, headers = {}) => {
      const response = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${TOKEN}`,
          ...(json !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(json !== undefined && { body: typeof json === 'string' ? json : JSON.stringify(json) }),
      });
      const text = await response.text();
      const answer = {
        status: response.status,
        headers: response.headers,
        // Tests read the body only after they checked the status.
        body: (text === '' ? undefined : JSON.parse(text)) as Body,
      };
      if (response.ok) assertDeclared(operations, method, path, answer);
      return answer;
    };
  return {
    tenant,
    port,
    ...{ get: send('GET'), post: send('POST'), put: send('PUT'), patch: send('PATCH') },
    delete: send('DELETE'),
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
      await db.close();
    },
  };
}

function assertDeclared(operations: readonly Route[], method: string, path: string, answer: Answer): void {
  const [pathname = ''] = path.split('?');
  const found = operations.find(
    (each) => each.method === method && new RegExp(`^${each.path.replace(/:\w+/g, '[^/]+')}$`).test(pathname),
  );
  assert.ok(found, `${method} ${path} isn't declared.`);
  assert.equal(answer.status, found.status);
  if (found.returns) assert.deepEqual(found.returns.parse(answer.body), answer.body);
  else assert.equal(answer.body, undefined);
}

/** Asserts that an answer is this refusal: its status, its code, and the fields at fault in order. */
export function assertProblem(answer: Answer, status: number, code: string, ...pointers: string[]): void {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.equal(answer.headers.get('content-type'), 'application/problem+json');
  assert.equal(answer.body.title, code);
  assert.equal(answer.body.status, status);
  assert.ok(answer.body.detail.length > 0);
  assert.deepEqual(
    (answer.body.errors ?? []).map((each) => each.pointer),
    pointers,
  );
}
