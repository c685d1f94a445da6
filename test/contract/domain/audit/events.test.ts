import assert from 'node:assert/strict';
import { listEvents } from '../../../../src/domain/audit/event-list-store.ts';
import { trimEvents } from '../../../../src/domain/audit/store.ts';
import { createUser } from '../../../../src/domain/directory/user-commands.ts';
import { findUserByName } from '../../../../src/domain/directory/user-store.ts';
import { setPassword } from '../../../../src/domain/credentials/passwords/commands.ts';
import { historyOf } from '../../../../src/domain/organizations/commands.ts';
import { DAY_MS, HOUR_MS } from '../../../../src/foundation/platform/clock.ts';
import type { UserId } from '../../../../src/foundation/platform/ids.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { failsWith } from '../../../support/basics/failures.ts';
import { addUser, person } from '../../../support/people/people.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';

const NO_FILTER = {};

describeOnEachDatabase('commands and events', (open) => {
  let tenant: Tenant;
  beforeEach(async () => {
    tenant = await makeTenant(open());
  });

  it('record who did what, where and when', async () => {
    const { instance, organization, clock } = tenant;
    const change = {
      requestId: 'a request',
      ip: '192.0.2.7',
      userAgent: 'a browser',
      at: clock.now() + HOUR_MS,
    };
    await tenant.run((work) => createUser(work, tenant.ids, instance, person('ana')), change);
    const [event] = await tenant.events(1);
    const account = organization.managementAccountId;
    assert.deepEqual(event, {
      eventVersion: '1.08',
      userIdentity: {
        type: 'IAMUser',
        principalId: account,
        arn: `arn:aws:iam::${account}:user/control-api`,
        accountId: account,
        accessKeyId: '',
        userName: 'control-api',
      },
      eventTime: '2026-01-15T13:00:00Z',
      eventSource: 'sso-directory.amazonaws.com',
      eventName: 'CreateUser',
      awsRegion: 'us-east-1',
      sourceIPAddress: '192.0.2.7',
      userAgent: 'a browser',
      requestParameters: { identityStoreId: instance.directoryId, ...person('ana'), attributes: {} },
      responseElements: {
        identityStoreId: instance.directoryId,
        userId: (await findUserByName(tenant.db.read, instance.id, 'ana@example.com'))?.id,
      },
      requestID: 'a request',
      eventID: event?.eventID,
      readOnly: false,
      eventType: 'AwsApiCall',
      managementEvent: true,
      eventCategory: 'Management',
      recipientAccountId: account,
    });
  });

  it('are written together or not at all', async () => {
    const { db, instance } = tenant;
    await assert.rejects(
      tenant.run(async (work) => {
        await createUser(work, tenant.ids, instance, person('ana'));
        await createUser(work, tenant.ids, instance, person('ana'));
      }),
      failsWith('ConflictException', 'userName', 'email'),
    );
    assert.equal(await findUserByName(db.read, instance.id, 'ana@example.com'), undefined);
    // The failure is recorded outside of the rolled-back transaction; the first change, which was undone,
    // isn't.
    const told = (await tenant.events()).filter((event) => event.eventName === 'CreateUser');
    assert.equal(told.length, 1);
    const [failure] = told;
    assert.deepEqual([failure?.errorCode, failure?.responseElements], ['ConflictException', null]);
    assert.match(failure?.errorMessage ?? '', /ana@example\.com is taken/);
  });

  it('reveal nothing of an unexpected error', async () => {
    const { instance } = tenant;
    const boom = new Error('secret detail');
    await assert.rejects(
      tenant.run((work) =>
        work.perform('UpdateUser', { requestParameters: { userId: 'x' } }, () => Promise.reject(boom)),
      ),
      boom,
    );
    const [event] = await tenant.events(1);
    assert.deepEqual([event?.eventName, event?.errorCode], ['UpdateUser', 'InternalError']);
    assert.doesNotMatch(JSON.stringify(event), /secret detail/);
    assert.equal(event?.awsRegion, instance.region);
  });

  it('refuse users an operation of operators, before anything is written', async () => {
    const { db, instance } = tenant;
    const ana = await addUser(tenant, 'ana');
    const actor = {
      type: 'user',
      userId: ana.id,
      userName: ana.userName,
      directoryId: instance.directoryId,
    } as const;
    await assert.rejects(
      tenant.run((work) => createUser(work, tenant.ids, instance, person('bob')), { actor }),
      failsWith('AccessDeniedException'),
    );
    assert.equal(await findUserByName(db.read, instance.id, 'bob@example.com'), undefined);
    const [event] = await tenant.events(1);
    assert.deepEqual(
      [event?.eventName, event?.errorCode, event?.userIdentity['principalId']],
      ['CreateUser', 'AccessDeniedException', `${instance.directoryId}//${ana.id}`],
    );
  });

  it('are ordered by time of recording, whatever the organization’s clock shows', async () => {
    const times = [DAY_MS, 0, -DAY_MS, HOUR_MS];
    for (const [index, offset] of times.entries()) {
      const at = tenant.clock.now() + offset;
      await tenant.run((work) => createUser(work, tenant.ids, tenant.instance, person(`u${index}`)), { at });
    }
    const names = (await tenant.events(4)).map((event) => event.requestParameters?.['userName']);
    assert.deepEqual(
      names,
      ['u3', 'u2', 'u1', 'u0'].map((name) => `${name}@example.com`),
    );
  });

  it('are listed a page at a time, each event once', async () => {
    const { db, organization } = tenant;
    for (const name of ['ana', 'bob', 'carl']) await addUser(tenant, name);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listEvents(db.read, organization.id, NO_FILTER, { limit: 2, cursor });
      seen.push(...page.items.map((event) => event.eventID));
      cursor = page.cursor ?? undefined;
    } while (cursor !== undefined);
    assert.deepEqual(
      seen,
      (await tenant.events()).map((event) => event.eventID),
    );
    assert.equal(seen.length, 5);
    assert.equal(new Set(seen).size, 5);
  });

  it('are found by event name and by user', async () => {
    const { db, organization, instance } = tenant;
    const ana = await addUser(tenant, 'ana');
    const actor = {
      type: 'user',
      userId: ana.id,
      userName: ana.userName,
      directoryId: instance.directoryId,
    } as const;
    const nobody = 'nobody' as UserId;
    const secret = { hash: '', declaredMac: null };
    await assert.rejects(tenant.run((work) => setPassword(work, instance, nobody, secret), { actor }));
    await assert.rejects(tenant.run((work) => setPassword(work, instance, nobody, secret)));
    const find = async (filter: Parameters<typeof listEvents>[2]) =>
      (await listEvents(db.read, organization.id, filter, { limit: 10 })).items.map(
        (event) => `${event.eventName} by ${String(event.userIdentity['userName'])}`,
      );
    assert.deepEqual(await find({ eventName: 'UpdatePassword' }), [
      'UpdatePassword by control-api',
      'UpdatePassword by ana@example.com',
    ]);
    assert.deepEqual(await find({ username: 'ana@example.com' }), ['UpdatePassword by ana@example.com']);
    assert.deepEqual(await find({ eventName: 'CreateUser', username: 'ana@example.com' }), []);
  });

  it('are trimmed from the oldest on, in batches, in one organization', async () => {
    const other = await makeTenant(open());
    const { db, organization } = tenant;
    for (const name of ['ana', 'bob', 'carl', 'dora']) await addUser(tenant, name);
    const kept = (await tenant.events(2)).map((event) => event.eventID);
    const trim = () => db.transaction((tx) => trimEvents(tx, organization.id, 2, 3));
    assert.deepEqual([await trim(), await trim(), await trim()], [3, 1, 0]);
    assert.deepEqual(
      (await tenant.events()).map((event) => event.eventID),
      kept,
    );
    assert.equal((await other.events()).length, 2);
  });

  it('are recorded in the history of the instance that changes', () => {
    const { instance, organization } = tenant;
    assert.deepEqual(historyOf(instance), {
      organizationId: organization.id,
      managementAccountId: organization.managementAccountId,
      region: instance.region,
    });
  });
});
