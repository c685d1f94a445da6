import assert from 'node:assert/strict';
import {
  claimPendingRequest,
  consumePendingRequest,
  findPendingRequest,
  insertPendingRequest,
  trimRequestBytes,
  trimSurplusRequests,
  type PendingRequest,
} from '../../../../src/flows/idp/requests/pending-request-store.ts';
import { finding } from '../../../../src/flows/idp/requests/findings.ts';
import { createSealer } from '../../../../src/foundation/platform/crypto.ts';
import { HOUR_MS } from '../../../../src/foundation/platform/clock.ts';
import type { ApplicationId, BrowserId } from '../../../../src/foundation/platform/ids.ts';
import { addApplication } from '../../../support/applications/applications.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';

const SEALER = createSealer(Buffer.alloc(32, 7));

const FINDING = finding('weak-algorithm', 'It is signed with SHA-1.');

describeOnEachDatabase('waiting requests', (open) => {
  let tenant: Tenant;
  let applicationId: ApplicationId;
  let pending: PendingRequest;
  const find = (token = pending.token) =>
    findPendingRequest(tenant.db.read, SEALER, tenant.instance.id, token, tenant.clock.now());
  beforeEach(async () => {
    tenant = await makeTenant(open());
    applicationId = (await addApplication(tenant, 'wiki')).id;
    pending = (await find(await receive())) ?? assert.fail('the request isn’t found');
  });
  /** Stores a request; returns its token. */
  const receive = async (xml = '<x/>', afterMs = 0): Promise<string> => {
    const at = tenant.clock.now() + afterMs;
    const token = tenant.ids.token();
    await tenant.db.transaction((tx) =>
      insertPendingRequest(tx, SEALER, {
        ...{ token, instanceId: tenant.instance.id, applicationId, xml, relayState: null },
        ...{ receivedAt: at, expiresAt: at + HOUR_MS },
        request: {
          ...{ requestId: '_1', acsUrl: 'https://sp.example/acs', forceAuthn: true, isPassive: false },
          findings: [FINDING],
        },
      }),
    );
    return token;
  };

  const [mine, other] = ['mine' as BrowserId, 'other' as BrowserId];
  const claim = (by: BrowserId) => tenant.db.transaction((tx) => claimPendingRequest(tx, pending, by));
  const consume = (as: PendingRequest) => tenant.db.transaction((tx) => consumePendingRequest(tx, as));

  it('keep what was let pass', () => {
    assert.deepEqual(pending.request.findings, [FINDING]);
  });

  it('belong to the first browser that claims them', async () => {
    assert.equal(pending.claimedBy, null);
    assert.equal(await claim(mine), true);
    assert.equal(await claim(other), false);
    assert.equal(await claim(mine), true, 'another tab');
    assert.deepEqual(await find(), { ...pending, claimedBy: mine });
  });

  it('aren’t consumed by a browser that read them before they were claimed', async () => {
    await claim(mine);
    assert.equal(await consume(pending), false);
    const claimed = (await find()) ?? assert.fail('the request is gone');
    assert.equal(await consume(claimed), true);
    assert.equal(await consume(claimed), false, 'answered already');
    assert.equal(await claim(mine), false, 'answered already');
  });

  it('are consumed without a claim by a browser that needs no page', async () => {
    assert.equal(await consume(pending), true);
  });

  it('outlast a flood of later ones that are large, or that no browser has claimed', async () => {
    await claim(mine);
    for (let n = 1; n <= 5; n += 1) await receive('x'.repeat(5000), n);
    const left = async () =>
      (
        await tenant.db.read
          .selectFrom('authn_requests')
          .select('id')
          .where('application_id', '=', applicationId)
          .execute()
      ).length;
    const { transaction } = tenant.db;
    assert.equal(await transaction((tx) => trimRequestBytes(tx, applicationId, 15_000, 500)), 3);
    assert.equal(await transaction((tx) => trimRequestBytes(tx, applicationId, 15_000, 500)), 0);
    const last = await receive('<x/>', 9);
    assert.deepEqual(
      [await transaction((tx) => trimSurplusRequests(tx, applicationId, 2, 1)), await left()],
      [1, 3],
      'at most a batch',
    );
    assert.equal(await transaction((tx) => trimSurplusRequests(tx, applicationId, 2, 500)), 1);
    assert.ok((await find()) && (await find(last)), 'the claimed one and the newest');
    assert.equal(await transaction((tx) => trimSurplusRequests(tx, applicationId, 1, 500)), 1);
    assert.ok(await find(), 'the claimed one');
  });
});
