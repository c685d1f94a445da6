import assert from 'node:assert/strict';
import { listEvents } from '../../../../src/domain/audit/event-list-store.ts';
import { createUser, updateUser } from '../../../../src/domain/directory/user-commands.ts';
import { formatFaults } from '../../../../src/administration/organization-file/read/read.ts';
import type { Instance } from '../../../../src/domain/organizations/organization.ts';
import { SECOND_MS } from '../../../../src/foundation/platform/clock.ts';
import { randomIds } from '../../../../src/foundation/platform/ids.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { failsWith } from '../../../support/basics/failures.ts';
import {
  contentsOf,
  emptyDatabase,
  makeFileServer,
  type FileServer,
} from '../../../support/organization-file/file-server.ts';
import { readGood } from '../../../support/organization-file/organization-files.ts';
import { person } from '../../../support/people/people.ts';
import { makeTenant } from '../../../support/databases/tenant.ts';

describeOnEachDatabase('an organization file that fails changes nothing', (open) => {
  let server: FileServer;
  beforeEach(async () => {
    await emptyDatabase(open());
    server = makeFileServer(open());
  });

  const addBob = async (instance: Instance) => ({
    bob: await server.run(instance, (work) => createUser(work, randomIds, instance, person('bob'))),
  });
  const once = (act: () => Promise<void>) => {
    let isDone = false;
    return async () => {
      if (isDone) return;
      isDone = true;
      await act();
    };
  };

  it('in an empty database: not even the organization exists', async () => {
    await makeTenant(server.db, { alias: 'acme' });
    const before = await contentsOf(server.db);
    // The alias belongs to another organization, which only the database knows.
    await assert.rejects(server.applyGood(), failsWith('ConflictException'));
    assert.deepEqual(await contentsOf(server.db), before);
  });

  it('when it fails in the middle: nothing before or after the failure is kept', async () => {
    const { instance } = await server.applyGood();
    const { bob } = await addBob(instance);
    let before: object = {};
    // Another user takes the address after the database was read and before the changes.
    const late = makeFileServer(open(), {
      onHash: once(async () => {
        await server.run(instance, (work) =>
          updateUser(work, instance, bob.id, { email: 'taken@example.com' }),
        );
        const { events: _events, ...contents } = await contentsOf(server.db);
        before = contents;
      }),
    });
    const file = await readGood(
      ['Builds things', 'Builds other things'],
      ['password: Correct-Horse-7', 'password: Correct-Horse-9'],
      ['email: olga@example.com', 'email: Taken@example.com'],
      ['displayName: Wiki', 'displayName: The Wiki'],
    );
    late.clock.advance(SECOND_MS); // The events of this attempt come after the others.
    const result = await late.apply(file, { resetPasswords: true });
    // A second read of the database finds the conflict.
    assert.ok(!result.ok);
    assert.equal(
      formatFaults(result.faults, 'org.yaml'),
      'org.yaml:22:12: users[1].email: Another user has the email address Taken@example.com already.',
    );
    const { events: _eventsAfter, ...after } = await contentsOf(server.db);
    assert.deepEqual(after, before);
    const { items } = await listEvents(server.db.read, instance.organization.id, {}, { limit: 1 });
    assert.deepEqual([items[0]?.eventName, items[0]?.errorCode], ['UpdateUser', 'ConflictException']);
  });

  it('and is not tried again when nothing in the database is different', async () => {
    await makeTenant(server.db, { alias: 'acme' });
    await assert.rejects(server.applyGood(), failsWith('ConflictException'));
    assert.deepEqual(server.hashed, ['Correct-Horse-7', 'Correct-Horse-8']);
  });

  it('and shows which address belongs to another user, before any password is hashed', async () => {
    const { instance } = await server.applyGood();
    await addBob(instance);
    server.hashed.length = 0;
    const edit = ['email: olga@example.com', 'email: Bob@example.com'] as const;
    const options = { resetPasswords: true };
    const result = await server.apply(await readGood(edit, ['Correct-Horse-7', 'Correct-Horse-9']), options);
    assert.ok(!result.ok);
    assert.equal(
      formatFaults(result.faults, 'org.yaml'),
      'org.yaml:22:12: users[1].email: Another user has the email address Bob@example.com already.',
    );
    assert.deepEqual(server.hashed, []);
    // With prune Bob is deleted, and his address is free.
    await server.applyGood([edit], { prune: true });
    assert.equal((await server.user(instance, 'olga')).email, 'Bob@example.com');
  });

  it('but addresses can pass from one user to another in the order of the file', async () => {
    const { instance } = await server.applyGood();
    const handedOn = [
      ['email: ana@example.com', 'email: new@example.com'],
      ['email: olga@example.com', 'email: ana@example.com'],
    ] as const;
    await server.applyGood([...handedOn]);
    assert.equal((await server.user(instance, 'olga')).email, 'ana@example.com');
    const exchanged = await server.apply(
      await readGood(['email: ana@example.com', 'email: ana@example.com']),
    );
    // In the other direction Ana wants the address that Olga, further down, still has.
    assert.ok(!exchanged.ok);
    assert.match(
      formatFaults(exchanged.faults, 'org.yaml'),
      /^org\.yaml:14:12: users\[0\]\.email: olga@example\.com has the email address ana@example\.com and gives it up further down: put that user first\./,
    );
  });

  it('and shows which line contradicts the database', async () => {
    await server.applyGood();
    const before = await contentsOf(server.db);
    const file = await readGood([
      'instance: {alias: acme, region: us-east-1}',
      'instance: {alias: other, region: eu-west-1, directoryId: d-0123456789}',
    ]);
    const result = await server.apply(file);
    assert.ok(!result.ok);
    assert.deepEqual(
      formatFaults(result.faults, 'org.yaml')
        .replace(/d-[0-9a-f]{10}/, 'd-…')
        .split('\n'),
      [
        'org.yaml:3:19: instance.alias: The alias is acme and can’t be changed.',
        'org.yaml:3:34: instance.region: The region is us-east-1 and can’t be changed.',
        'org.yaml:3:58: instance.directoryId: The directory’s id is d-… and can’t be changed.',
      ],
    );
    assert.deepEqual(await contentsOf(server.db), before);
  });

  it('when a service provider can’t be used', async () => {
    const result = await server.apply(
      await readGood(
        ['./wiki-metadata.xml', './identity-provider-metadata.xml'],
        ['{sample: notes}', '{sample: nots}'],
      ),
    );
    assert.ok(!result.ok);
    assert.equal(
      formatFaults(result.faults, 'org.yaml'),
      [
        'org.yaml:32:17: applications[0].serviceProvider.metadata: The metadata can’t be used: this is the metadata of an identity provider, not of a service provider.',
        'org.yaml:46:31: applications[2].serviceProvider.sample: There is no sample service provider “nots”.',
      ].join('\n'),
    );
    assert.deepEqual([server.hashed, server.keysMade()], [[], 0]);
    assert.deepEqual((await contentsOf(server.db))['organizations'], []);
  });
});
