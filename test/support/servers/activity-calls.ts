import assert from 'node:assert/strict';
import type { ApiContract } from './api-contract.ts';
import type { TestServer } from './server.ts';

/** Calls the operations on sign-ins under way, with a sign-in that has just begun. */
export async function callSignInOperations(server: TestServer, api: ApiContract): Promise<void> {
  await server.browser().get('/demo/start', { followRedirects: true });
  const { items } = await api.call('listSignIns');
  const signIns = items as { id: string; state: string; step: string }[]; // the contract checks the answer
  const begun = signIns.find(({ state }) => state === 'under-way');
  assert.equal(begun?.step, 'identify');
  await api.call('getSignIn', { params: { signIn: begun.id } });
  await api.call('getSignIn', { params: { signIn: 'x' }, refused: 404 });
  await api.call('listEvents', { query: { signIn: begun.id } });
}
