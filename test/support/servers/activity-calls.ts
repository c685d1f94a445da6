import assert from 'node:assert/strict';
import type { ApiContract } from './api-contract.ts';
import type { TestServer } from './server.ts';

/** Asks for a diagnosis. */
export async function callDiagnosis(api: ApiContract): Promise<void> {
  const asked = { user: 'ana@example.com', application: 'notes' };
  const { canSignIn } = await api.call('getDiagnosis', { query: asked });
  assert.equal(canSignIn, true);
  await api.call('getDiagnosis', { query: { ...asked, user: 'nobody' } });
  await api.call('getDiagnosis', { query: { ...asked, application: 'none' }, refused: 404 });
}

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
