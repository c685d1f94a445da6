import assert from 'node:assert/strict';
import { putConsoleAccess } from '../../../src/domain/access/commands.ts';
import { findApplicationByKey } from '../../../src/domain/applications/store.ts';
import { assign } from '../../../src/domain/assignments/commands.ts';
import type { MfaDevice } from '../../../src/domain/credentials/mfa/device.ts';
import { insertDevice } from '../../../src/domain/credentials/mfa/store.ts';
import {
  newMfaDeviceId,
  newTrustedDeviceId,
  randomIds,
  type BrowserId,
  type UserId,
} from '../../../src/foundation/platform/ids.ts';
import { insertTrust } from '../../../src/domain/sessions/trusted-device-store.ts';
import { addCertificate } from '../../../src/domain/certificates/commands.ts';
import { generateKeyPair } from '../../../src/domain/certificates/key-pair.ts';
import { issueSelfSigned } from '../../../src/domain/certificates/self-signed.ts';
import { createGroup, updateGroup } from '../../../src/domain/directory/group-commands.ts';
import { findGroupByName } from '../../../src/domain/directory/group-store.ts';
import { createUser, deleteUser, setUserEnabled } from '../../../src/domain/directory/user-commands.ts';
import { updateOrganization } from '../../../src/domain/organizations/commands.ts';
import { setLogo } from '../../../src/domain/organizations/branding/logo-commands.ts';
import { readLogo } from '../../../src/domain/organizations/branding/logo.ts';
import type { Instance } from '../../../src/domain/organizations/organization.ts';
import type { Database } from '../../../src/foundation/storage/database.ts';
import { SEALER, type FileServer } from './file-server.ts';
import { png } from '../pages/pictures.ts';
import { person } from '../people/people.ts';

export const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

/** An organization with everything that an organization can hold, including what a file alone would not create. */
export async function makeRichOrganization(server: FileServer): Promise<Instance> {
  const { instance } = await server.applyGood();
  const { db, clock } = server;
  const ids = randomIds;
  await server.run(instance, async (work) => {
    // Ids that aren't derived, a user without a password, and names that YAML could misread.
    const bob = await createUser(work, ids, instance, {
      ...person('bob'),
      givenName: 'true',
      familyName: '# - "ü"\\ 1e3',
    });
    await setUserEnabled(work, instance, bob.id, false);
    await createGroup(work, ids, instance, { displayName: 'Ops: [night]', description: 'Two\nlines' });
    const logo = readLogo(png(30, 20));
    assert.ok(logo.ok);
    await setLogo(work, instance, logo.logo);
    const engineering = await findGroupByName(work.tx, instance.id, 'Engineering');
    const [wiki, ledger] = [
      await findApplicationByKey(work.tx, instance.id, 'wiki'),
      await findApplicationByKey(work.tx, instance.id, 'ledger'),
    ];
    assert.ok(engineering && wiki && ledger);
    // A disabled user and a group under another name have access to the console.
    await putConsoleAccess(work, instance, { type: 'USER', id: bob.id }, 'full');
    await putConsoleAccess(work, instance, { type: 'GROUP', id: engineering.id }, 'read-only');
    // The assignment keeps the name that the group had.
    await updateGroup(work, instance, engineering.id, { displayName: 'Builders' });
    // An assignment whose user no longer exists, as the guide describes for directories elsewhere.
    const gone = await createUser(work, ids, instance, person('gone'));
    await deleteUser(work, instance, gone.id);
    await assign(work, instance, wiki, { type: 'USER', id: gone.id, name: gone.userName });
    await assign(work, instance, ledger, { type: 'EVERYONE', id: instance.id, name: 'Everyone' });
    await updateOrganization(work, instance.organization, {
      clock: { offsetMs: 5000, frozenAt: clock.now() },
    });
  });
  await addCredentials(server, instance);
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

/** Adds the credentials of users, both enabled and disabled. */
async function addCredentials(server: FileServer, instance: Instance): Promise<void> {
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

/** Columns that differ in a copy: instants, versions, and secrets that are sealed with the server's secret. */
const OF_THE_DATABASE = /_at$|^version$|^sealed_|^fingerprint$/;
/** Columns whose names match that pattern although they hold content. */
const CONTENT = ['clock_frozen_at', 'not_before_at', 'not_after_at'];

/** The rows of an organization by table, without the columns that differ in a copy. */
export async function rowsOf(db: Database): Promise<Record<string, string[]>> {
  const tables = [
    ...(['organizations', 'instances', 'logos', 'users', 'groups', 'memberships', 'passwords'] as const),
    ...(['console_access'] as const),
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
