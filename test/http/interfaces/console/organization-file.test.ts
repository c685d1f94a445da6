import assert from 'node:assert/strict';
import { formOf, textOf, type Answer, type Browserless } from '../../../support/servers/browserless.ts';
import { signIn, startServer, type TestServer } from '../../../support/servers/server.ts';

const FILE = '/demo/console/organization-file';

describe('the organization file in the console', () => {
  let server: TestServer;
  let ana: Browserless;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer();
    await server.organization.users.setConsoleAccess('ana@example.com', 'full');
    await server.organization.users.setConsoleAccess('bo@example.com', 'read-only');
    ana = server.browser();
    await signIn(ana, 'ana@example.com', 'correct-Horse-7');
  });
  after(() => server.stop());

  const send = async (form: Record<string, string>, file = ''): Promise<Answer> => {
    const { action, fields } = formOf(await ana.get(`${FILE}/import`), '/import');
    return ana.post(action, { ...fields, ...form }, { site: 'same-origin', files: { file } });
  };
  const apply = (preview: Answer, fields: Record<string, string> = {}) => {
    const form = formOf(preview, '/apply');
    return ana.post(form.action, { ...form.fields, ...fields }, { site: 'same-origin' });
  };

  it('is downloaded, and says that nothing would change when it is sent back', async () => {
    const answer = await ana.get(`${FILE}/export`);
    assert.equal(answer.headers.get('content-disposition'), 'attachment; filename="organization.yaml"');
    assert.match(answer.body, /userName: ana@example\.com/);
    assert.doesNotMatch(answer.body, /passwordHash:|privateKey/);
    const preview = await send({ options: 'prune' }, answer.body);
    assert.equal(preview.status, 200);
    assert.match(textOf(preview), /Nothing: everything is as the file declares it/);
  });

  it('is downloaded with secrets only by a form, and not by those who may only read', async () => {
    const page = await ana.get(`${FILE}/export-secrets`);
    assert.match(textOf(page), /can act as your users/);
    const { action, fields } = formOf(page, '/export-secrets');
    const answer = await ana.post(action, fields, { site: 'same-origin' });
    assert.match(answer.body, /passwordHash:/);
    assert.equal((await ana.post(action, { csrf: 'forged' }, { site: 'same-origin' })).status, 403);
    const bo = server.browser();
    await signIn(bo, 'bo@example.com', 'correct-Horse-8');
    assert.doesNotMatch((await bo.get(FILE)).body, /export-secrets|organization-file\/import/);
    for (const path of ['export-secrets', 'import'])
      assert.equal((await bo.get(`${FILE}/${path}`)).status, 403);
    for (const path of ['export-secrets', 'import', 'apply'])
      assert.equal((await bo.post(`${FILE}/${path}`, fields, { site: 'same-origin' })).status, 403);
  });

  it('brings no password hashes that cost more than the instance’s own (attack)', async () => {
    const { body } = await ana.get(`${FILE}/export`);
    const hash = `$scrypt$ln=20,r=8,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`;
    const dear = body.replace(
      /^( *)(- )?userName: ana@example\.com$/m,
      (line, indent: string, dash = '') => `${line}\n${indent}${dash && '  '}passwordHash: "${hash}"`,
    );
    assert.notEqual(dear, body);
    const refused = await send({}, dear);
    assert.equal(refused.status, 400);
    assert.match(
      textOf(refused),
      /Only an operator of the server can bring password hashes of a higher cost/,
    );
    const form = formOf(await ana.get('/demo/console/imports/add'), '/imports/add');
    const csv = 'userName,email,givenName,familyName,displayName,passwordHash\n';
    const users = `${csv}eve,eve@example.com,Eve,Evans,Eve Evans,"${hash}"\n`;
    const imported = await ana.post(form.action, form.fields, { site: 'same-origin', files: { users } });
    assert.equal(imported.status, 400);
    assert.match(
      textOf(imported),
      /Only an operator of the server can bring password hashes of a higher cost/,
    );
  });

  it('shows what would change and be deleted, and deletes only after the word', async () => {
    const { body } = await ana.get(`${FILE}/export`);
    const changed = body
      .replace('displayName: Bo Berg', 'displayName: "\u202EBo & Co"')
      .replace('key: notes', 'key: news');
    const preview = await send({ content: changed, options: 'prune' });
    assert.match(textOf(preview), /To be deleted Applications: 1 deleted notes/);
    assert.match(textOf(preview), /Users: 1 updated bo@example\.com/);
    assert.ok(await server.organization.applications.get('notes'), 'nothing is done yet');

    const refused = await apply(preview, { confirmation: 'delete' });
    assert.equal(refused.status, 400);
    assert.match(textOf(refused), /Type DELETE, exactly as it is shown/);
    assert.ok(await server.organization.applications.get('notes'));

    // Between the preview and the button, somebody adds what the file would delete.
    await server.organization.groups.create({ displayName: 'Late' });
    const late = await apply(preview, { confirmation: 'DELETE' });
    assert.equal(late.status, 409);
    assert.match(textOf(late), /has changed since you looked.*Groups: 1 deleted Late/);
    assert.ok(await server.organization.groups.get('Late'));

    const done = await apply(late, { confirmation: 'DELETE' });
    assert.equal(done.location, `${FILE}?done=applied`);
    assert.match(textOf(await ana.get(done.location)), /The organization file was applied/);
    assert.equal(await server.organization.applications.get('notes'), undefined);
    assert.equal((await server.organization.users.get('bo@example.com'))?.displayName, '\u202EBo & Co');
    const [event] = await server.organization.events({ eventName: 'DeleteApplicationInstance' });
    assert.equal(event?.userIdentity['type'], 'AssumedRole');
  });

  const HEAD = 'version: 1\norganization: {name: Example Corp, managementAccountId: "111122223333"}\n';
  const INSTANCE = 'instance: {alias: demo, region: us-east-1}\n';
  for (const [title, content, file, message] of [
    ['both', HEAD, HEAD, /Or paste it here: Choose a file or paste it, not both/],
    [
      'another account (attack)',
      `${HEAD.replace('111122223333', '999988887777')}${INSTANCE}`,
      '',
      /Only an operator of the server can change managementAccountId/,
    ],
    [
      'settings of operators (attack)',
      `${HEAD}${INSTANCE}settings: {quotas: {applications: 100000}}\n`,
      '',
      /only an operator|operator/,
    ],
  ] as const)
    it(`is refused beside its field: ${title}`, async () => {
      const before = (await server.organization.users.list()).length;
      const refused = await send({ content }, file);
      assert.equal(refused.status, 400, textOf(refused).slice(0, 500));
      assert.match(textOf(refused), message);
      assert.match(refused.body, /<title>Nothing was saved: Import an organization file/);
      assert.equal((await server.organization.users.list()).length, before);
    });
});
