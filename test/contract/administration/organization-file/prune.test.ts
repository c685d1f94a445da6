import assert from 'node:assert/strict';
import { listGrants } from '../../../../src/domain/access/store.ts';
import { findApplicationByKey } from '../../../../src/domain/applications/store.ts';
import { assign } from '../../../../src/domain/assignments/commands.ts';
import { listEvents } from '../../../../src/domain/audit/event-list-store.ts';
import { addMember } from '../../../../src/domain/directory/group-commands.ts';
import { findGroupByName } from '../../../../src/domain/directory/group-store.ts';
import { createUser } from '../../../../src/domain/directory/user-commands.ts';
import { findUserByName } from '../../../../src/domain/directory/user-store.ts';
import { randomIds } from '../../../../src/foundation/platform/ids.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import {
  changed,
  contentsOf,
  emptyDatabase,
  makeFileServer,
  type FileServer,
} from '../../../support/organization-file/file-server.ts';
import type { Edit } from '../../../support/organization-file/organization-files.ts';
import { person } from '../../../support/people/people.ts';
import { makeTenant } from '../../../support/databases/tenant.ts';

/** The fixture without Olga, her group, everything that only she has, and one application. */
const SMALLER: readonly Edit[] = [
  ['  - displayName: Finance\n', ''],
  [
    '  - userName: olga@example.com\n    password: Correct-Horse-8\n    email: olga@example.com\n    givenName: Olga\n    familyName: Petrova\n    displayName: Olga Petrova\n    enabled: false\n    groups: [engineering, Finance]\n',
    '',
  ],
  ['{groups: [Engineering], users: [olga@example.com]}', '{groups: [Engineering]}'],
  [
    '  - key: notes\n    displayName: Notes\n    icon: notebook\n    serviceProvider: {sample: notes}\n    assignments: {groups: [Finance]}\n',
    '',
  ],
];

describeOnEachDatabase('pruning by an organization file', (open) => {
  let server: FileServer;
  beforeEach(async () => {
    await emptyDatabase(open());
    server = makeFileServer(open());
  });

  const count = async (table: 'users' | 'groups' | 'memberships' | 'applications' | 'assignments') =>
    (await server.db.read.selectFrom(table).selectAll().execute()).length;

  it('removes nothing unless it is requested', async () => {
    await server.applyGood();
    assert.deepEqual(changed(await server.applyGood([...SMALLER])), {});
  });

  it('removes everything that the file does not declare, with an event for each', async () => {
    const { instance } = await server.applyGood();
    const result = await server.applyGood([...SMALLER], { prune: true });
    const removed = (number: number) => ({ created: 0, updated: 0, removed: number });
    assert.deepEqual(changed(result), {
      groups: removed(1),
      users: removed(1),
      applications: removed(1),
    });
    assert.deepEqual(result.removals, [
      { kind: 'users', name: 'olga@example.com' },
      { kind: 'groups', name: 'Finance' },
      { kind: 'applications', name: 'notes' },
    ]);
    const left = await Promise.all(
      (['users', 'groups', 'memberships', 'applications', 'assignments'] as const).map(count),
    );
    assert.deepEqual(left, [1, 1, 1, 2, 1]);
    const { items } = await listEvents(server.db.read, instance.organization.id, {}, { limit: 4 });
    assert.deepEqual(items.map(({ eventName }) => eventName).sort(), [
      'DeleteApplicationInstance',
      'DeleteGroup',
      'DeleteProfile',
      'DeleteUser',
    ]);
    assert.deepEqual(changed(await server.applyGood([...SMALLER], { prune: true })), {});
  });

  it('removes access to the console that the file doesn’t grant, and only then', async () => {
    const granted: Edit[] = [
      ['  - displayName: Engineering\n', '  - displayName: Engineering\n    console: full\n'],
      ['  - userName: olga@example.com\n', '  - userName: olga@example.com\n    console: read-only\n'],
    ];
    const counts = async (edits: Edit[], prune: boolean) =>
      changed(await server.applyGood(edits, { prune }))['consoleAccess'];
    assert.deepEqual(await counts(granted, true), { created: 2, updated: 0 });
    assert.equal(await counts(granted, true), undefined);
    const lowered: Edit[] = [
      ['  - displayName: Engineering\n', '  - displayName: Engineering\n    console: read-only\n'],
    ];
    assert.deepEqual(await counts(lowered, false), { created: 0, updated: 1 });
    const result = await server.applyGood(lowered, { prune: true });
    assert.deepEqual(result.removals, [{ kind: 'consoleAccess', name: 'olga@example.com' }]);
    const left = await listGrants(open().read, result.instance.id);
    assert.deepEqual(
      left.map(({ grantee, access }) => [grantee.type, access]),
      [['GROUP', 'read-only']],
    );
  });

  it('removes memberships and assignments between entries that stay', async () => {
    const { instance } = await server.applyGood();
    const { db } = server;
    const [wiki, finance, ana] = [
      await findApplicationByKey(db.read, instance.id, 'wiki'),
      await findGroupByName(db.read, instance.id, 'Finance'),
      await server.user(instance, 'ana'),
    ];
    assert.ok(wiki && finance);
    await server.run(instance, async (work) => {
      await addMember(work, instance, finance.id, ana.id);
      await assign(work, instance, wiki, { type: 'GROUP', id: finance.id, name: finance.displayName });
      await assign(work, instance, wiki, { type: 'EVERYONE', id: instance.id, name: 'Everyone' });
    });
    assert.deepEqual((await server.applyGood([], { prune: true })).removals, [
      { kind: 'memberships', name: 'ana@example.com in Finance' },
      { kind: 'assignments', name: 'Everyone to wiki' },
      { kind: 'assignments', name: 'Finance to wiki' },
    ]);
    assert.deepEqual(changed(await server.applyGood([], { prune: true })), {});
  });

  it('frees names and addresses for new users', async () => {
    const { instance } = await server.applyGood();
    await server.applyGood(
      [
        ['userName: olga@example.com', 'userName: olga.petrova'],
        ['users: [olga@example.com]', 'users: [olga.petrova]'],
      ],
      { prune: true },
    );
    assert.ok(await findUserByName(server.db.read, instance.id, 'olga.petrova'));
    assert.equal(await findUserByName(server.db.read, instance.id, 'olga@example.com'), undefined);
  });

  it('touches no other organization', async () => {
    const other = await makeTenant(server.db, { alias: 'other' });
    await server.applyGood();
    await server.run(other.instance, (work) => createUser(work, randomIds, other.instance, person('bob')));
    await server.applyGood([...SMALLER], { prune: true });
    assert.ok(await findUserByName(server.db.read, other.instance.id, 'bob@example.com'));
  });

  it('can be previewed: a dry run reports everything and changes nothing', async () => {
    await server.applyGood();
    const [before, hashed, keys] = [await contentsOf(server.db), server.hashed.length, server.keysMade()];
    const edits: Edit[] = [
      ...SMALLER,
      ['key: ledger', 'key: cashbook'],
      ['Correct-Horse-7', 'Another-Horse-7'],
    ];
    const options = { prune: true, resetPasswords: true };
    const told = await server.applyGood(edits, { ...options, dryRun: true });
    assert.deepEqual(await contentsOf(server.db), before);
    assert.deepEqual([server.hashed.length, server.keysMade()], [hashed, keys]);
    const done = await server.applyGood(edits, options);
    assert.deepEqual([told.counts, told.removals], [done.counts, done.removals]);
    assert.deepEqual(told.changes, done.changes);
    assert.deepEqual(
      told.changes.filter(({ kind }) => kind === 'applications' || kind === 'users'),
      [
        { kind: 'users', outcome: 'updated', name: 'ana@example.com' },
        { kind: 'applications', outcome: 'created', name: 'cashbook' },
      ],
    );
    assert.deepEqual(told.counts.applications, { created: 1, updated: 0, unchanged: 1, removed: 2 });
  });

  it('reports in a dry run what an empty database would contain, and that an address is taken', async () => {
    const told = await server.applyGood([], { dryRun: true });
    assert.equal(told.counts.users.created, 2);
    assert.deepEqual((await contentsOf(server.db))['organizations'], []);
    const { instance } = await server.applyGood([...SMALLER]);
    await server.run(instance, (work) =>
      createUser(work, randomIds, instance, { ...person('bob'), email: 'olga@example.com' }),
    );
    await assert.rejects(server.applyGood([], { dryRun: true }), /olga@example\.com/);
  });
});
