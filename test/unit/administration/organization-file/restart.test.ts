import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKeyCache } from '../../../../src/domain/certificates/key-cache.ts';
import { generateKeyPair, type KeyPairPem } from '../../../../src/domain/certificates/key-pair.ts';
import { HOUR_MS } from '../../../../src/foundation/platform/clock.ts';
import type { Database } from '../../../../src/foundation/storage/database.ts';
import { openSqlite } from '../../../../src/foundation/storage/sqlite.ts';
import { contentsOf, makeFileServer } from '../../../support/organization-file/file-server.ts';
import { fixedKeyPair } from '../../../support/saml/keys.ts';
import type { Edit } from '../../../support/organization-file/organization-files.ts';

describe('a server in memory that starts again with the same organization file', () => {
  let folder: string;
  const databases: Database[] = [];
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'organization-file-'))));
  after(() => rm(folder, { recursive: true }));
  afterEach(async () => {
    for (const db of databases.splice(0)) await db.close();
  });

  /** The data that service providers have about a server after a start at another time. */
  async function start({
    later = 0,
    keys = folder,
    edits = [],
    makeKeyPair = () => generateKeyPair(2048),
  }: {
    later?: number;
    keys?: string;
    edits?: Edit[];
    makeKeyPair?: () => Promise<KeyPairPem>;
  }) {
    const db = openSqlite({ location: ':memory:', durability: 'process' });
    databases.push(db);
    await db.migrate();
    const server = makeFileServer(db, {
      keyCache: createKeyCache(keys),
      keyPair: makeKeyPair,
    });
    server.clock.advance(later);
    const { instance } = await server.applyGood(edits);
    const of = async (table: 'users' | 'groups' | 'applications') =>
      (await db.read.selectFrom(table).select('id').orderBy('id').execute()).map(({ id }) => String(id));
    const certificates = await db.read
      .selectFrom('certificates')
      .select(['id', 'application_id', 'certificate_pem'])
      .orderBy('application_id')
      .execute();
    return {
      ids: {
        organization: instance.organization.id,
        instance: instance.id,
        // The EntityIDs consist of this id and those of the applications.
        directory: instance.directoryId,
        ...{ users: await of('users'), groups: await of('groups'), applications: await of('applications') },
      },
      certificates,
      keysMade: server.keysMade(),
      contents: await contentsOf(db),
    };
  }

  it('has the same ids, EntityIDs and certificates', async function () {
    this.timeout(30_000); // Generates six real RSA keys.
    const first = await start({});
    assert.deepEqual([first.keysMade, first.certificates.length], [3, 3]);
    assert.equal(new Set(first.certificates.map((each) => each.certificate_pem)).size, 3);
    assert.match(first.ids.directory, /^d-[0-9a-f]{10}$/);
    const second = await start({ later: HOUR_MS });
    assert.equal(second.keysMade, 0);
    assert.deepEqual(second.ids, first.ids);
    assert.deepEqual(second.certificates, first.certificates);
    // The ids come from the file and the keys from the cache, neither from the process.
    const elsewhere = await start({ keys: join(folder, 'other') });
    assert.deepEqual(elsewhere.ids, first.ids);
    assert.notDeepEqual(elsewhere.certificates, first.certificates);
  });

  it('has other ids for another organization, account or alias, unless the file gives them', async () => {
    // No id depends on a key, so a fixed one will do.
    const keys = join(folder, 'fixed');
    const makeKeyPair = () => Promise.resolve(fixedKeyPair());
    const idsWith = async (...edits: Edit[]) => (await start({ edits, keys, makeKeyPair })).ids;
    const mine = await idsWith();
    for (const edit of [
      ['name: Example Corp', 'name: Other Corp'],
      ['"111122223333"', '"444455556666"'],
      ['alias: acme', 'alias: other'],
    ] as const) {
      const other = await idsWith(edit);
      const [theirs, ours] = [Object.values(other).flat(), Object.values(mine).flat()];
      assert.equal(new Set([...theirs, ...ours]).size, theirs.length + ours.length);
    }
    const given = await idsWith(
      ['managementAccountId', 'id: o-abcdefghij, managementAccountId'],
      ['region', 'directoryId: d-0123456789, region'],
    );
    assert.deepEqual([given.organization, given.directory], ['o-abcdefghij', 'd-0123456789']);
    assert.ok(given.users.every((id) => id.startsWith('0123456789-')));
  });
});
