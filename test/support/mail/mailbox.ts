import assert from 'node:assert/strict';
import { listMails } from '../../../src/domain/mail/list-store.ts';
import type { Mail } from '../../../src/domain/mail/mail.ts';
import { API_TOKEN, type TestServer } from '../servers/server.ts';

/** The messages that a server's organization sent to an address, newest first. */
export async function mailsTo(server: TestServer, to: string): Promise<Mail[]> {
  const { db, sealer, instance, app } = server;
  await app.operationNeeds.deferred.settle();
  return (await listMails(db.read, sealer, instance.organization.id, { to }, { limit: 100 })).items;
}

/** The path of the link in the newest message to an address. */
export async function linkTo(server: TestServer, to: string): Promise<string> {
  const [mail] = await mailsTo(server, to);
  const [, path] = /http:\/\/[^/\s]+(\/\S+\/(?:invitation|reset-password)\/\S+)/.exec(mail?.text ?? '') ?? [];
  return path ?? assert.fail(`no link to ${to}`);
}

/** Calls the control API for the default organization, and returns the answer. */
export async function control(
  server: TestServer,
  method: string,
  path: string,
  json?: unknown,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const headers = { authorization: `Bearer ${API_TOKEN}` };
  const fullPath = `/api/v1/organizations/default${path}`;
  const { status, body } = await server
    .browser()
    .send(method, fullPath, { headers, ...(json !== undefined && { json }) });
  return { status, body: (body === '' ? {} : JSON.parse(body)) as Record<string, unknown> };
}
