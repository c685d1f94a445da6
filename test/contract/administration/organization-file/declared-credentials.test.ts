import assert from 'node:assert/strict';
import { findApplicationByKey } from '../../../../src/domain/applications/store.ts';
import { listCertificates } from '../../../../src/domain/certificates/store.ts';
import { formatFaults } from '../../../../src/administration/organization-file/read/read.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import {
  changed,
  contentsOf,
  emptyDatabase,
  makeFileServer,
  type FileServer,
} from '../../../support/organization-file/file-server.ts';
import { samlFixture } from '../../../support/saml/keys.ts';
import { readGood, type Edit } from '../../../support/organization-file/organization-files.ts';
import { addUser } from '../../../support/people/people.ts';
import { makeTenant } from '../../../support/databases/tenant.ts';

const LEDGER = '  - key: ledger\n';
const KNOWN_ID = '11111111-2222-4333-8444-555555555555';

/** Certificates as lines of the application `ledger`. */
const bringing = (...certificates: { name: 'idp' | 'other'; extra?: string }[]): Edit => {
  const pem = (file: string) => `|\n${samlFixture(file).replace(/^(?=.)/gm, ' '.repeat(12))}`;
  const items = certificates.map(
    ({ name, extra = '' }) =>
      `      - ${extra}certificate: ${pem(`${name}-cert.pem`)}        privateKey: ${pem(`${name}-key.pem`)}`,
  );
  return [LEDGER, `${LEDGER}    certificates:\n${items.join('')}`];
};
const first = { name: 'idp', extra: `id: ${KNOWN_ID}\n        ` } as const;
const second = { name: 'other', extra: 'active: false\n        ' } as const;

describeOnEachDatabase('an organization file that declares', (open) => {
  let server: FileServer;
  beforeEach(async () => {
    await emptyDatabase(open());
    server = makeFileServer(open());
  });

  const faultsOf = async (...edits: Edit[]) => {
    const result = await server.apply(await readGood(...edits));
    return result.ok ? '' : formatFaults(result.faults, 'org.yaml');
  };

  it('certificates adds them once and generates none', async () => {
    const { instance } = await server.applyGood([bringing(first)]);
    const ledger = await findApplicationByKey(server.db.read, instance.id, 'ledger');
    assert.ok(ledger);
    const list = () => listCertificates(server.db.read, instance.id, ledger.id);
    const [only] = await list();
    assert.deepEqual([only?.id, only?.active, only?.keySize], [KNOWN_ID, true, 2048]);
    assert.equal(only?.certificatePem.trim(), samlFixture('idp-cert.pem').trim());
    assert.equal(server.keysMade(), 2); // the certificates of the other two applications

    assert.deepEqual(changed(await server.applyGood([bringing(first)])), {});
    const added = await server.applyGood([bringing(first, second)]);
    assert.deepEqual(changed(added), { certificates: { created: 1, updated: 0 } });
    assert.deepEqual(
      (await list()).map(({ active }) => active),
      [true, false],
    );
    assert.deepEqual(changed(await server.applyGood([bringing(first, second)])), {});
  });

  it('certificates that contradict existing ones is refused with their place, and nothing is applied', async () => {
    await server.applyGood([bringing(first, second)]);
    const before = await contentsOf(server.db);
    const renamed = { ...first, extra: first.extra.replace('1111', '9999') };
    assert.match(
      await faultsOf(bringing(renamed, second)),
      /certificates\[0\]\.id: The certificate’s id is 11111111-.* and can’t be changed\.$/,
    );
    assert.deepEqual(await contentsOf(server.db), before);
  });

  it('a rotation makes the new certificate active, and changes nothing the next time', async () => {
    const { instance } = await server.applyGood([bringing(first, second)]);
    const ledger = await findApplicationByKey(server.db.read, instance.id, 'ledger');
    assert.ok(ledger);
    const list = () => listCertificates(server.db.read, instance.id, ledger.id);
    const before = await list();
    const swapped = [
      { ...first, extra: `${first.extra}active: false\n        ` },
      { ...second, extra: '' },
    ] as const;
    const rotated = await server.applyGood([bringing(...swapped)]);
    assert.deepEqual(changed(rotated), { certificates: { created: 0, updated: 1 } });
    assert.deepEqual(
      (await list()).map(({ id, active }) => [id, active]),
      [...before].reverse().map(({ id }, index) => [id, index === 0]),
    );
    assert.deepEqual(changed(await server.applyGood([bringing(...swapped)])), {});
  });

  it('another certificate makes it active, even if the earlier one has the id that would be derived', async () => {
    const { instance } = await server.applyGood([bringing({ name: 'idp' })]);
    await server.applyGood([bringing({ name: 'other' })]);
    const ledger = await findApplicationByKey(server.db.read, instance.id, 'ledger');
    assert.ok(ledger);
    const [active, inactive] = await listCertificates(server.db.read, instance.id, ledger.id);
    assert.equal(active?.certificatePem.trim(), samlFixture('other-cert.pem').trim());
    assert.equal(inactive?.certificatePem.trim(), samlFixture('idp-cert.pem').trim());
  });

  it('a third certificate is refused', async () => {
    await server.applyGood();
    assert.match(
      await faultsOf(bringing(first, second)),
      /applications\[1\]\.certificates: .* can have at most 2:/,
    );
  });

  it('ids that contradict existing ones, or belong to something else, is refused', async () => {
    const tenant = await makeTenant(server.db, { alias: 'other' });
    const bob = await addUser(tenant, 'bob');
    const { instance } = await server.applyGood();
    const before = await contentsOf(server.db);
    const ana = await server.user(instance, 'ana');
    const id = '0123456789-11111111-2222-4333-8444-555555555555';
    assert.equal(
      await faultsOf(['  - userName: ana@example.com\n', `  - userName: ana@example.com\n    id: ${id}\n`]),
      `org.yaml:13:9: users[0].id: The id is ${ana.id} and can’t be changed.`,
    );
    assert.equal(
      await faultsOf(
        ['  - userName: ana@example.com\n', `  - userName: anna@example.com\n    id: ${bob.id}\n`],
        ['email: ana@example.com', 'email: anna@example.com'],
      ),
      'org.yaml:13:9: users[0].id: This id is already used on this server. Leave it out to have a new one generated.',
    );
    assert.equal(
      await faultsOf(['region: us-east-1', 'region: us-east-1, id: ssoins-0123456789abcdef']),
      `org.yaml:3:48: instance.id: The instance’s id is ${instance.id} and can’t be changed.`,
    );
    assert.deepEqual(await contentsOf(server.db), before);
  });

  it('a frozen clock freezes it until a file declares otherwise', async () => {
    const frozenAt = '2031-05-06T07:08:09.000Z';
    const { instance } = await server.applyGood([
      ['name: Example Corp,', `name: Example Corp, clock: {frozenAt: "${frozenAt}"},`],
    ]);
    const clock = { offsetMs: 0, frozenAt: Date.parse(frozenAt) };
    assert.deepEqual(instance.organization.clock, clock);
    const again = await server.applyGood();
    assert.deepEqual([again.instance.organization.clock, changed(again)], [clock, {}]);
  });
});
