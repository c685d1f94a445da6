import assert from 'node:assert/strict';
import { readConfig, type Config } from '../../../src/config.ts';
import { openApiToken, replaceApiToken } from '../../../src/server/secrets.ts';
import { describeOnEachDatabase } from '../../support/databases/each-database.ts';

function configWith(env: Record<string, string>): Config {
  const read = readConfig({}, env);
  return read.ok ? read.config : assert.fail(read.faults.join());
}

describeOnEachDatabase('the API token', (open) => {
  it('is replaced at once at every server of the database, and only its hash is stored', async () => {
    const db = open();
    const [one, two] = [await openApiToken(db, configWith({})), await openApiToken(db, configWith({}))];
    const first = one.made ?? assert.fail('the first server prints it');
    assert.equal(two.made, undefined);
    const { token, endedAnother } = await replaceApiToken(db);
    assert.equal(endedAnother, true);
    for (const server of [one, two]) {
      assert.equal(await server.verify(token), true);
      assert.equal(await server.verify(first), false);
    }
    const rows = await db.read.selectFrom('server_state').selectAll().execute();
    for (const secret of [first, token]) assert.ok(!JSON.stringify(rows).includes(secret));
  });

  it('of VESTIBULE_API_TOKEN is not replaced', async () => {
    const db = open();
    const given = await openApiToken(db, configWith({ VESTIBULE_API_TOKEN: 'the-token-of-the-variable' }));
    const { token } = await replaceApiToken(db);
    assert.equal(await given.verify('the-token-of-the-variable'), true);
    assert.equal(await given.verify(token), false);
  });

  it('that the first start finds made already is not printed again', async () => {
    const { token } = await replaceApiToken(open());
    const server = await openApiToken(open(), configWith({}));
    assert.equal(server.made, undefined);
    assert.equal(await server.verify(token), true);
  });
});
