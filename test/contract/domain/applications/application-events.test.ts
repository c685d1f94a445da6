import assert from 'node:assert/strict';
import { deleteApplication, updateApplication } from '../../../../src/domain/applications/commands.ts';
import { profileIdOf } from '../../../../src/domain/assignments/profile.ts';
import { addApplication, relyingParty } from '../../../support/applications/applications.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';

describeOnEachDatabase('events of applications', (open) => {
  let tenant: Tenant;
  beforeEach(async () => {
    tenant = await makeTenant(open());
  });

  const eventNames = async (limit: number) =>
    (await tenant.events(limit)).map(({ eventName }) => eventName).reverse();

  it('record their creation without their content', async () => {
    const { id } = await addApplication(tenant, 'wiki');
    const [profile, event] = await tenant.events(2);
    assert.equal(event?.eventName, 'CreateApplicationInstance');
    assert.equal(event.eventSource, 'sso.amazonaws.com');
    assert.deepEqual(event.responseElements, { applicationInstance: { instanceId: id } });
    assert.equal(profile?.eventName, 'CreateProfile');
    assert.deepEqual(profile.requestParameters, { instanceId: id, profileId: profileIdOf(id) });
  });

  it('record metadata that they are created with or changed to', async () => {
    const { id } = await addApplication(tenant, 'wiki', { isImported: true });
    assert.deepEqual(await eventNames(3), [
      'CreateApplicationInstance',
      'ImportApplicationInstanceServiceProvider',
      'CreateProfile',
    ]);
    const changed = await tenant.run((work) =>
      updateApplication(work, tenant.instance, id, {
        relyingParty: relyingParty('urn:other'),
        isImported: true,
      }),
    );
    assert.equal('isImported' in changed, false);
    const [event] = await tenant.events(1);
    assert.equal(event?.eventName, 'ImportApplicationInstanceServiceProvider');
    assert.equal(event.requestParameters?.['audience'], 'urn:other');
  });

  it('record the end of their profile', async () => {
    const { id } = await addApplication(tenant, 'wiki');
    await tenant.run((work) => deleteApplication(work, tenant.instance, id));
    assert.deepEqual(await eventNames(2), ['DeleteApplicationInstance', 'DeleteProfile']);
  });
});
