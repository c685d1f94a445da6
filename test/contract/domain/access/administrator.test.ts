import assert from 'node:assert/strict';
import { findAdministrator } from '../../../../src/domain/access/administrator.ts';
import { deleteConsoleAccess, putConsoleAccess } from '../../../../src/domain/access/commands.ts';
import type { ConsoleAccess } from '../../../../src/domain/access/console-access.ts';
import { addMember, createGroup } from '../../../../src/domain/directory/group-commands.ts';
import type { Group } from '../../../../src/domain/directory/group.ts';
import { setUserEnabled } from '../../../../src/domain/directory/user-commands.ts';
import type { User } from '../../../../src/domain/directory/user.ts';
import {
  resetOrganization,
  updateInstanceSettings,
  updateOrganization,
} from '../../../../src/domain/organizations/commands.ts';
import { mergeSettings } from '../../../../src/domain/organizations/settings.ts';
import type { Session } from '../../../../src/domain/sessions/session.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { failsWith } from '../../../support/basics/failures.ts';
import { addGroup, addUser } from '../../../support/people/people.ts';
import { addSession } from '../../../support/people/sessions.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';

describeOnEachDatabase('an administrator', (open) => {
  let tenant: Tenant;
  let ana: User;
  let admins: Group;
  let session: Session;
  beforeEach(async () => {
    tenant = await makeTenant(open());
    ana = await addUser(tenant, 'ana');
    admins = await addGroup(tenant, 'Admins');
    session = await open().transaction((tx) => addSession(tx, tenant.instance, ana, tenant.clock.now()));
  });

  const self = () => ({ type: 'USER', id: ana.id }) as const;
  const grant = (access: ConsoleAccess) =>
    tenant.run((work) => putConsoleAccess(work, tenant.instance, self(), access));
  const find = () => findAdministrator(open().read, tenant.instance, session);
  const actor = async () => {
    const found = await find();
    assert.ok(found);
    return found;
  };
  const as = async (body: Parameters<Tenant['run']>[0]) => tenant.run(body, { actor: await actor() });
  const isDenied = failsWith('AccessDeniedException');

  it('is a signed-in user while the grant lasts and the user is enabled', async () => {
    assert.equal(await find(), undefined);
    await grant('full');
    const { organization, directoryId } = tenant.instance;
    assert.deepEqual(await find(), {
      ...{ type: 'administrator', userId: ana.id, userName: ana.userName, directoryId, access: 'full' },
      ...{ organizationId: organization.id, accountId: organization.managementAccountId },
      ...{ signedInAt: session.authenticatedAt, withMfa: false },
    });
    await tenant.run((work) => setUserEnabled(work, tenant.instance, ana.id, false));
    assert.equal(await find(), undefined);
    await tenant.run((work) => setUserEnabled(work, tenant.instance, ana.id, true));
    await tenant.run((work) => deleteConsoleAccess(work, tenant.instance, self()));
    assert.equal(await find(), undefined);
  });

  it('is nobody in another instance, whose address the session’s user opens', async () => {
    const other = await makeTenant(open());
    await grant('full');
    assert.equal(await findAdministrator(open().read, other.instance, session), undefined);
  });

  it('with full access makes changes, which are recorded under a role of the management account', async () => {
    await grant('full');
    await as((work) =>
      createGroup(work, tenant.ids, tenant.instance, { displayName: 'Sales', description: '' }),
    );
    const [event] = await tenant.events(1);
    assert.equal(event?.eventName, 'CreateGroup');
    assert.equal(event.userIdentity['type'], 'AssumedRole');
  });

  it('with read-only access gets no more by granting it or by joining a group, and the attempts are recorded', async () => {
    await grant('read-only');
    await tenant.run((work) =>
      putConsoleAccess(work, tenant.instance, { type: 'GROUP', id: admins.id }, 'full'),
    );
    await assert.rejects(
      as((work) => putConsoleAccess(work, tenant.instance, self(), 'full')),
      isDenied,
    );
    await assert.rejects(
      as((work) => addMember(work, tenant.instance, admins.id, ana.id)),
      isDenied,
    );
    assert.equal((await actor()).access, 'read-only');
    const attempts = await tenant.events(2);
    assert.deepEqual(
      attempts.map(({ eventName, errorCode }) => [eventName, errorCode]),
      [
        ['AddMemberToGroup', 'AccessDeniedException'],
        ['PutConsoleAccess', 'AccessDeniedException'],
      ],
    );
  });

  it('changes the own settings and clock, but neither those of the server nor another organization’s', async () => {
    await grant('full');
    const { instance, organization } = tenant;
    const change = (wanted: object) =>
      as((work) => updateInstanceSettings(work, instance, mergeSettings(instance.settings, wanted)));
    await assert.rejects(change({ quotas: { applications: 100_000 } }), (error) => {
      assert.ok(isDenied(error));
      assert.match(String(error), /Only an operator of the server can change quotas\.applications\./);
      return true;
    });
    // It would set all settings to their defaults.
    await assert.rejects(
      as((work) => resetOrganization(work, organization)),
      isDenied,
    );
    await change({ denial: 'status' });
    await assert.rejects(
      as((work) => updateOrganization(work, organization, { managementAccountId: '999988887777' })),
      isDenied,
    );
    await as((work) => updateOrganization(work, organization, { clock: { offsetMs: 1, frozenAt: null } }));
    const other = await makeTenant(open());
    const intruder = await actor();
    const move = other.run(
      (work) => updateOrganization(work, other.organization, { clock: { offsetMs: 1, frozenAt: null } }),
      { actor: intruder },
    );
    await assert.rejects(move, isDenied);
  });
});
