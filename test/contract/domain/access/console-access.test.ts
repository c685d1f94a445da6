import assert from 'node:assert/strict';
import { deleteConsoleAccess, putConsoleAccess } from '../../../../src/domain/access/commands.ts';
import type { ConsoleAccess, Grantee } from '../../../../src/domain/access/console-access.ts';
import { grantsOfUser, pageGrants, type NamedGrant } from '../../../../src/domain/access/grant-list-store.ts';
import { consoleAccessOf, listGrants } from '../../../../src/domain/access/store.ts';
import {
  addMember,
  createGroup,
  deleteGroup,
  removeMember,
} from '../../../../src/domain/directory/group-commands.ts';
import type { Group } from '../../../../src/domain/directory/group.ts';
import { deleteUser, setUserEnabled } from '../../../../src/domain/directory/user-commands.ts';
import type { User } from '../../../../src/domain/directory/user.ts';
import type { GroupId, UserId } from '../../../../src/foundation/platform/ids.ts';
import type { PageRequest } from '../../../../src/foundation/storage/paging.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { failsWith } from '../../../support/basics/failures.ts';
import { addGroup, addUser } from '../../../support/people/people.ts';
import { race } from '../../../support/databases/race.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';

const user = ({ id }: Pick<User, 'id'>): Grantee => ({ type: 'USER', id });
const group = ({ id }: Pick<Group, 'id'>): Grantee => ({ type: 'GROUP', id });

describeOnEachDatabase('console access', (open) => {
  let tenant: Tenant;
  let ana: User;
  let admins: Group;
  beforeEach(async () => {
    tenant = await makeTenant(open());
    ana = await addUser(tenant, 'ana');
    admins = await addGroup(tenant, 'Admins');
  });

  const grant = (to: Grantee, access: ConsoleAccess) =>
    tenant.run((work) => putConsoleAccess(work, tenant.instance, to, access));
  const take = (from: Grantee) => tenant.run((work) => deleteConsoleAccess(work, tenant.instance, from));
  const join = (to: Group, person = ana) =>
    tenant.run((work) => addMember(work, tenant.instance, to.id, person.id));
  const accessOf = ({ id }: Pick<User, 'id'>, { instance } = tenant) =>
    consoleAccessOf(open().read, instance.id, id);
  const grants = () => listGrants(open().read, tenant.instance.id);

  it('is nobody’s until it is granted, can be replaced, and ends when it is taken away', async () => {
    assert.equal(await accessOf(ana), undefined);
    await grant(user(ana), 'full');
    await grant(user(ana), 'read-only');
    assert.equal(await accessOf(ana), 'read-only');
    assert.deepEqual(await grants(), [{ grantee: user(ana), access: 'read-only' }]);
    await take(user(ana));
    assert.equal(await accessOf(ana), undefined);
    await assert.rejects(take(user(ana)), failsWith('ResourceNotFoundException'));
  });

  it('is the highest of the user’s own and the groups’, for as long as the user is a member', async () => {
    const [auditors, bob] = [await addGroup(tenant, 'Auditors'), await addUser(tenant, 'bob')];
    await grant(group(auditors), 'read-only');
    await grant(group(admins), 'full');
    assert.equal(await accessOf(ana), undefined);
    await join(auditors);
    assert.equal(await accessOf(ana), 'read-only');
    await join(admins);
    await grant(user(ana), 'read-only');
    assert.deepEqual([await accessOf(ana), await accessOf(bob)], ['full', undefined]);
    await tenant.run((work) => removeMember(work, tenant.instance, admins.id, ana.id));
    assert.equal(await accessOf(ana), 'read-only');
  });

  it('isn’t a disabled user’s, whoever has the grant', async () => {
    await grant(user(ana), 'full');
    await grant(group(admins), 'full');
    await join(admins);
    const enable = (enabled: boolean) =>
      tenant.run((work) => setUserEnabled(work, tenant.instance, ana.id, enabled));
    await enable(false);
    assert.equal(await accessOf(ana), undefined);
    await enable(true);
    assert.equal(await accessOf(ana), 'full');
  });

  it('ends with the user and with the group, also for one with the same id and members later', async () => {
    await grant(user(ana), 'full');
    await grant(group(admins), 'full');
    await tenant.run((work) => deleteUser(work, tenant.instance, ana.id));
    await tenant.run((work) => deleteGroup(work, tenant.instance, admins.id));
    assert.deepEqual(await grants(), []);
    // An organization file gives a group that it declares again the same id.
    const again = { id: admins.id, displayName: 'Admins', description: '' };
    await tenant.run((work) => createGroup(work, tenant.ids, tenant.instance, again));
    const bob = await addUser(tenant, 'bob');
    await join(admins, bob);
    assert.equal(await accessOf(bob), undefined);
  });

  it('is granted to nobody of another instance, and to nobody who doesn’t exist', async () => {
    const other = await makeTenant(open());
    const [stranger, strangers] = [await addUser(other, 'ana'), await addGroup(other, 'Admins')];
    const absent = [user({ id: 'nobody' as UserId }), group({ id: 'nothing' as GroupId })];
    for (const grantee of [user(stranger), group(strangers), ...absent]) {
      await assert.rejects(grant(grantee, 'full'), failsWith('ResourceNotFoundException'));
    }
    await grant(user(ana), 'full');
    assert.deepEqual([await accessOf(ana, other), await accessOf(stranger)], [undefined, undefined]);
  });

  it('records what was granted, to whom, and what was taken away', async () => {
    await grant(group(admins), 'full');
    await take(group(admins));
    const [taken, granted] = await tenant.events(2);
    const { id: instanceId, directoryId } = tenant.instance;
    const parameters = { instanceId, directoryId, principalType: 'GROUP', principalId: admins.id };
    assert.deepEqual(
      [granted?.eventSource, granted?.eventName, granted?.requestParameters],
      ['sso.amazonaws.com', 'PutConsoleAccess', { ...parameters, access: 'full' }],
    );
    assert.deepEqual([taken?.eventName, taken?.requestParameters], ['DeleteConsoleAccess', parameters]);
  });

  it('is one grant when two requests give it at the same moment', async () => {
    await race(
      tenant,
      (work) => putConsoleAccess(work, tenant.instance, user(ana), 'full'),
      () => grant(user(ana), 'read-only'),
    );
    assert.deepEqual(await grants(), [{ grantee: user(ana), access: 'read-only' }]);
  });

  it('is listed by name, groups first, page by page', async () => {
    const auditors = await addGroup(tenant, 'auditors');
    const [zoe, bob] = [await addUser(tenant, 'zoe'), await addUser(tenant, 'Bob')];
    for (const each of [zoe, ana, bob]) await grant(user(each), 'full');
    for (const each of [auditors, admins]) await grant(group(each), 'read-only');
    const other = await makeTenant(open());
    const read = (page: PageRequest) => pageGrants(open().read, tenant.instance.id, page);
    const all = await read({ limit: 100 });
    assert.deepEqual(
      all.items.map(({ grantee: { type }, name, access }) => [type, name, access]),
      [
        ...[
          ['GROUP', 'Admins', 'read-only'],
          ['GROUP', 'auditors', 'read-only'],
        ],
        ...[
          ['USER', ana.userName, 'full'],
          ['USER', bob.userName, 'full'],
          ['USER', zoe.userName, 'full'],
        ],
      ],
    );
    const paged: NamedGrant[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await read({ limit: 2, cursor });
      paged.push(...page.items);
      ({ cursor } = page);
    }
    assert.deepEqual(paged, all.items);
    assert.deepEqual((await pageGrants(open().read, other.instance.id, { limit: 10 })).items, []);
  });

  it('of a user is every grant of the user and of the groups', async () => {
    const auditors = await addGroup(tenant, 'Auditors');
    await grant(group(auditors), 'full');
    await grant(group(admins), 'read-only');
    await grant(user(ana), 'read-only');
    await join(admins);
    const granted = await grantsOfUser(open().read, tenant.instance.id, ana.id);
    assert.deepEqual(granted.map(({ grantee }) => grantee.id).sort(), [ana.id, admins.id].sort());
  });
});
