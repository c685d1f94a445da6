import assert from 'node:assert/strict';
import { findPassword } from '../../../../src/domain/credentials/passwords/store.ts';
import { groupsOfUser } from '../../../../src/domain/directory/membership-store.ts';
import { setUserEnabled, updateUser } from '../../../../src/domain/directory/user-commands.ts';
import { findUserByName } from '../../../../src/domain/directory/user-store.ts';
import { checkContent, type SentContent } from '../../../../src/administration/bulk-import/check.ts';
import type { BulkImportContent } from '../../../../src/administration/bulk-import/bulk-import.ts';
import {
  startBulkImport,
  type BulkImportNeeds,
} from '../../../../src/administration/bulk-import/start-bulk-import.ts';
import { findBulkImport, listBulkImports } from '../../../../src/administration/bulk-import/store.ts';
import { createSealer } from '../../../../src/foundation/platform/crypto.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { addGroup, addUser, person } from '../../../support/people/people.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';

const HASH = `$scrypt$ln=4,r=8,p=1$${'A'.repeat(22)}$${'B'.repeat(43)}`;

/** `count` users, each in three of ten groups. */
function crowd(count: number): BulkImportContent {
  const groups = Array.from({ length: 10 }, (_, index) => ({ displayName: `Group ${index}` }));
  const users = Array.from({ length: count }, (_, index) => ({
    ...person(`user-${index}`),
    passwordHash: HASH,
    groups: [0, 1, 2].map((step) => `Group ${(index + step) % 10}`),
  }));
  return { groups, users };
}

const sent = ({ groups = [], users = [] }: { groups?: object[]; users?: object[] }): SentContent => ({
  groups: groups.map((value) => ({ value })),
  users: users.map((value) => ({ value })),
});

describeOnEachDatabase('bulk imports', (open) => {
  let tenant: Tenant;
  beforeEach(async () => {
    tenant = await makeTenant(open());
  });

  const needs = (change: Partial<BulkImportNeeds> = {}): BulkImportNeeds => ({
    ...{ db: tenant.db, commands: tenant.commands, clock: tenant.clock, ids: tenant.ids },
    ...{ sealer: createSealer(Buffer.alloc(32, 7)), onFailure: () => undefined },
    ...change,
  });
  const load = async (content: BulkImportContent, change: Partial<BulkImportNeeds> = {}) => {
    const begun = await startBulkImport(needs(change), tenant.instance, tenant.context(), content);
    await begun.ended;
    return show(begun.import.id);
  };
  const show = async (id: Parameters<typeof findBulkImport>[3]) => {
    const found = await findBulkImport(tenant.db.read, tenant.clock, tenant.instance.id, id);
    assert.ok(found);
    return found;
  };
  const faultsOf = async (content: SentContent) => {
    const checked = await checkContent(tenant.db.read, tenant.instance.id, content);
    return checked.ok ? [] : checked.faults.first.map(({ field, message }) => `${field}: ${message}`);
  };

  it('create groups, users, passwords and memberships, and record an event for each', async () => {
    const { db, instance } = tenant;
    const before = (await tenant.events(1000)).length;
    const done = await load(crowd(150));
    assert.deepEqual([done.status, done.total, done.done, done.faults], ['done', 160, 160, []]);
    assert.equal(done.finishedAt, tenant.clock.now());
    const last = await findUserByName(db.read, instance.id, 'user-149@example.com');
    assert.ok(last);
    assert.deepEqual(
      (await groupsOfUser(db.read, instance.id, last.id)).map(({ displayName }) => displayName),
      ['Group 0', 'Group 1', 'Group 9'],
    );
    assert.equal((await findPassword(db.read, instance.id, last.id))?.hash, HASH);

    const events = (await tenant.events(1000)).map(({ eventName }) => eventName);
    const count = (name: string) => events.filter((each) => each === name).length;
    assert.deepEqual(
      ['CreateGroup', 'CreateUser', 'UpdatePassword', 'AddMemberToGroup'].map(count),
      [10, 150, 150, 450],
    );
    assert.equal(events.length, before + 761, 'and one for the start');
    const made = (await tenant.events(1000)).find(({ eventName }) => eventName === 'CreateUser');
    assert.equal(made?.requestParameters?.['identityStoreId'], instance.directoryId);
    assert.match(String(made.responseElements?.['userId']), /^[0-9a-f]{10}-/);
  });

  it('record the same events as one command for each change would', async () => {
    await load({
      groups: [{ displayName: 'Sales' }],
      users: [{ ...person('ana'), groups: ['Sales'], passwordHash: HASH }],
    });
    const told = (await tenant.events(4)).map(({ eventName, requestParameters, userIdentity }) => ({
      eventName,
      keys: Object.keys(requestParameters ?? {}),
      who: userIdentity['userName'],
    }));
    assert.deepEqual(told, [
      { eventName: 'AddMemberToGroup', keys: ['identityStoreId', 'groupId', 'userId'], who: 'control-api' },
      { eventName: 'UpdatePassword', keys: ['identityStoreId', 'userId', 'password'], who: 'control-api' },
      {
        eventName: 'CreateUser',
        keys: [
          'identityStoreId',
          'userName',
          'email',
          'givenName',
          'familyName',
          'displayName',
          'attributes',
        ],
        who: 'control-api',
      },
      {
        eventName: 'CreateGroup',
        keys: ['identityStoreId', 'displayName', 'description'],
        who: 'control-api',
      },
    ]);
    assert.ok(!JSON.stringify(await tenant.events(4)).includes('$scrypt$'));
  });

  it('change nothing the second time, and later only what differs', async () => {
    const { db, instance } = tenant;
    const content = crowd(30);
    await load(content);
    const before = (await tenant.events(1000)).length;
    assert.equal((await load(content)).done, 40);
    assert.equal((await tenant.events(1000)).length, before + 1, 'only the start');
    const [first] = content.users;
    assert.ok(first);
    await load({ groups: [], users: [{ ...first, givenName: 'Other', enabled: false }] });
    const changed = await findUserByName(db.read, instance.id, first.userName);
    assert.deepEqual([changed?.givenName, changed?.enabled], ['Other', false]);
  });

  it('are listed a page at a time, the newest first, and only the latest hundred are kept', async () => {
    const { db, instance, clock } = tenant;
    const made = [];
    for (let round = 0; round < 103; round++) {
      clock.advance(1);
      made.push((await load({ groups: [], users: [] })).id);
    }
    const newest = made.reverse().slice(0, 100);
    const first = await listBulkImports(db.read, clock, instance.id, { limit: 60 });
    assert.ok(first.cursor !== null);
    const second = await listBulkImports(db.read, clock, instance.id, { limit: 60, cursor: first.cursor });
    assert.deepEqual(
      [...first.items, ...second.items].map(({ id }) => id),
      newest,
    );
  });

  it('are refused with the place of every mistake, whether it contradicts the import itself or the directory', async () => {
    const { instance } = tenant;
    await addGroup(tenant, 'Old');
    const bo = await addUser(tenant, 'bo');
    await tenant.run((work) => updateUser(work, instance, bo.id, { email: 'taken@example.com' }));
    await tenant.run((work) => setUserEnabled(work, instance, bo.id, false));
    assert.deepEqual(
      await faultsOf(
        sent({
          groups: [{ displayName: 'New' }, { displayName: 'NEW' }],
          users: [
            { ...person('ana'), groups: ['old', 'New', 'OLD', 'Nowhere'] },
            { ...person('ANA'), email: 'Ana@example.com' },
            { ...person('cy'), email: 'TAKEN@example.com', password: 'correct-Horse-7', passwordHash: HASH },
            { ...person('bo'), email: 'taken@example.com' },
          ],
        }),
      ),
      [
        '/groups/1/displayName: The group NEW is sent twice.',
        '/users/1/userName: The user ANA@example.com is sent twice.',
        '/users/1/email: The email address Ana@example.com is sent twice.',
        '/users/3/email: The email address taken@example.com is sent twice.',
        '/users/0/groups/2: The group OLD is listed twice.',
        '/users/0/groups/3: There is no group Nowhere: send it too, or correct the name.',
        '/users/2/email: Another user has the email address TAKEN@example.com already.',
        '/users/2/passwordHash: Give the password or its hash, not both.',
      ],
    );
    assert.deepEqual(
      await faultsOf({
        groups: [{ value: 7, line: 3 }],
        users: [{ value: { ...person('ana'), 'a/b': 1, attributes: { shoeSize: '9' } }, line: 5 }],
      }).then((faults) => faults.map((fault) => fault.slice(0, 60))),
      [
        '/groups/0: Line 3: Invalid input: expected object, received ',
        '/users/0/attributes/shoeSize: Line 5: There is no attribute ',
        '/users/0/a~1b: Line 5: a/b is not known here.',
      ],
    );
  });
});
