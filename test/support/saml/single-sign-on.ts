import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { z } from 'zod';
import { findApplicationByKey } from '../../../src/domain/applications/store.ts';
import { encodePost } from '../../../src/protocols/saml/bindings/post.ts';
import type { Tables } from '../../../src/foundation/storage/tables.ts';
import { redirectQuery, type RedirectOptions } from '../../unit/protocols/saml/helpers.ts';
import type { Answer, Browserless } from '../servers/browserless.ts';
import { API_TOKEN, type TestServer } from '../servers/server.ts';

/** The parts of an AuthnRequest that a test changes; the others are as in a genuine request. */
export interface RequestParts {
  id?: string;
  version?: string;
  issuer?: string;
  /** Null: the request has no Destination. */
  destination?: string | null;
  issuedAt?: number;
  /** Inserted as they are. */
  attributes?: string;
  content?: string;
}

/** An application from the point of view of its service provider. */
export interface Target {
  id: string;
  /** The EntityID of the service provider. */
  entityId: string;
  acsUrl: string;
  ssoUrl: string;
  /** The paths of the SingleSignOnService, the metadata and the certificate. */
  path: string;
  metadataPath: string;
  certificatePath: string;
  /** An AuthnRequest as text, with a new ID. */
  request(parts?: RequestParts): string;
  /** The path of a request by HTTP-Redirect. */
  redirect(xml: string | Buffer, options?: RedirectOptions): string;
}

let requests = 0;

/** The application with this key. */
export async function targetOf(server: TestServer, key: string): Promise<Target> {
  const { instance, publicUrl, clock } = server;
  const application = await findApplicationByKey(server.db.read, instance.id, key);
  assert.ok(application, `there is no application ${key}`);
  const { entityId, assertionConsumerServices: services } = application.relyingParty;
  const base = `/${instance.directoryId}/saml`;
  const path = `${base}/assertion/${application.id}`;
  const ssoUrl = `${publicUrl.origin}${path}`;
  return {
    id: application.id,
    entityId,
    acsUrl: (services.find(({ isDefault }) => isDefault) ?? services[0])?.url ?? '',
    ssoUrl,
    path,
    metadataPath: `${base}/metadata/${application.id}`,
    certificatePath: `${base}/certificate/${application.id}`,
    request(parts = {}) {
      const { version = '2.0', issuer = entityId, destination = ssoUrl } = parts;
      const { issuedAt = clock.now(), attributes = '', content = '' } = parts;
      const { id = `_request-${(requests += 1)}` } = parts;
      return (
        `<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"` +
        ` xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${id}" Version="${version}"` +
        ` IssueInstant="${new Date(issuedAt).toISOString()}"` +
        `${destination === null ? '' : ` Destination="${destination}"`} ${attributes}>` +
        `<saml:Issuer>${issuer}</saml:Issuer>${content}</samlp:AuthnRequest>`
      );
    },
    redirect: (xml, options) => `${path}?${redirectQuery(xml, options)}`,
  };
}

export function idOf(xml: string): string {
  return / ID="([^"]*)"/.exec(xml)?.[1] ?? assert.fail('the message has no ID');
}

/**
 * Posts a request as the service provider's page makes a browser do: from another site, so that no cookie is sent
 * (SameSite=Lax). Returns our answer to that form.
 */
export function postForm(
  server: TestServer,
  path: string,
  form: Record<string, string> | string,
): Promise<Answer> {
  return server.browser().post(path, form, { site: 'cross-site' });
}

/** Sends a request by HTTP-POST, and follows the redirect in `browser`. */
export async function postRequest(
  server: TestServer,
  browser: Browserless,
  target: Target,
  xml: string,
  relayState?: string,
): Promise<Answer> {
  const form = { SAMLRequest: encodePost(xml), ...(relayState !== undefined && { RelayState: relayState }) };
  const sent = await postForm(server, target.path, form);
  if (sent.location === undefined) return sent;
  assert.equal(sent.status, 303);
  return browser.get(sent.location, { site: 'cross-site', followRedirects: true });
}

/** Sends a request by HTTP-Redirect in `browser`, and follows the redirects. */
export function redirectRequest(
  browser: Browserless,
  target: Target,
  xml: string,
  options: RedirectOptions = {},
): Promise<Answer> {
  return browser.get(target.redirect(xml, options), { site: 'cross-site', followRedirects: true });
}

/** Signs in from the page that asks for the user name. */
export async function authenticate(
  browser: Browserless,
  identify: Answer,
  userName: string,
  password: string,
) {
  const asked = await browser.submit(identify, { username: userName }, { followRedirects: true });
  return browser.submit(asked, { password }, { followRedirects: true });
}

/** Calls the control API for the default organization, and returns its successful answer. */
export async function api(server: TestServer, method: string, path: string, json?: object): Promise<unknown> {
  const answer = await server.browser().send(method, `/api/v1/organizations/default/${path}`, {
    ...(json && { json }),
    headers: { authorization: `Bearer ${API_TOKEN}` },
  });
  assert.ok(answer.status < 300, `${answer.status} ${answer.body}`);
  return answer.body === '' ? undefined : (JSON.parse(answer.body) as unknown);
}

/** The id of the user with this name. */
export async function userIdOf(server: TestServer, userName: string): Promise<string> {
  const page = await api(server, 'GET', `users?userName=${encodeURIComponent(userName)}`);
  const { items } = z.object({ items: z.array(z.object({ id: z.string() })) }).parse(page);
  return items[0]?.id ?? assert.fail(`there is no user ${userName}`);
}

/** The tables that a sign-on writes, none of which may grow when a request is refused. */
const COUNTED = ['authn_requests', 'seen_requests', 'sign_ins', 'sessions', 'exchanges', 'events'] as const;

export type RowCounts = Record<(typeof COUNTED)[number], number>;

export async function countRows({ db }: TestServer): Promise<RowCounts> {
  const counts: Partial<RowCounts> = {};
  for (const table of COUNTED) {
    const { count } = await db.read
      .selectFrom(table as keyof Tables)
      .select((eb) => eb.fn.countAll().as('count'))
      .executeTakeFirstOrThrow();
    counts[table] = Number(count);
  }
  return counts as RowCounts; // The loop counted every table.
}

/** The growth of each table; tables that didn't change are left out. */
export function grown(before: RowCounts, after: RowCounts): Partial<RowCounts> {
  return Object.fromEntries(
    COUNTED.map((table) => [table, after[table] - before[table]] as const).filter(
      ([, change]) => change !== 0,
    ),
  );
}

/** Makes SQLite refuse rows of a table until `mend` is called, which looks like a full disk to our code. */
export async function breakInserts(
  server: TestServer,
  table: keyof Tables,
): Promise<{ mend(): Promise<void> }> {
  await server.db.transaction((tx) =>
    sql`create trigger refuse_inserts before insert on ${sql.table(table)} begin select raise(abort, 'disk full'); end`.execute(
      tx,
    ),
  );
  return {
    async mend() {
      await server.db.transaction((tx) => sql`drop trigger refuse_inserts`.execute(tx));
    },
  };
}
