import { describeOnEachDatabase } from '../support/databases.ts';
import { startServer, signIn, EXAMPLE, type TestServer } from '../support/server.ts';
import { textOf } from '../support/browserless.ts';
describeOnEachDatabase('nul', (open) => {
  let server: TestServer;
  before(async () => { server = await startServer({ db: open() }); });
  after(() => server.stop());
  it('x', async () => {
    const b = server.browser();
    const id = await b.get('/demo/start', { followRedirects: true });
    const say = (n: string, a: any) => console.log(n, a.status, textOf(a).slice(0, 100));
    say('username', await b.submit(id, { username: 'a\0b' }));
    const asked = await b.submit(id, { username: 'ana@example.com' }, { followRedirects: true });
    say('password', await b.submit(asked, { password: 'a\0b' }));
    say('instance', await b.get('/%00/start'));
    say('signin', await b.get('/demo/signin/%00'));
    await signIn(b, 'ana@example.com', 'correct-Horse-7');
    say('search', await b.get('/demo/start?q=%00'));
    say('app', await b.get('/demo/start/applications/%00'));
    say('samples', await b.get('/samples/notes/acs?x=%00'));
    say('ua', await b.get('/demo/start', { headers: { 'user-agent': 'caf\u00e9' } }));
  });
});
