import assert from 'node:assert/strict';
import { beginRun } from '../../../src/administration/classroom/store.ts';
import { asId } from '../../../src/foundation/platform/ids.ts';
import { nextTurn } from '../../../src/foundation/platform/turns.ts';
import type { ApiContract } from './api-contract.ts';
import type { TestServer } from './server.ts';

const idOf = (value: unknown): string => (value as { id: string }).id;
const itemsOf = (page: Record<string, unknown>) => page['items'] as Record<string, unknown>[];

/** Calls every operation on classes, and judges each answer by the description. */
export async function callClassrooms(server: TestServer, api: ApiContract): Promise<void> {
  await api.call('previewClassroom');
  await api.call('previewClassroom', { body: { name: 'X', students: [] }, refused: 400 });
  const file =
    'version: 1\norganization: {name: T, managementAccountId: "111122223333"}\ninstance: {region: us-east-1}\n';
  const students = [{ name: 'Ada Lovelace' }, { name: 'Li Lei', email: 'li@example.org' }];
  const body = { name: 'SAML 101', students, file };
  await api.call('createClassroom', { body: { ...body, file: 'version: 2' }, refused: 400 });
  const classroom = idOf(await api.call('createClassroom', { body }));
  const at = { params: { classroom } };
  const settled = async () => {
    while ((await api.call('getClassroom', at))['status'] === 'running') await nextTurn();
  };
  await settled();
  await api.call('listClassrooms');
  await api.call('makeClassroomSheet', { ...at, body: { student: 9 }, refused: 404 });
  const { cards } = (await api.call('makeClassroomSheet', at)) as { cards: { password: string }[] };
  assert.equal(new Set(cards.map(({ password }) => password)).size, 2);
  assert.equal(itemsOf(await api.call('listStudents', at)).length, 2);
  await api.call('unblockClassroom', at);
  await api.call('resetClassroom', at);
  await settled();
  await api.call('stopClassroom', { ...at, refused: 409 });
  await server.db.transaction((tx) => beginRun(tx, server.clock, asId(classroom)));
  await api.call('stopClassroom', at);
  await api.call('continueClassroom', at);
  await settled();
  await api.call('deleteClassroom', at);
  for (;;) {
    const { items } = (await api.call('listClassrooms')) as { items: unknown[] };
    if (items.length === 0) break;
    await nextTurn();
  }
  await api.call('getClassroom', { ...at, refused: 404 });
}
