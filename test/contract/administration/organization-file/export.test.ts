import assert from 'node:assert/strict';
import { findApplicationByKey } from '../../../../src/domain/applications/store.ts';
import { assign } from '../../../../src/domain/assignments/commands.ts';
import type { MfaDevice } from '../../../../src/domain/credentials/mfa/device.ts';
import { insertDevice, listDevices } from '../../../../src/domain/credentials/mfa/store.ts';
import {
  newMfaDeviceId,
  newTrustedDeviceId,
  randomIds,
  type BrowserId,
  type UserId,
} from '../../../../src/foundation/platform/ids.ts';
import { insertTrust } from '../../../../src/domain/sessions/trusted-device-store.ts';
import { activateCertificate, addCertificate } from '../../../../src/domain/certificates/commands.ts';
import { generateKeyPair } from '../../../../src/domain/certificates/key-pair.ts';
import { issueSelfSigned } from '../../../../src/domain/certificates/self-signed.ts';
import { findActiveCertificate, listCertificates } from '../../../../src/domain/certificates/store.ts';
import { createSigningKeys } from '../../../../src/domain/certificates/signing-keys.ts';
import { createGroup, updateGroup } from '../../../../src/domain/directory/group-commands.ts';
import { findGroupByName } from '../../../../src/domain/directory/group-store.ts';
import { createUser, deleteUser, setUserEnabled } from '../../../../src/domain/directory/user-commands.ts';
import {
  exportOrganizationFile,
  formatOrganizationFile,
} from '../../../../src/administration/organization-file/export/export.ts';
import {
  formatFaults,
  readOrganizationFile,
} from '../../../../src/administration/organization-file/read/read.ts';
import type { OrganizationFile } from '../../../../src/administration/organization-file/read/schema.ts';
import { updateOrganization } from '../../../../src/domain/organizations/commands.ts';
import type { Instance } from '../../../../src/domain/organizations/organization.ts';
import { createSealer } from '../../../../src/foundation/platform/crypto.ts';
import type { Database } from '../../../../src/foundation/storage/database.ts';
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

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
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

  /** Whatever an organization can hold that a file alone would not make. */
  async function makeRich(): Promise<Instance> {
    const { instance } = await server.applyGood();
    const { db, clock } = server;
    const ids = randomIds;
    await server.run(instance, async (work) => {
      // Ids that aren't derived, a user without a password, names that YAML could take for something else.
      const bob = await createUser(work, ids, instance, {
        ...person('bob'),
        givenName: 'true',
        familyName: '# - "ü"\\ 1e3',
      });
      await setUserEnabled(work, instance, bob.id, false);
      await createGroup(work, ids, instance, { displayName: 'Ops: [night]', description: 'Two\nlines' });
      const engineering = await findGroupByName(work.tx, instance.id, 'Engineering');
      const [wiki, ledger] = [
        await findApplicationByKey(work.tx, instance.id, 'wiki'),
        await findApplicationByKey(work.tx, instance.id, 'ledger'),
      ];
      assert.ok(engineering && wiki && ledger);
      // Its assignment keeps the name that it had.
      await updateGroup(work, instance, engineering.id, { displayName: 'Builders' });
      // One that dangles, as the guide says of principals that are gone elsewhere.
      const gone = await createUser(work, ids, instance, person('gone'));
      await deleteUser(work, instance, gone.id);
      await assign(work, instance, wiki, { type: 'USER', id: gone.id, name: gone.userName });
      await assign(work, instance, ledger, { type: 'EVERYONE', id: instance.id, name: 'Everyone' });
      await updateOrganization(work, instance.organization, {
        clock: { offsetMs: 5000, frozenAt: clock.now() },
      });
    });
    await addCredentials(instance);
    const ledger = await findApplicationByKey(db.read, instance.id, 'ledger');
    assert.ok(ledger);
    const keyPair = await generateKeyPair(1024);
    const issued = await issueSelfSigned({
      ...{ keyPair, commonName: 'second', organizationalUnit: 'ledger', validFromAt: clock.now(), ids },
      ...{ algorithm: 'SHA-1', validityMonths: 3 },
    });
    const prepared = {
      ...issued,
      privateKeyPem: keyPair.privateKeyPem,
      keySize: 1024,
      algorithm: 'SHA-1',
    } as const;
    await server.run(instance, (work) =>
      addCertificate(work, { ids, sealer: SEALER }, instance, ledger.id, { ...prepared, active: false }),
    );
    return instance;
  }

  /** What people sign in with, of users who are enabled and who aren't. */
  async function addCredentials(instance: Instance): Promise<void> {
    const { db, clock } = server;
    const [ana, olga] = [await server.user(instance, 'ana'), await server.user(instance, 'olga')];
    const device = (name: string, userId: UserId) =>
      ({
        ...{ id: newMfaDeviceId(randomIds), userId, name },
        registeredAt: clock.now(),
        version: 3,
      }) as const;
    const totp = { type: 'TOTP', inSync: false, lastUsedAt: null } as const;
    const key = { type: 'WEBAUTHN', isBuiltIn: true, lastUsedAt: clock.now() } as const;
    const devices: MfaDevice[] = [
      {
        ...{ ...device('Phone: "1"', ana.id), ...totp },
        credential: { secret: SECRET, lastStep: 59_000_000, driftSteps: -1 },
      },
      {
        ...{ ...device('Laptop', ana.id), ...key },
        credential: {
          credentialId: 'a_-b',
          publicKey: 'cG_1',
          signCount: 7,
          transports: ['internal', 'usb'],
        },
      },
      {
        ...{ ...device('Phone', olga.id), ...totp, inSync: true },
        credential: { secret: SECRET, lastStep: null, driftSteps: 0 },
      },
    ];
    await db.transaction(async (tx) => {
      for (const each of devices) await insertDevice(tx, SEALER, instance.id, each);
      await insertTrust(tx, instance.id, {
        ...{ id: newTrustedDeviceId(randomIds), userId: ana.id, browserId: 'b_1' as BrowserId },
        ...{ browserFamily: 'Chrome', ip: '2001:db8::7', userAgent: '', trustedAt: clock.now() },
      });
      await tx.updateTable('passwords').set({ must_change: 1 }).where('user_id', '=', ana.id).execute();
      const { hash } = await tx.selectFrom('passwords').select('hash').executeTakeFirstOrThrow();
      await tx
        .insertInto('password_history')
        .values(
          [1, 2].map((n) => ({
            ...{ instance_id: instance.id, user_id: ana.id, replaced_at: clock.now() + n },
            hash: `${hash.slice(0, -1)}${n}`,
          })),
        )
        .execute();
    });
  }

  it('gives the same organization in an empty database under another secret', async () => {
    await makeRich();
    const text = await exported(true);
    const before = await rowsOf(server.db);
    await emptyDatabase(server.db);

    const elsewhere = makeFileServer(server.db, { sealer: OTHER_SEALER });
    const applied = await elsewhere.apply(await readExport(text));
    assert.ok(applied.ok, applied.ok ? '' : formatFaults(applied.faults, 'export.yaml'));
    assert.deepEqual(await rowsOf(server.db), before);
    assert.equal(await exported(true, OTHER_SEALER), text);
    assert.deepEqual([elsewhere.hashed, elsewhere.keysMade()], [[], 0]);
    // The keys are sealed anew, and work.
    const wiki = await findApplicationByKey(server.db.read, applied.instance.id, 'wiki');
    const active = wiki && (await findActiveCertificate(server.db.read, applied.instance.id, wiki.id));
    assert.ok(active);
    assert.ok(createSigningKeys({ sealer: OTHER_SEALER }).signingKeyOf(active).privateKey);
    // So are the devices' secrets.
    const ana = await elsewhere.user(applied.instance, 'ana');
    const devices = await listDevices(server.db.read, OTHER_SEALER, applied.instance.id, ana.id);
    const phone = devices.find(({ name }) => name.startsWith('Phone'));
    assert.ok(phone?.type === 'TOTP');
    assert.deepEqual(phone.credential, { secret: SECRET, lastStep: 59_000_000, driftSteps: -1 });
    // And a second time it changes nothing.
    const again = await elsewhere.apply(await readExport(text), { resetPasswords: true, prune: true });
    assert.ok(again.ok);
    assert.deepEqual(changed(again), {});
  });

  it('after a rotation says which certificate is active: elsewhere it is, and a file of before turns back', async () => {
    const instance = await makeRich();
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

  /** What an export does to a server; it must be taken. */
  async function appliedTo(where: FileServer, text: string) {
    const applied = await where.apply(await readExport(text));
    assert.ok(applied.ok, applied.ok ? '' : formatFaults(applied.faults, 'export.yaml'));
    return applied;
  }

  it('keeps what tells a declared password, for a server with the same secret', async () => {
    await server.applyGood();
    const text = await exported(true);
    await emptyDatabase(server.db);
    const elsewhere = makeFileServer(server.db);
    assert.ok((await elsewhere.apply(await readExport(text))).ok);
    assert.deepEqual(changed(await elsewhere.applyGood([], { resetPasswords: true })), {});
    assert.deepEqual(elsewhere.hashed, []);
  });

  it('tells no secret unless it is asked to', async () => {
    await makeRich();
    const text = await exported(false);
    assert.doesNotMatch(text, /scrypt|passwordHash:|declaredPasswordMac|PRIVATE KEY|certificates:/);
    assert.doesNotMatch(text, /\btotp:|mfaDevices|secret|trustedDevices|passwordHistory|JBSWY3DP/i);
    const rows = await server.db.read.selectFrom('passwords').select(['hash', 'declared_mac']).execute();
    for (const { hash, declared_mac: mac } of rows) {
      assert.ok(!text.includes(hash) && !text.includes(mac ?? hash));
    }
    // It is applied where everything is already, and changes nothing; names and ids are the same elsewhere.
    const applied = await server.apply(await readExport(text), { prune: true });
    assert.ok(applied.ok, applied.ok ? '' : formatFaults(applied.faults, 'export.yaml'));
    assert.deepEqual(changed(applied), {});
    await emptyDatabase(server.db);
    assert.ok((await server.apply(await readExport(text))).ok);
    assert.equal(await exported(false), text);
  });

  it('takes back what was changed meanwhile, with prune', async () => {
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

  it('writes metadata that says more than addresses so that nothing of it is lost', async () => {
    const { instance } = await server.applyGood();
    const text = await exported(false);
    const wiki = (await findApplicationByKey(server.db.read, instance.id, 'wiki'))?.relyingParty;
    const [declared] = (await readExport(text)).applications.filter(({ key }) => key === 'wiki');
    assert.ok(declared?.serviceProvider?.from === 'relying-party');
    assert.deepEqual(declared.serviceProvider.relyingParty, wiki);
  });

  it('is only of the organization that is named, and of none that doesn’t exist', async () => {
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

/** What stays another in a copy: moments, counters of changes, and what is sealed with the server's secret. */
const OF_THE_DATABASE = /_at$|^version$|^sealed_|^fingerprint$/;
/** Content that carries such a name. */
const CONTENT = ['clock_frozen_at', 'not_before_at', 'not_after_at'];

async function rowsOf(db: Database): Promise<Record<string, string[]>> {
  const tables = [
    ...(['organizations', 'instances', 'users', 'groups', 'memberships', 'passwords'] as const),
    ...(['applications', 'certificates', 'assignments'] as const),
    ...(['mfa_devices', 'trusted_devices', 'password_history'] as const),
  ];
  const contents: Record<string, string[]> = {};
  for (const table of tables) {
    const rows: Record<string, unknown>[] = await db.read.selectFrom(table).selectAll().execute();
    contents[table] = rows
      .map((row) =>
        JSON.stringify(
          Object.entries(row).filter(([column]) => !OF_THE_DATABASE.test(column) || CONTENT.includes(column)),
        ),
      )
      .sort();
  }
  return contents;
}
