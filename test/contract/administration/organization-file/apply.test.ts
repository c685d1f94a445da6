import assert from 'node:assert/strict';
import { findApplicationByKey } from '../../../../src/domain/applications/store.ts';
import { listAssignedApplications } from '../../../../src/domain/assignments/entitlement-store.ts';
import { listAssignments } from '../../../../src/domain/assignments/store.ts';
import { listEvents } from '../../../../src/domain/audit/event-list-store.ts';
import { findActiveCertificate } from '../../../../src/domain/certificates/store.ts';
import { findPassword } from '../../../../src/domain/credentials/passwords/store.ts';
import { hashPassword, verifyPassword } from '../../../../src/domain/credentials/passwords/password.ts';
import { findGroupByName } from '../../../../src/domain/directory/group-store.ts';
import { groupsOfUser } from '../../../../src/domain/directory/membership-store.ts';
import { createUser, setUserEnabled } from '../../../../src/domain/directory/user-commands.ts';
import { listOrganizations } from '../../../../src/domain/organizations/organization-store.ts';
import { HOUR_MS } from '../../../../src/foundation/platform/clock.ts';
import { randomIds } from '../../../../src/foundation/platform/ids.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { failsWith } from '../../../support/basics/failures.ts';
import {
  changed,
  contentsOf,
  emptyDatabase,
  makeFileServer,
  type FileServer,
} from '../../../support/organization-file/file-server.ts';
import { readGood, type Edit } from '../../../support/organization-file/organization-files.ts';
import { addGroup, addUser, person } from '../../../support/people/people.ts';
import { addSession } from '../../../support/people/sessions.ts';
import { makeTenant } from '../../../support/databases/tenant.ts';

describeOnEachDatabase('applying an organization file', (open) => {
  let server: FileServer;
  beforeEach(async () => {
    await emptyDatabase(open());
    server = makeFileServer(open());
  });

  it('creates everything that the file declares', async () => {
    const { db } = server;
    const { instance, counts, warnings } = await server.applyGood();
    assert.deepEqual(warnings, []);
    assert.deepEqual(changed({ counts }), {
      organizations: { created: 1, updated: 0 },
      instances: { created: 1, updated: 0 },
      groups: { created: 2, updated: 0 },
      users: { created: 2, updated: 0 },
      memberships: { created: 3, updated: 0 },
      applications: { created: 3, updated: 0 },
      certificates: { created: 3, updated: 0 },
      assignments: { created: 3, updated: 0 },
    });
    assert.equal(instance.alias, 'acme');
    assert.equal(instance.organization.isDefault, true);
    assert.equal(instance.settings.session.lifetime, 'PT2H');
    assert.equal(instance.settings.session.revocation, 'as-aws');

    const [ana, olga] = [await server.user(instance, 'ana'), await server.user(instance, 'olga')];
    assert.deepEqual(ana.attributes, { title: 'Engineer', 'enterprise.costCenter': 'blue' });
    assert.deepEqual([ana.enabled, olga.enabled], [true, false]);
    const groups = await groupsOfUser(db.read, instance.id, olga.id);
    assert.deepEqual(
      groups.map(({ displayName }) => displayName),
      ['Engineering', 'Finance'],
    );
    const password = await findPassword(db.read, instance.id, olga.id);
    assert.match(password?.hash ?? '', /^\$scrypt\$ln=4,/); // hashed at the declared cost
    assert.equal(await verifyPassword('Correct-Horse-8', password?.hash, 4), true);

    const wiki = await findApplicationByKey(db.read, instance.id, 'wiki');
    assert.equal(wiki?.relyingParty.entityId, 'https://wiki.example.com/saml');
    assert.equal(wiki.relyingParty.singleLogoutServices.length, 1);
    assert.ok(await findActiveCertificate(db.read, instance.id, wiki.id));
    const ledger = await findApplicationByKey(db.read, instance.id, 'ledger');
    assert.deepEqual(ledger?.settings.subject, { value: '${user:subject}', format: 'persistent' });
    assert.equal(ledger.settings.relayState, 'https://ledger.example.com/home');
    const notes = await findApplicationByKey(db.read, instance.id, 'notes');
    assert.equal(notes?.settings.sample, 'notes');
    assert.equal(
      notes.relyingParty.entityId,
      `http://localhost/samples/notes/${instance.directoryId}/metadata`,
    );

    const tiles = async (id: typeof ana.id) =>
      (await listAssignedApplications(db.read, instance.id, id)).map(({ key }) => key);
    assert.deepEqual(await tiles(ana.id), ['wiki']);
    assert.deepEqual(await tiles(olga.id), ['notes', 'wiki']);
  });

  it('records who applied it, in one request, without the passwords', async () => {
    const { instance } = await server.applyGood();
    const { items } = await listEvents(server.db.read, instance.organization.id, {}, { limit: 100 });
    assert.ok(items.some(({ eventName }) => eventName === 'CreateOrganization'));
    assert.deepEqual(
      [...new Set(items.map(({ userIdentity }) => userIdentity['userName']))],
      ['organization-file'],
    );
    assert.equal(new Set(items.map(({ requestID }) => requestID)).size, 1);
    assert.doesNotMatch(JSON.stringify(items), /Correct-Horse/);
  });

  it('changes nothing the second time: no row, no event, no hash, no key', async () => {
    await server.applyGood();
    const before = await contentsOf(server.db);
    const [hashed, keys] = [server.hashed.length, server.keysMade()];
    server.clock.advance(HOUR_MS);
    for (const options of [{}, { resetPasswords: true }]) {
      const { counts } = await server.applyGood([], options);
      assert.deepEqual(changed({ counts }), {});
      assert.deepEqual(counts.memberships, { created: 0, updated: 0, unchanged: 3, removed: 0 });
      assert.deepEqual(counts.certificates, { created: 0, updated: 0, unchanged: 3, removed: 0 });
    }
    assert.deepEqual(await contentsOf(server.db), before);
    assert.deepEqual([server.hashed.length, server.keysMade()], [hashed, keys]);
  });

  it('hashes each password once, and none for a user who already has a hash', async () => {
    const hash = await hashPassword('Correct-Horse-8', 4);
    const { instance } = await server.applyGood([['password: Correct-Horse-8', `passwordHash: ${hash}`]]);
    assert.deepEqual(server.hashed, ['Correct-Horse-7']);
    const stored = await findPassword(server.db.read, instance.id, (await server.user(instance, 'olga')).id);
    assert.deepEqual(stored, { hash, declaredMac: null });
  });

  it('sets a password again only on request, and then only a changed one', async () => {
    const { instance } = await server.applyGood();
    const [ana, olga] = [await server.user(instance, 'ana'), await server.user(instance, 'olga')];
    const sessionsOf = async () => {
      const sessions = await server.db.read.selectFrom('sessions').select('user_id').execute();
      return sessions.map(({ user_id: id }) => id).sort();
    };
    await server.db.transaction(async (tx) => {
      for (const user of [ana, olga]) await addSession(tx, instance, user, server.clock.now());
    });
    const changedPassword: Edit = ['Correct-Horse-7', 'Another-Horse-7'];
    assert.deepEqual(changed(await server.applyGood([changedPassword])), {});
    assert.equal(server.hashed.length, 2);
    assert.equal((await sessionsOf()).length, 2);
    const result = await server.applyGood([changedPassword], { resetPasswords: true });
    assert.deepEqual(changed(result), { users: { created: 0, updated: 1 } });
    assert.deepEqual(server.hashed.slice(2), ['Another-Horse-7']);
    const stored = await findPassword(server.db.read, instance.id, ana.id);
    assert.equal(await verifyPassword('Another-Horse-7', stored?.hash, 4), true);
    assert.deepEqual(await sessionsOf(), [olga.id], 'only the changed password ends sessions');
  });

  it('resets the password of a disabled user, who stays disabled', async () => {
    const { instance } = await server.applyGood();
    await server.applyGood([['Correct-Horse-8', 'Another-Horse-8']], { resetPasswords: true });
    const olga = await server.user(instance, 'olga');
    const stored = await findPassword(server.db.read, instance.id, olga.id);
    assert.equal(await verifyPassword('Another-Horse-8', stored?.hash, 4), true);
    assert.equal(olga.enabled, false);
  });

  it('changes only what differs', async () => {
    const { instance } = await server.applyGood();
    const result = await server.applyGood([
      ['name: Example Corp', 'name: Example Inc'],
      ['PT2H', 'PT3H'],
      ['Builds things', 'Builds other things'],
      ['title: Engineer', 'title: Architect'],
      ['enabled: false', 'enabled: true'],
      ['groups: [Engineering]\n  - userName', 'groups: [Engineering, Finance]\n  - userName'],
      ['https://ledger.example.com/home', 'https://ledger.example.com/start'],
      ['users: [olga@example.com]', 'users: [olga@example.com, ana@example.com]'],
    ]);
    assert.deepEqual(changed(result), {
      organizations: { created: 0, updated: 1 },
      instances: { created: 0, updated: 1 },
      groups: { created: 0, updated: 1 },
      users: { created: 0, updated: 2 },
      memberships: { created: 1, updated: 0 },
      applications: { created: 0, updated: 1 },
      assignments: { created: 1, updated: 0 },
    });
    assert.equal(result.instance.organization.name, 'Example Inc');
    assert.equal(result.instance.settings.session.lifetime, 'PT3H');
    const ana = await server.user(instance, 'ana');
    assert.deepEqual(ana.attributes, { title: 'Architect', 'enterprise.costCenter': 'blue' });
    assert.equal(ana.version, 2);
    assert.equal((await server.user(instance, 'olga')).enabled, true);
    const ledger = await findApplicationByKey(server.db.read, instance.id, 'ledger');
    assert.equal(ledger?.settings.relayState, 'https://ledger.example.com/start');
  });

  it('leaves alone what it does not mention', async () => {
    const { instance } = await server.applyGood();
    const olga = await server.user(instance, 'olga');
    await server.run(instance, (work) => createUser(work, randomIds, instance, person('bob')));
    await server.run(instance, (work) => setUserEnabled(work, instance, olga.id, true));
    const silent: Edit[] = [
      ['    enabled: false\n', ''],
      ['    attributes: {title: Engineer, enterprise.costCenter: blue}\n', ''],
      ['    description: Builds things\n', ''],
      ['    relayState: https://ledger.example.com/home\n', ''],
      ['  session: {lifetime: PT2H}\n', ''],
      ['    groups: [engineering, Finance]\n', ''],
      ['    assignments: {groups: [Finance]}\n', ''],
      ['instance: {alias: acme, region', 'instance: {region'],
    ];
    assert.deepEqual(changed(await server.applyGood(silent)), {});
    assert.ok(await server.user(instance, 'bob'));
    assert.equal((await server.user(instance, 'olga')).enabled, true);
  });

  it('assigns an application to everyone, once', async () => {
    const everyone: Edit[] = [
      ['    assignments: {groups: [Finance]}\n', '    assignments: {everyone: true}\n'],
    ];
    const { instance } = await server.applyGood(everyone);
    await server.run(instance, (work) => createUser(work, randomIds, instance, person('bob')));
    const bob = await server.user(instance, 'bob');
    const tiles = await listAssignedApplications(server.db.read, instance.id, bob.id);
    assert.deepEqual(
      tiles.map(({ key }) => key),
      ['notes'],
    );
    assert.deepEqual(changed(await server.applyGood(everyone)), {});
  });

  it('changes a disabled user by enabling it for the duration of the change', async () => {
    const { instance } = await server.applyGood();
    await server.applyGood([['familyName: Petrova', 'familyName: Orlova']]);
    const olga = await server.user(instance, 'olga');
    assert.deepEqual([olga.familyName, olga.enabled], ['Orlova', false]);
  });

  it('recognizes by their names things that were created in another way', async () => {
    const { db } = server;
    const tenant = await makeTenant(db);
    const [olga, finance] = [await addUser(tenant, 'olga'), await addGroup(tenant, 'FINANCE')];
    const { instance } = await server.applyGood([['alias: acme, ', '']], {
      organization: tenant.organization.id,
    });
    const changedUser = await server.user(instance, 'olga');
    assert.deepEqual([changedUser.id, changedUser.familyName], [olga.id, 'Petrova']);
    const groups = await groupsOfUser(db.read, instance.id, olga.id);
    assert.deepEqual(groups[1], { id: finance.id, displayName: 'Finance' });
    const principals = async (key: string) => {
      const application = await findApplicationByKey(db.read, instance.id, key);
      assert.ok(application);
      const { items } = await listAssignments(db.read, instance.id, application.id, { limit: 10 });
      return items.map(({ principal }) => principal);
    };
    assert.deepEqual(await principals('notes'), [{ type: 'GROUP', id: finance.id, name: 'Finance' }]);
    assert.deepEqual((await principals('wiki'))[1], { type: 'USER', id: olga.id, name: 'olga@example.com' });
  });

  it('sets the alias of an instance once', async () => {
    const { instance } = await server.applyGood([['alias: acme, ', '']]);
    assert.equal(instance.alias, null);
    // The alias would lead to other derived ids; the existing ids stay.
    const named = await server.applyGood();
    assert.deepEqual(changed(named), { instances: { created: 0, updated: 1 } });
    assert.deepEqual([named.instance.alias, named.instance.id], ['acme', instance.id]);
  });

  it('creates a certificate for an application that has none', async () => {
    const { instance } = await server.applyGood();
    const wiki = await findApplicationByKey(server.db.read, instance.id, 'wiki');
    assert.ok(wiki);
    await server.db.transaction((tx) =>
      tx.deleteFrom('certificates').where('application_id', '=', wiki.id).execute(),
    );
    assert.deepEqual(changed(await server.applyGood()), { certificates: { created: 1, updated: 0 } });
  });

  it('applies to the organization that the caller names', async () => {
    const other = await makeTenant(server.db);
    const result = await server.applyGood([['alias: acme, ', '']], { organization: other.organization.id });
    assert.equal(result.instance.id, other.instance.id);
    assert.equal((await listOrganizations(server.db.read)).length, 1);
    assert.ok(await findGroupByName(server.db.read, other.instance.id, 'finance'));
    await assert.rejects(
      server.applyGood([], { organization: 'o-doesnotexist' }),
      failsWith('ResourceNotFoundException'),
    );
  });

  it('happens once when two servers start together', async () => {
    const file = await readGood();
    const results = await Promise.all([server.apply(file), server.apply(file)]);
    const created = results.map((result) => (result.ok ? result.counts : assert.fail()).users.created).sort();
    assert.deepEqual(created, [0, 2]);
    assert.equal((await contentsOf(server.db))['users']?.length, 2);
  });
});
