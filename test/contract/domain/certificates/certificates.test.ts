import assert from 'node:assert/strict';
import { deleteApplication } from '../../../../src/domain/applications/commands.ts';
import type { NewCertificate } from '../../../../src/domain/certificates/certificate.ts';
import { addCertificate } from '../../../../src/domain/certificates/commands.ts';
import { createSigningKeys } from '../../../../src/domain/certificates/signing-keys.ts';
import {
  findActiveCertificate,
  findApplicationForSigning,
  listCertificates,
} from '../../../../src/domain/certificates/store.ts';
import { MINUTE_MS } from '../../../../src/foundation/platform/clock.ts';
import { createSealer } from '../../../../src/foundation/platform/crypto.ts';
import type { ApplicationId } from '../../../../src/foundation/platform/ids.ts';
import { START_AT } from '../../../support/basics/clock.ts';
import { addApplication } from '../../../support/applications/applications.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { failsWith } from '../../../support/basics/failures.ts';
import { samlFixture } from '../../../support/saml/keys.ts';
import { makeTenant, type Tenant } from '../../../support/databases/tenant.ts';

const sealer = createSealer(Buffer.alloc(32, 7));

const prepared = (name: 'idp' | 'sp' | 'other'): NewCertificate => ({
  certificatePem: samlFixture(`${name}-cert.pem`),
  privateKeyPem: samlFixture(`${name}-key.pem`),
  keySize: 2048,
  algorithm: 'SHA-256',
  notBeforeAt: START_AT,
  notAfterAt: START_AT + MINUTE_MS,
});

describeOnEachDatabase('certificates', (open) => {
  let tenant: Tenant;
  beforeEach(async () => {
    tenant = await makeTenant(open());
  });

  const add = (id: ApplicationId, name: 'idp' | 'sp' | 'other', active = true, inTenant = tenant) =>
    inTenant.run((work) =>
      addCertificate(work, { ids: inTenant.ids, sealer }, inTenant.instance, id, {
        ...prepared(name),
        active,
      }),
    );
  const list = (id: ApplicationId) => listCertificates(tenant.db.read, tenant.instance.id, id);

  it('are stored with a sealed key', async () => {
    const { db, instance } = tenant;
    const wiki = await addApplication(tenant, 'wiki');
    const certificate = await add(wiki.id, 'idp');
    const { privateKeyPem, ...shown } = prepared('idp');
    const expected = {
      ...shown,
      id: certificate.id,
      applicationId: wiki.id,
      active: true,
      createdAt: tenant.clock.now(),
    };
    assert.deepEqual(certificate, expected);
    assert.deepEqual(await list(wiki.id), [expected]);
    const rows = await db.read
      .selectFrom('certificates')
      .selectAll()
      .where('id', '=', certificate.id)
      .execute();
    assert.doesNotMatch(JSON.stringify(rows), /PRIVATE KEY/);
    const active = await findActiveCertificate(db.read, instance.id, wiki.id);
    assert.ok(active);
    const key = createSigningKeys({ sealer }).signingKeyOf(active);
    assert.equal(key.privateKey.export({ type: 'pkcs8', format: 'pem' }), privateKeyPem);
  });

  it('record their creation without the key', async () => {
    const wiki = await addApplication(tenant, 'wiki');
    const { id } = await add(wiki.id, 'idp');
    const [event] = await tenant.events(1);
    assert.equal(event?.eventName, 'CreateApplicationInstanceCertificate');
    assert.deepEqual(event.responseElements, { certificateId: id });
    assert.doesNotMatch(JSON.stringify(event), /PRIVATE|MII/);
  });

  it('come with the application that they are active for', async () => {
    const { db, instance } = tenant;
    const wiki = await addApplication(tenant, 'wiki');
    const notes = await addApplication(tenant, 'notes');
    const other = await add(notes.id, 'sp');
    const before = await findApplicationForSigning(db.read, instance.id, wiki.id);
    assert.deepEqual(before, { application: wiki, certificate: undefined });
    const certificate = await add(wiki.id, 'idp');
    const found = await findApplicationForSigning(db.read, instance.id, wiki.id);
    assert.deepEqual(found?.application, wiki);
    assert.equal(found.certificate?.id, certificate.id);
    assert.equal(found.certificate.certificatePem, samlFixture('idp-cert.pem'));
    assert.equal(found.certificate.algorithm, 'SHA-256');
    assert.equal(found.certificate.notAfterAt, START_AT + MINUTE_MS);
    const beside = await findApplicationForSigning(db.read, instance.id, notes.id);
    assert.equal(beside?.certificate?.id, other.id);
  });

  it('allow one active certificate: a new active one replaces the earlier one', async () => {
    const { db, instance } = tenant;
    const wiki = await addApplication(tenant, 'wiki');
    const first = await add(wiki.id, 'idp');
    const second = await add(wiki.id, 'other');
    assert.deepEqual(
      (await list(wiki.id)).map(({ id, active }) => [id, active]),
      [
        [second.id, true],
        [first.id, false],
      ],
    );
    assert.equal((await findActiveCertificate(db.read, instance.id, wiki.id))?.id, second.id);
  });

  it('leave the active certificate alone when an inactive one is added', async () => {
    const wiki = await addApplication(tenant, 'wiki');
    const first = await add(wiki.id, 'idp');
    await add(wiki.id, 'other', false);
    const [active, inactive] = await list(wiki.id);
    assert.deepEqual([active?.id, active?.active, inactive?.active], [first.id, true, false]);
    const found = await findApplicationForSigning(tenant.db.read, tenant.instance.id, wiki.id);
    assert.equal(found?.certificate?.id, first.id);
  });

  it('refuse a third one, and the active one stays (guide, “Set the new certificate to active”)', async () => {
    const wiki = await addApplication(tenant, 'wiki');
    await add(wiki.id, 'idp');
    const second = await add(wiki.id, 'other');
    await assert.rejects(add(wiki.id, 'sp'), failsWith('ConflictException'));
    const certificates = await list(wiki.id);
    assert.equal(certificates.length, 2);
    assert.equal(certificates[0]?.id, second.id);
  });

  it('are invisible to other instances', async () => {
    const wiki = await addApplication(tenant, 'wiki');
    await add(wiki.id, 'idp');
    const other = await makeTenant(open());
    const { id } = other.instance;
    assert.deepEqual(await listCertificates(other.db.read, id, wiki.id), []);
    assert.equal(await findActiveCertificate(other.db.read, id, wiki.id), undefined);
    assert.equal(await findApplicationForSigning(other.db.read, id, wiki.id), undefined);
    await assert.rejects(add(wiki.id, 'sp', true, other), failsWith('ResourceNotFoundException'));
    assert.equal((await list(wiki.id)).length, 1);
  });

  it('are deleted together with their application', async () => {
    const wiki = await addApplication(tenant, 'wiki');
    await add(wiki.id, 'idp');
    await tenant.run((work) => deleteApplication(work, tenant.instance, wiki.id));
    assert.deepEqual(await list(wiki.id), []);
  });
});
