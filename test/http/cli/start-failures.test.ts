import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { sampled } from '../../support/basics/depth.ts';
import { builtServers, type BuiltServer } from '../../support/servers/built-server.ts';

const TOKEN = 'a-token-of-the-tests';

/** A start that must fail: what is there beforehand, how the server is started, and its only line. */
interface FailingStart {
  readonly what: string;
  readonly there?: (folder: string) => void;
  readonly flags?: string[];
  readonly env?: Record<string, string>;
  readonly says: RegExp;
}

const inData = (name: string, content: string) => (folder: string) => {
  mkdirSync(join(folder, 'data'));
  writeFileSync(join(folder, 'data', name), content);
};

const FAILING: readonly FailingStart[] = [
  {
    what: 'a file in place of the data folder',
    there: (folder) => writeFileSync(join(folder, 'data'), ''),
    says: /^The database \(data\/vestibule\.db\) could not be used: EEXIST/,
  },
  {
    what: 'a folder in place of the database',
    there: (folder) => mkdirSync(join(folder, 'data', 'vestibule.db'), { recursive: true }),
    says: /^The database .* Vestibule must be able to write in .*--data\.$/,
  },
  {
    what: 'a database that is damaged',
    there: inData('vestibule.db', 'not a database '.repeat(500)),
    says: /^The database .*: file is not a database$/,
  },
  {
    what: 'a database of a newer version',
    there(folder) {
      inData('other', '')(folder);
      const db = new DatabaseSync(join(folder, 'data', 'vestibule.db'));
      db.exec(`create table kysely_migration (name text primary key, timestamp text);
        insert into kysely_migration values ('9999-later', '2030-01-01T00:00:00Z')`);
      db.close();
    },
    says: /^The database .*: a newer version of Vestibule has changed it \(9999-later\)\. Start that version/,
  },
  {
    what: 'a folder in place of the secret',
    there: (folder) => mkdirSync(join(folder, 'data', 'secret'), { recursive: true }),
    says: /^The secret can’t be read: data\/secret is a folder, not a file\.$/,
  },
  {
    what: 'a database server that is not there',
    env: { DATABASE_URL: 'postgres://user:secret@127.0.0.1:1/db' },
    says: /^The database \(PostgreSQL at 127\.0\.0\.1:1\) could not be used: connect ECONNREFUSED/,
  },
  {
    what: 'an address of a database server that is no URL',
    env: { DATABASE_URL: 'postgres://user:secret@[::1/db' },
    says: /^The database \(PostgreSQL\) could not be used: Invalid URL$/,
  },
  {
    what: 'an organization file that is missing',
    flags: ['--memory', '--org', 'nowhere.yaml'],
    says: /^nowhere\.yaml: The file does not exist\.$/,
  },
  {
    what: 'an address that this machine does not have',
    flags: ['--memory', '--host', '203.0.113.1'],
    says: /^Port 0 of 203\.0\.113\.1 can’t be listened on: this machine has no such address\./,
  },
  {
    what: 'an argument that does not exist',
    flags: ['--nonsense'],
    says: /^error: unknown option '--nonsense'$/,
  },
];

/** The output for people, without the log. */
const toldBy = ({ output }: BuiltServer) =>
  output.split('\n').filter((line) => line !== '' && !line.startsWith('{'));

describe('a start of vestibule serve that can’t succeed', function () {
  this.timeout(30_000);
  const { folder, serve } = builtServers();

  for (const [index, { what, there, flags = [], env, says }] of FAILING.entries()) {
    it(sampled(index === 3, `ends with one sentence and code 1: ${what}`), async () => {
      there?.(folder());
      const builtServer = serve(flags, env);
      assert.equal(await builtServer.exit(), 1);
      const lines = toldBy(builtServer);
      assert.equal(lines.length, 1, builtServer.output);
      assert.match(lines[0] ?? '', says);
      assert.doesNotMatch(builtServer.output, /secret@|\\n\s+at /);
    });
  }

  it('does succeed without a folder for keys, TMPDIR and HOME, also when applications are added later', async () => {
    writeFileSync(join(folder(), 'certs'), 'a file where the folder would be');
    const builtServer = serve(['--memory', '--org', 'organization.yaml'], {
      ...{ TMPDIR: '/nowhere', HOME: '/nowhere', VESTIBULE_API_TOKEN: TOKEN },
    });
    const program = await builtServer.ready();
    const added = await program.send('POST', '/api/v1/organizations/default/applications', {
      json: {
        ...{ key: 'later', displayName: 'Later' },
        serviceProvider: { entityId: 'https://later.example', acsUrls: ['https://later.example/acs'] },
      },
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    assert.equal(added.status, 201, added.body);
    const warnings = builtServer.log().filter(({ level }) => level === 40);
    assert.deepEqual(
      warnings.map(({ msg }) =>
        /^Keys can’t be kept in \/.*\/certs \(it is not a folder\).*--certs\.$/.test(String(msg)),
      ),
      [true],
    );
  });
});
