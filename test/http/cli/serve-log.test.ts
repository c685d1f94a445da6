import assert from 'node:assert/strict';
import { inConformance } from '../../support/basics/depth.ts';
import { formOf } from '../../support/servers/browserless.ts';
import { builtServers } from '../../support/servers/built-server.ts';
import { signIn } from '../../support/servers/server.ts';

const API_TOKEN = 'a-token-of-the-tests';

describe('the log of vestibule serve', function () {
  this.timeout(30_000);
  const { serve } = builtServers();

  it(
    inConformance('is JSON when it isn’t written to a terminal, with the request id that the answer has'),
    async () => {
      const builtServer = serve(['--memory', '--org', 'organization.yaml', '--log-level', 'debug']);
      const browser = await builtServer.ready();
      const answer = await browser.get('/demo/nothing?SAMLRequest=secret-of-the-query');
      const id = answer.headers.get('x-request-id') ?? '';
      assert.ok(answer.body.includes(id), 'the page names it too');
      assert.equal(await builtServer.exit('SIGTERM'), 0);
      const [line] = builtServer.log().filter(({ requestId }) => requestId === id);
      assert.deepEqual([line?.['method'], line?.['path'], line?.['status']], ['GET', '/demo/nothing', 404]);
      assert.doesNotMatch(JSON.stringify(builtServer.log()), /secret-of-the-query/);
    },
  );

  it('contains no password, cookie or token, whatever goes wrong', async () => {
    const env = { VESTIBULE_API_TOKEN: API_TOKEN, VESTIBULE_SECRET: 'the-secret-of-the-tests' };
    const builtServer = serve(['--memory', '--org', 'organization.yaml', '--log-level', 'debug'], env);
    const browser = await builtServer.ready();
    const asked = await browser.submit(
      await browser.get('/demo/start', { followRedirects: true }),
      { username: 'ana@example.com' },
      { followRedirects: true },
    );
    const { action, fields } = formOf(asked, '/password');
    await browser.submit(asked, { password: 'wrong-Password-1' });
    await browser.post(action, { ...fields, csrf: 'forged', password: 'wrong-Password-2' });
    await browser.post(action, { ...fields, password: 'wrong-Password-3'.repeat(5000) });
    assert.equal((await signIn(browser, 'ana@example.com', 'correct-Horse-7')).status, 200);
    const headers = { authorization: `Bearer ${API_TOKEN}` };
    const users = '/api/v1/organizations/default/users';
    await browser.send('POST', users, { headers, json: { userName: 'x', password: 'wrong-Password-4' } });
    await browser.send('POST', users, { headers: { authorization: 'Bearer wrong-token-5' }, json: {} });
    assert.equal((await browser.get('/api/v1/organizations', { headers })).status, 200);
    const console = await browser.get('/organizations/signin');
    await browser.submit(console, { token: 'wrong-Token-6' });
    assert.equal((await browser.submit(console, { token: API_TOKEN })).status, 303);
    const link = 'a-secret-that-is-part-of-an-address-0123456';
    await browser.get(`/organizations/signin/${link}`);
    for (const path of ['saml/rehearsal', 'saml/continue', 'invitation', 'reset'])
      await browser.get(`/demo/${path}/${link}`);
    assert.equal(await builtServer.exit('SIGTERM'), 0);

    const log = JSON.stringify(builtServer.log());
    assert.ok(builtServer.log().length > 10, 'it did log');
    assert.doesNotMatch(log, /wrong-|correct-Horse|token-of-the-tests|secret-of-the-tests/);
    for (const secret of [...browser.cookies.values(), fields['csrf'] ?? '', link])
      assert.ok(secret.length > 20 && !log.includes(secret));
  });
});
