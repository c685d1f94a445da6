import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Migrator, type Kysely } from 'kysely';
import type { Database } from '../../../../src/foundation/storage/database.ts';
import { migrations } from '../../../../src/foundation/storage/migrations/index.ts';
import { openPostgres } from '../../../../src/foundation/storage/postgres.ts';
import { openSqlite } from '../../../../src/foundation/storage/sqlite.ts';
import { postgres } from '../../../support/databases/postgres.ts';
import { skipAloud } from '../../../support/basics/skip.ts';

/** The last migration of the release before this one. */
const BEFORE = '0003-organization-version';
/** The last migration that stored exchanges in the clear. */
const IN_THE_CLEAR = '0006-applications';
const AT = 1_700_000_000_000;
const RESPONSE = '<Response ID="in-the-clear"/>';
/** A response and a request in the clear, which a copy of the database could replay, and a mail. */
const SENT: [string, Record<string, unknown>][] = [
  [
    'applications',
    {
      ...{
        id: 'a',
        instance_id: 'i',
        application_key: 'wiki',
        display_name: 'Wiki',
        display_name_key: 'wiki',
      },
      ...{ description: '', enabled: 1, entity_id: 'x', service_provider: '{}', settings: '{}' },
      ...{ name_id_salt: 's', version: 1, created_at: AT, updated_at: AT },
    },
  ],
  [
    'exchanges',
    {
      ...{ id: 'e', instance_id: 'i', application_id: 'a', sequence: 1, initiated_by: 'identity-provider' },
      ...{ response_xml: RESPONSE, acs_url: 'https://x', status: 'Success', created_at: AT },
    },
  ],
  [
    'authn_requests',
    {
      ...{ id: 'r', instance_id: 'i', application_id: 'a', request: '{}', request_xml: '<x/>' },
      ...{ received_at: AT, expires_at: AT },
    },
  ],
  [
    'mails',
    {
      ...{ id: 'm', organization_id: 'o', sequence: 1, kind: 'invitation', to_address: 'Ana@X' },
      ...{ subject: 'Your ÄPFEL', text: 't', html: 'h', created_at: AT, status: 'kept', attempts: 0 },
    },
  ],
];

/** Two servers can give out the same sequence, and ids don't follow it. */
const EVENTS = Object.entries({
  b: '{"errorCode":"ConflictException"}',
  c: '{"requestParameters":{"text":"\\"errorCode\\":\\""}}',
  a: '{"serviceEventDetails":{"CredentialVerification":"Failure"}}',
}).map(([id, record], index) => ({
  ...{ id, organization_id: 'o', sequence: Math.min(index + 1, 2), event_at: AT, event_name: 'CreateUser' },
  ...{ username: null, read_only: 0, record },
}));

/** A data folder or database of an earlier release keeps its content. */
describe('migrations', function () {
  this.timeout(60_000);
  let db: Database | undefined;
  let folder: string | undefined;
  afterEach(async () => {
    await db?.close();
    if (folder !== undefined) rmSync(folder, { recursive: true });
    folder = undefined;
  });

  const check = async (opened: Database) => {
    db = opened;
    // The types describe today's tables, not those of an earlier release.
    const old = opened.read as unknown as Kysely<Record<string, Record<string, unknown>>>;
    const provider = { getMigrations: () => Promise.resolve(migrations) };
    const migrateTo = async (name: string) => {
      const { error } = await new Migrator({ db: old, provider }).migrateTo(name);
      assert.equal(error, undefined);
    };
    await migrateTo(BEFORE);
    const rows: [string, Record<string, unknown>][] = [
      [
        'organizations',
        {
          ...{ id: 'o', name: 'Example', management_account_id: '1', is_default: 1, version: 1 },
          ...{ clock_offset_ms: 0, clock_frozen_at: null, created_at: AT },
        },
      ],
      [
        'instances',
        {
          ...{ id: 'i', organization_id: 'o', directory_id: 'd-1234567890', alias: 'demo' },
          ...{ region: 'us-east-1', settings: '{}', version: 1, created_at: AT },
        },
      ],
      [
        'users',
        {
          ...{
            id: 'u',
            instance_id: 'i',
            user_name: 'ana',
            user_name_key: 'ana',
            email: 'a@x',
            email_key: 'a@x',
          },
          ...{
            given_name: 'A',
            family_name: 'S',
            display_name: 'A S',
            attributes: '{}',
            enabled: 1,
            version: 1,
          },
          ...{ created_at: AT, updated_at: AT },
        },
      ],
      ['passwords', { user_id: 'u', instance_id: 'i', hash: 'h', declared_mac: null, changed_at: AT }],
      [
        'sign_ins',
        {
          ...{ id: 's', instance_id: 'i', browser_id: 'b', user_id: 'u', user_name: 'ana', verified: '[]' },
          ...{
            failures: 0,
            continuation: '{}',
            completed_at: null,
            version: 1,
            created_at: AT,
            expires_at: AT,
          },
        },
      ],
    ];
    for (const [table, row] of rows) await old.insertInto(table).values(row).execute();
    await migrateTo(IN_THE_CLEAR);
    for (const [table, row] of SENT) await old.insertInto(table).values(row).execute();
    await old.insertInto('events').values(EVENTS).execute();
    await opened.migrate();
    const columns = ['id', 'sequence', 'record', 'failed'] as const;
    const events = await opened.read
      .selectFrom('events')
      .select(columns)
      .orderBy('sequence')
      .orderBy('id')
      .execute();
    const kept = events.map(({ id, sequence, record }) => [id, sequence, record]);
    const [b, c, a] = EVENTS.map(({ id, sequence, record }) => [id, sequence, record]);
    assert.deepEqual(kept, [b, a, c]);
    assert.deepEqual(
      events.map(({ failed }) => failed),
      [1, 1, 0],
    );
    for (const table of ['exchanges', 'authn_requests', 'sign_ins'] as const)
      assert.deepEqual(await opened.read.selectFrom(table).selectAll().execute(), [], table);
    const [password] = await opened.read.selectFrom('passwords').selectAll().execute();
    assert.deepEqual([password?.hash, password?.must_change], ['h', 0]);
    const [user] = await opened.read.selectFrom('users').select('search_key').execute();
    assert.equal(user?.search_key, 'ana a@x a s');
    const [mail] = await opened.read.selectFrom('mails').selectAll().execute();
    assert.deepEqual([mail?.search_key, mail?.user_id, mail?.event_id], ['ana@x your äpfel', null, null]);
    // Migrating once more changes nothing.
    await opened.migrate();
  };

  it('bring a database of the previous release up to date with its rows (sqlite)', async () => {
    folder = mkdtempSync(join(tmpdir(), 'vestibule-migrations-'));
    await check(openSqlite({ location: join(folder, 'vestibule.db'), durability: 'process' }));
    const files = readdirSync(folder);
    assert.ok(files.includes('vestibule.db-wal'));
    for (const name of files)
      assert.ok(!readFileSync(join(folder, name)).includes(RESPONSE), `${name} has a response in the clear`);
  });

  it('bring a database of the previous release up to date with its rows (postgres)', async function () {
    const server = await postgres();
    if (!server.ok) skipAloud(this, server.reason);
    await check(await openPostgres({ url: await server.createDatabase(), onIdleError: () => undefined }));
  });
});
