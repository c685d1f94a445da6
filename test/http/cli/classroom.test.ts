import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inConformance } from '../../support/basics/depth.ts';
import { runCommand } from '../../support/servers/run-command.ts';
import { API_TOKEN, signIn, startServer, type TestServer } from '../../support/servers/server.ts';

const TEMPLATE = `version: 1
organization: {name: T, managementAccountId: "111122223333"}
instance: {region: us-east-1}
settings: {signIn: {passwordHashCost: 4}, mfa: {mode: disabled}}
`;

describe(inConformance('vestibule classroom'), function () {
  this.timeout(30_000);
  let server: TestServer;
  let folder: string;
  before(async () => {
    server = await startServer();
    folder = mkdtempSync(join(tmpdir(), 'vestibule-'));
    writeFileSync(join(folder, 'organization.yaml'), TEMPLATE);
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    await server.stop();
  });

  const run = (names: string, ...flags: string[]) => {
    writeFileSync(join(folder, 'names.csv'), names);
    const words = ['classroom', 'names.csv', '--from', 'organization.yaml', '--url', server.publicUrl.origin];
    return runCommand([...words, ...flags], { folder, env: { VESTIBULE_API_TOKEN: API_TOKEN } });
  };

  it('prints a card for each student, with which she signs in', async () => {
    const { code, out, err } = await run('name,email\nAda Lovelace,ada@example.org\n=1+1,\n');
    assert.deepEqual([code, err], [0, '']);
    const [heading, ada = '', formula = ''] = out.split('\r\n');
    assert.equal(heading, 'name,userName,password,portalUrl,consoleUrl,usersPassword');
    assert.match(formula, /^"'=1\+1"/, 'no spreadsheet calculates it');
    const [, name, userName = '', password = ''] = /^"([^"]*)","([^"]*)","([^"]*)"/.exec(ada) ?? [];
    assert.equal(name, 'Ada Lovelace');
    const portal = await signIn(server.browser(), userName, password, '/ada-lovelace/start');
    assert.equal(portal.status, 200);
  });

  it('names each mistake with its line, and makes nothing', async () => {
    const { code, out, err } = await run('Ada,x\nBea\nBea\n');
    assert.deepEqual([code, out], [1, '']);
    assert.match(err, /^names\.csv:1: Expected an email address.*\nnames\.csv:3: This name/m);
  });
});
