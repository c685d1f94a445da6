import assert from 'node:assert/strict';
import { findApplicationByKey } from '../../../../src/domain/applications/store.ts';
import { assign } from '../../../../src/domain/assignments/commands.ts';
import { listDevices } from '../../../../src/domain/credentials/mfa/store.ts';
import { randomIds } from '../../../../src/foundation/platform/ids.ts';
import { activateCertificate } from '../../../../src/domain/certificates/commands.ts';
import { findActiveCertificate, listCertificates } from '../../../../src/domain/certificates/store.ts';
import { createSigningKeys } from '../../../../src/domain/certificates/signing-keys.ts';
import { createUser } from '../../../../src/domain/directory/user-commands.ts';
import {
  exportOrganizationFile,
  formatOrganizationFile,
} from '../../../../src/administration/organization-file/export/export.ts';
import {
  formatFaults,
  readOrganizationFile,
} from '../../../../src/administration/organization-file/read/read.ts';
import type { OrganizationFile } from '../../../../src/administration/organization-file/read/schema.ts';
import { createSealer } from '../../../../src/foundation/platform/crypto.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import { failsWith } from '../../../support/basics/failures.ts';
import {
  changed,
  emptyDatabase,
  makeFileServer,
  SEALER,
  type FileServer,
} from '../../../support/organization-file/file-server.ts';
import { person } from '../../../support/people/people.ts';
import { makeTenant } from '../../../support/databases/tenant.ts';
import {
  makeRichOrganization,
  rowsOf,
  SECRET,
} from '../../../support/organization-file/rich-organization.ts';

const OTHER_SEALER = createSealer(Buffer.alloc(32, 9));

async function readExport(text: string): Promise<OrganizationFile> {
  const read = await readOrganizationFile({ text, name: 'export.yaml', folder: undefined });
  if (!read.ok) throw new Error(`${formatFaults(read.faults, 'export.yaml')}\n${text}`);
  return read.file;
}

describeOnEachDatabase('exporting an organization', (open) => {
  let server: FileServer;
  beforeEach(async () => {
    await emptyDatabase(open());
    server = makeFileServer(open());
  });

  const exported = async (secrets: boolean, sealer = SEALER, organization = 'default') =>
    formatOrganizationFile(
      await exportOrganizationFile({ db: server.db, sealer }, { organization, secrets }),
    );

  it('recreates the organization in an empty database under another secret', async () => {
    await makeRichOrganization(server);
    const text = await exported(true);
    const before = await rowsOf(server.db);
    await emptyDatabase(server.db);

    const elsewhere = makeFileServer(server.db, { sealer: OTHER_SEALER });
    const applied = await elsewhere.apply(await readExport(text));
    assert.ok(applied.ok, applied.ok ? '' : formatFaults(applied.faults, 'export.yaml'));
    assert.deepEqual(await rowsOf(server.db), before);
    assert.equal(await exported(true, OTHER_SEALER), text);
    assert.deepEqual([elsewhere.hashed, elsewhere.keysMade()], [[], 0]);
    // The keys are sealed with the new secret, and can be used.
    const wiki = await findApplicationByKey(server.db.read, applied.instance.id, 'wiki');
    const active = wiki && (await findActiveCertificate(server.db.read, applied.instance.id, wiki.id));
    assert.ok(active);
    assert.ok(createSigningKeys({ sealer: OTHER_SEALER }).signingKeyOf(active).privateKey);
    // The secrets of the devices can be used, too.
    const ana = await elsewhere.user(applied.instance, 'ana');
    const devices = await listDevices(server.db.read, OTHER_SEALER, applied.instance.id, ana.id);
    const phone = devices.find(({ name }) => name.startsWith('Phone'));
    assert.ok(phone?.type === 'TOTP');
    assert.deepEqual(phone.credential, { secret: SECRET, lastStep: 59_000_000, driftSteps: -1 });
    // Applying the file a second time changes nothing.
    const again = await elsewhere.apply(await readExport(text), { resetPasswords: true, prune: true });
    assert.ok(again.ok);
    assert.deepEqual(changed(again), {});
  });

  it('says after a rotation which certificate is active; an earlier export turns the rotation back', async () => {
    const instance = await makeRichOrganization(server);
    const before = await exported(true);
    const ledger = await findApplicationByKey(server.db.read, instance.id, 'ledger');
    assert.ok(ledger);
    const list = () => listCertificates(server.db.read, instance.id, ledger.id);
    const [first, second] = await list();
    assert.ok(first && second);
    await server.run(instance, (work) => activateCertificate(work, instance, ledger.id, second.id));
    const rotated = await exported(true);
    const rows = await rowsOf(server.db);
    assert.deepEqual(changed(await appliedTo(server, rotated)), {});
    await emptyDatabase(server.db);
    await appliedTo(makeFileServer(server.db), rotated);
    assert.deepEqual(await rowsOf(server.db), rows);
    assert.deepEqual(changed(await appliedTo(server, before)), {
      certificates: { created: 0, updated: 1 },
    });
    assert.deepEqual(
      (await list()).map(({ id, active }) => [id, active]),
      [
        [first.id, true],
        [second.id, false],
      ],
    );
    assert.equal(await exported(true), before);
  });

  /** Applies an export to a server, which must succeed. */
  async function appliedTo(where: FileServer, text: string) {
    const applied = await where.apply(await readExport(text));
    assert.ok(applied.ok, applied.ok ? '' : formatFaults(applied.faults, 'export.yaml'));
    return applied;
  }

  it('keeps the fingerprint of a declared password for a server with the same secret', async () => {
    await server.applyGood();
    const text = await exported(true);
    await emptyDatabase(server.db);
    const elsewhere = makeFileServer(server.db);
    assert.ok((await elsewhere.apply(await readExport(text))).ok);
    assert.deepEqual(changed(await elsewhere.applyGood([], { resetPasswords: true })), {});
    assert.deepEqual(elsewhere.hashed, []);
  });

  it('contains no secret unless secrets are requested', async () => {
    await makeRichOrganization(server);
    const text = await exported(false);
    assert.doesNotMatch(text, /scrypt|passwordHash:|declaredPasswordMac|PRIVATE KEY|certificates:/);
    assert.doesNotMatch(text, /\btotp:|mfaDevices|secret|trustedDevices|passwordHistory|JBSWY3DP/i);
    const rows = await server.db.read.selectFrom('passwords').select(['hash', 'declared_mac']).execute();
    for (const { hash, declared_mac: mac } of rows) {
      assert.ok(!text.includes(hash) && !text.includes(mac ?? hash));
    }
    // Everything exists already, so applying it changes nothing; names and ids are the same elsewhere.
    const applied = await server.apply(await readExport(text), { prune: true });
    assert.ok(applied.ok, applied.ok ? '' : formatFaults(applied.faults, 'export.yaml'));
    assert.deepEqual(changed(applied), {});
    await emptyDatabase(server.db);
    assert.ok((await server.apply(await readExport(text))).ok);
    assert.equal(await exported(false), text);
  });

  it('lets prune undo later changes', async () => {
    const { instance } = await server.applyGood();
    const text = await exported(true);
    const ledger = await findApplicationByKey(server.db.read, instance.id, 'ledger');
    assert.ok(ledger);
    await server.run(instance, async (work) => {
      const bob = await createUser(work, randomIds, instance, person('bob'));
      await assign(work, instance, ledger, { type: 'USER', id: bob.id, name: bob.userName });
    });
    await server.applyGood([
      [
        'groups:\n  - displayName: Engineering\n    description: Builds things',
        'groups:\n  - displayName: Engineering\n    description: Breaks things',
      ],
      ['title: Engineer', 'title: Architect'],
      ['icon: notebook', 'icon: book'],
    ]);
    const applied = await server.apply(await readExport(text), { prune: true });
    assert.ok(applied.ok);
    assert.deepEqual(applied.removals, [{ kind: 'users', name: 'bob@example.com' }]);
    assert.equal(await exported(true), text);
  });

  it('keeps everything that metadata says, even beyond addresses', async () => {
    const { instance } = await server.applyGood();
    const text = await exported(false);
    const wiki = (await findApplicationByKey(server.db.read, instance.id, 'wiki'))?.relyingParty;
    const [declared] = (await readExport(text)).applications.filter(({ key }) => key === 'wiki');
    assert.ok(declared?.serviceProvider?.from === 'relying-party');
    assert.deepEqual(declared.serviceProvider.relyingParty, wiki);
  });

  it('contains only the named organization, and fails for one that doesn’t exist', async () => {
    await server.applyGood();
    const other = await makeTenant(server.db, { alias: 'other' });
    const text = await exported(true, SEALER, other.organization.id);
    assert.doesNotMatch(text, /example\.com|Engineering/);
    assert.ok(text.includes(other.instance.directoryId));
    await assert.rejects(exported(true, SEALER, 'o-doesnotexist'), failsWith('ResourceNotFoundException'));
  });

  it('does not open keys with another secret', async () => {
    await server.applyGood();
    await assert.rejects(exported(true, OTHER_SEALER));
    assert.ok(await exported(false, OTHER_SEALER));
  });
});
