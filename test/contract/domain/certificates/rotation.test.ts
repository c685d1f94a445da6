import assert from 'node:assert/strict';
import type { Certificate } from '../../../../src/domain/certificates/certificate.ts';
import {
  activateCertificate,
  addCertificate,
  deleteCertificate,
} from '../../../../src/domain/certificates/commands.ts';
import { cancelRehearsals, startRehearsal } from '../../../../src/domain/certificates/rehearsal-commands.ts';
import {
  endRehearsalsOfBrowser,
  findUnacceptedRehearsal,
  findRehearsedCertificate,
  listRehearsals,
  listRehearsalsOfBrowser,
  acceptRehearsal,
  trimRehearsals,
} from '../../../../src/domain/certificates/rehearsal-store.ts';
import { createSigningKeys } from '../../../../src/domain/certificates/signing-keys.ts';
import { findActiveCertificate, listCertificates } from '../../../../src/domain/certificates/store.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../src/foundation/platform/clock.ts';
import { createSealer } from '../../../../src/foundation/platform/crypto.ts';
import type { ApplicationId, CertificateId } from '../../../../src/foundation/platform/ids.ts';
import { addApplication } from '../../../support/applications/applications.ts';
import { START_AT } from '../../../support/basics/clock.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { failsWith } from '../../../support/basics/failures.ts';
import { samlFixture } from '../../../support/saml/keys.ts';
import { race } from '../../../support/databases/race.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';

const sealer = createSealer(Buffer.alloc(32, 7));

const prepared = (name: 'idp' | 'sp' | 'other') => ({
  ...{ certificatePem: samlFixture(`${name}-cert.pem`), privateKeyPem: samlFixture(`${name}-key.pem`) },
  ...({
    keySize: 2048,
    algorithm: 'SHA-256',
    notBeforeAt: START_AT,
    notAfterAt: START_AT + MINUTE_MS,
  } as const),
});

describeOnEachDatabase('the rotation of certificates', (open) => {
  let tenant: Tenant;
  let wiki: ApplicationId;
  let first: Certificate;
  let second: Certificate;
  beforeEach(async () => {
    tenant = await makeTenant(open());
    wiki = (await addApplication(tenant, 'wiki')).id;
    first = await add(wiki, 'idp');
    second = await add(wiki, 'other', false);
  });

  const add = (of: ApplicationId, name: 'idp' | 'sp' | 'other', active = true) =>
    tenant.run((work) =>
      addCertificate(work, { ids: tenant.ids, sealer }, tenant.instance, of, { ...prepared(name), active }),
    );
  const list = (of: ApplicationId) => listCertificates(tenant.db.read, tenant.instance.id, of);
  const activate = (id: CertificateId, of = wiki, inTenant = tenant) =>
    inTenant.run((work) => activateCertificate(work, inTenant.instance, of, id));
  const remove = (id: CertificateId, of = wiki, inTenant = tenant) =>
    inTenant.run((work) => deleteCertificate(work, inTenant.instance, of, id));
  const states = async () => (await list(wiki)).map(({ id, active }) => [id, active]);

  it('activates another certificate immediately and deactivates the earlier one', async () => {
    assert.deepEqual(await activate(second.id), { ...second, active: true });
    assert.deepEqual(await states(), [
      [second.id, true],
      [first.id, false],
    ]);
    const { db, instance } = tenant;
    assert.equal((await findActiveCertificate(db.read, instance.id, wiki))?.id, second.id);
    const [event] = await tenant.events(1);
    assert.equal(event?.eventName, 'UpdateApplicationInstanceActiveCertificate');
    assert.deepEqual(event.requestParameters, { instanceId: wiki, certificateId: second.id });
    assert.deepEqual(await activate(second.id), { ...second, active: true });
    assert.deepEqual((await states())[0], [second.id, true]);
  });

  it('deletes only an inactive certificate (guide, “Delete the old certificate”)', async () => {
    await assert.rejects(remove(first.id), failsWith('ConflictException'));
    const [failed] = await tenant.events(1);
    assert.equal(failed?.errorCode, 'ConflictException');
    assert.equal((await list(wiki)).length, 2);
    await activate(second.id);
    await remove(first.id);
    assert.deepEqual(await states(), [[second.id, true]]);
    await assert.rejects(remove(second.id), failsWith('ConflictException'));
    await assert.rejects(remove(first.id), failsWith('ResourceNotFoundException'));
  });

  it('reaches nothing of another application or organization', async () => {
    const notes = await addApplication(tenant, 'notes');
    const other = await makeTenant(open());
    for (const change of [activate, remove]) {
      await assert.rejects(change(second.id, notes.id), failsWith('ResourceNotFoundException'));
      await assert.rejects(change(second.id, wiki, other), failsWith('ResourceNotFoundException'));
    }
    assert.deepEqual(await states(), [
      [first.id, true],
      [second.id, false],
    ]);
  });

  it('puts two simultaneous activations one after the other, so that one certificate is active in the end', async () => {
    await race(
      tenant,
      (work) => activateCertificate(work, tenant.instance, wiki, second.id),
      () => activate(first.id),
    );
    assert.deepEqual(await states(), [
      [first.id, true],
      [second.id, false],
    ]);
    await Promise.all([activate(first.id), activate(second.id), activate(first.id), activate(second.id)]);
    assert.deepEqual(
      (await list(wiki)).map(({ active }) => active),
      [true, false],
    );
  });

  it('either activates or deletes a certificate when both are requested at the same moment', async () => {
    const deleted = race(
      tenant,
      (work) => activateCertificate(work, tenant.instance, wiki, second.id),
      () => remove(second.id),
    );
    await assert.rejects(deleted, failsWith('ConflictException'));
    const activated = race(
      tenant,
      (work) => deleteCertificate(work, tenant.instance, wiki, first.id),
      () => activate(first.id),
    );
    await assert.rejects(activated, failsWith('ResourceNotFoundException'));
    assert.deepEqual(await states(), [[second.id, true]]);
  });

  it('refuses the second of two certificates that are added to one at the same moment', async () => {
    await remove(second.id);
    const added = race(
      tenant,
      (work) =>
        addCertificate(work, { ids: tenant.ids, sealer }, tenant.instance, wiki, {
          ...prepared('other'),
          active: false,
        }),
      () => add(wiki, 'sp', false),
    );
    await assert.rejects(added, failsWith('ConflictException'));
    assert.equal((await list(wiki)).length, 2);
  });

  it('never mixes keys: a key that is copied to another certificate’s row can’t be opened', async () => {
    const { db, instance } = tenant;
    const notes = await addApplication(tenant, 'notes');
    await add(notes.id, 'sp');
    const stolen = await findActiveCertificate(db.read, instance.id, wiki);
    assert.ok(stolen);
    await db.transaction((tx) =>
      tx
        .updateTable('certificates')
        .set({ sealed_private_key: stolen.sealedPrivateKey })
        .where('instance_id', '=', instance.id)
        .where('application_id', '=', notes.id)
        .execute(),
    );
    const changed = await findActiveCertificate(db.read, instance.id, notes.id);
    assert.ok(changed);
    assert.throws(() => createSigningKeys({ sealer }).signingKeyOf(changed));
    assert.ok(createSigningKeys({ sealer }).signingKeyOf(stolen));
  });

  describe('in a rehearsal', () => {
    const start = (certificate?: CertificateId, of = wiki, inTenant = tenant) =>
      inTenant.run((work) => startRehearsal(work, inTenant.ids, inTenant.instance, of, certificate));
    const take = (token: string, secret: string, inTenant = tenant) =>
      inTenant.db.transaction((tx) =>
        acceptRehearsal(tx, inTenant.instance.id, { token, secret, at: inTenant.clock.now() }),
      );
    const signing = async (secret: string, of = wiki, inTenant = tenant) => {
      const where = { instanceId: inTenant.instance.id, applicationId: of };
      return (await findRehearsedCertificate(inTenant.db.read, where, secret, inTenant.clock.now()))?.id;
    };
    const running = (secret: string) =>
      listRehearsalsOfBrowser(tenant.db.read, tenant.instance.id, secret, tenant.clock.now());

    it('signs with the inactive certificate for the browser that used the link first, and for no other', async () => {
      const { token, certificateId, expiresAt } = await start();
      assert.equal(certificateId, second.id);
      assert.equal(expiresAt, tenant.clock.now() + HOUR_MS);
      const offer = await findUnacceptedRehearsal(
        tenant.db.read,
        tenant.instance.id,
        token,
        tenant.clock.now(),
      );
      assert.equal(offer?.applicationName, 'Wiki');
      assert.deepEqual([await take(token, 'one'), await take(token, 'two')], [true, false]);
      assert.equal(await signing('one'), second.id);
      assert.equal(await signing('two'), undefined);
      assert.equal(
        await findUnacceptedRehearsal(tenant.db.read, tenant.instance.id, token, tenant.clock.now()),
        undefined,
      );
      assert.deepEqual(
        (await running('one')).map(({ applicationId }) => applicationId),
        [wiki],
      );
      const rows = await tenant.db.read.selectFrom('certificate_rehearsals').selectAll().execute();
      assert.ok(!JSON.stringify(rows).includes(token), 'the link is kept hashed');
      const [event] = await tenant.events(1);
      assert.equal(event?.eventName, 'RehearseApplicationInstanceCertificate');
      assert.ok(!JSON.stringify(event).includes(token));
    });

    it('gives the link to one of two browsers that use it at the same moment', async () => {
      const { token } = await start();
      const taken = await Promise.all(['a', 'b', 'c', 'd'].map((secret) => take(token, secret)));
      assert.deepEqual(taken.filter(Boolean), [true]);
    });

    it('ends after an hour, by the button, by an operator, or when its certificate is activated or deleted', async () => {
      const ends: Record<string, () => unknown> = {
        hour: () => tenant.clock.advance(HOUR_MS),
        button: () => tenant.db.transaction((tx) => endRehearsalsOfBrowser(tx, tenant.instance.id, 'one')),
        operator: () => tenant.run((work) => cancelRehearsals(work, tenant.instance, wiki)),
        activated: () => activate(second.id),
        deleted: () => remove(first.id),
      };
      for (const [name, end] of Object.entries(ends)) {
        const { token } = await start();
        await take(token, 'one');
        const late = await start();
        assert.notEqual(await signing('one'), undefined, name);
        await end();
        assert.equal(await signing('one'), undefined, name);
        assert.deepEqual(await running('one'), [], name);
        if (name !== 'button') assert.equal(await take(late.token, 'two'), false, name);
        await tenant.run((work) => cancelRehearsals(work, tenant.instance, wiki));
      }
      await assert.rejects(start(), failsWith('ConflictException'), 'there is only the active one now');
    });

    it('isn’t possible for the active certificate, or for one of another application or organization', async () => {
      const notes = await addApplication(tenant, 'notes');
      const other = await makeTenant(open());
      await assert.rejects(start(first.id), failsWith('ConflictException'));
      await assert.rejects(start(second.id, notes.id), failsWith('ResourceNotFoundException'));
      await assert.rejects(start(second.id, wiki, other), failsWith('ResourceNotFoundException'));
      await assert.rejects(start(undefined, notes.id), failsWith('ConflictException'));
      const { token } = await start();
      assert.equal(await take(token, 'one', other), false);
      assert.equal(await take(token, 'one'), true);
      assert.equal(await signing('one', notes.id), undefined);
      assert.equal(await signing('one', wiki, other), undefined);
    });

    it('is listed for operators, and trimmed once it is over', async () => {
      const now = () => tenant.clock.now();
      const seen = async () =>
        (await listRehearsals(tenant.db.read, tenant.instance.id, wiki, now())).map(({ taken }) => taken);
      const { token } = await start();
      tenant.clock.advance(MINUTE_MS);
      await start();
      await take(token, 'one');
      assert.deepEqual(await seen(), [false, true]);
      tenant.clock.advance(HOUR_MS - MINUTE_MS);
      assert.deepEqual(await seen(), [false]);
      tenant.clock.advance(1);
      const trim = () => tenant.db.transaction((tx) => trimRehearsals(tx, tenant.instance.id, now(), 10));
      assert.deepEqual([await trim(), await trim()], [1, 0]);
    });
  });
});
