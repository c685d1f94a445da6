import assert from 'node:assert/strict';
import { readDashboard } from '../../../../src/administration/operations/dashboard.ts';
import { updateApplication } from '../../../../src/domain/applications/commands.ts';
import { insertEvents, toRow } from '../../../../src/domain/audit/store.ts';
import { addCertificate } from '../../../../src/domain/certificates/commands.ts';
import { DAY_MS, HOUR_MS } from '../../../../src/foundation/platform/clock.ts';
import { createSealer } from '../../../../src/foundation/platform/crypto.ts';
import { addApplication } from '../../../support/applications/applications.ts';
import { START_AT } from '../../../support/basics/clock.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';
import { addGroup, addUser } from '../../../support/people/people.ts';
import { samlFixture } from '../../../support/saml/keys.ts';

describeOnEachDatabase('the dashboard', (open) => {
  let tenant: Tenant;
  beforeEach(async () => {
    tenant = await makeTenant(open());
  });

  const read = ({ db, instance, organization }: Tenant = tenant) => {
    const times = { policyAt: START_AT, wireAt: START_AT };
    // It only reads: the rest of an opened instance is for changes.
    return readDashboard({ db }, { instance, organization, times } as Parameters<typeof readDashboard>[1]);
  };

  it('counts the sign-ins of the last 14 days, and wrong answers', async () => {
    const { db, organization } = tenant;
    const given: [number, string, 'Success' | 'Failure'][] = [
      [0, 'UserAuthentication', 'Success'],
      [0, 'CredentialVerification', 'Success'],
      [0, 'CredentialVerification', 'Failure'],
      [-1 * DAY_MS, 'UserAuthentication', 'Success'],
      [-1 * DAY_MS, 'UserAuthentication', 'Success'],
      [-13 * DAY_MS, 'CredentialVerification', 'Failure'],
      [-14 * DAY_MS, 'UserAuthentication', 'Success'],
      [0, 'Federate', 'Failure'],
    ];
    await db.transaction((tx) =>
      insertEvents(
        tx,
        given.map(([offset, name, outcome], index) =>
          toRow(organization.id, START_AT + offset, START_AT * 2000 + index, {
            ...({} as Parameters<typeof toRow>[3]), // what is missing isn't counted
            ...{ eventID: `${organization.id} ${index}`, eventName: name, userIdentity: {} },
            serviceEventDetails: { [name]: outcome },
          }),
        ),
      ),
    );
    const { signIns } = await read();
    assert.equal(signIns.isComplete, true);
    assert.deepEqual(
      signIns.days.map((day) => [day.signIns, day.failures]),
      [[0, 1], ...Array.from({ length: 11 }, () => [0, 0]), [2, 0], [1, 1]],
    );
    assert.deepEqual(
      [signIns.days[0]?.startAt, signIns.days.at(-1)?.startAt],
      [START_AT - 13 * DAY_MS, START_AT].map((at) => at - (at % DAY_MS)),
    );
  });

  it('counts what there is, names certificates that end soon, and sees nothing of other organizations', async () => {
    const other = await makeTenant(open());
    await addUser(tenant, 'ana');
    await addGroup(tenant, 'Engineering');
    const certify = async (key: string, notAfterAt: number) => {
      const application = await addApplication(tenant, key);
      const [certificatePem, privateKeyPem] = [samlFixture('idp-cert.pem'), samlFixture('idp-key.pem')];
      await tenant.run((work) =>
        addCertificate(
          work,
          { ids: tenant.ids, sealer: createSealer(Buffer.alloc(32, 7)) },
          tenant.instance,
          application.id,
          {
            ...{ certificatePem, privateKeyPem, keySize: 2048, algorithm: 'SHA-256', active: true },
            ...{ notBeforeAt: START_AT - 365 * DAY_MS, notAfterAt },
          },
        ),
      );
      return application;
    };
    await certify('later', START_AT + 91 * DAY_MS);
    await certify('soon', START_AT + 90 * DAY_MS);
    await certify('ended', START_AT - HOUR_MS);
    const off = await certify('off', START_AT);
    await tenant.run((work) => updateApplication(work, tenant.instance, off.id, { enabled: false }));
    const { counts, expiringCertificates, suggestions, events } = await read();
    assert.deepEqual(counts, { users: 1, groups: 1, applications: 4 });
    assert.deepEqual(
      expiringCertificates.map(({ displayName, expiry }) => [displayName, expiry]),
      [
        ['Ended', 'expired'],
        ['Soon', 'expiring'],
      ],
    );
    assert.deepEqual(suggestions.map(({ code }) => code).slice(0, 2), [
      'rotate-certificates',
      'assign-access',
    ]);
    assert.equal(events[0]?.eventName, 'UpdateApplicationInstanceStatus');
    const apart = await read(other);
    assert.deepEqual(
      [apart.counts, apart.expiringCertificates, apart.events.length],
      [{ users: 0, groups: 0, applications: 0 }, [], 2],
    );
  });
});
