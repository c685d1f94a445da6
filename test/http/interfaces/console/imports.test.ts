import assert from 'node:assert/strict';
import { formOf, textOf, type Answer, type Browserless } from '../../../support/servers/browserless.ts';
import { signIn, startServer, type TestServer } from '../../../support/servers/server.ts';

const IMPORTS = '/demo/console/imports';
const HEADER = 'userName,email,givenName,familyName,displayName,groups';
const row = (name: string, groups = '') => `${name},${name}@example.com,Given,Family,"${name} F",${groups}`;

describe('the console’s imports', () => {
  let server: TestServer;
  let ana: Browserless;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer();
    await server.organization.users.setConsoleAccess('ana@example.com', 'full');
    ana = server.browser();
    await signIn(ana, 'ana@example.com', 'correct-Horse-7');
  });
  after(() => server.stop());

  const send = async (content: string, file?: string): Promise<Answer> => {
    const { action, fields } = formOf(await ana.get(`${IMPORTS}/add`), '/add');
    return ana.post(action, { ...fields, content }, { site: 'same-origin', files: { users: file ?? '' } });
  };
  /** The page of an import once it has ended. */
  const ended = async (begun: Answer): Promise<string> => {
    assert.match(begun.location ?? '', /^\/demo\/console\/imports\/[\w-]+$/, begun.body.slice(0, 200));
    for (;;) {
      const page = await ana.get(begun.location ?? '');
      if (!textOf(page).includes('under way')) return textOf(page);
    }
  };

  it('take users from a file, and show how far they are', async () => {
    assert.match(textOf(await ana.get(IMPORTS)), /No imports yet/);
    const text = await ended(
      await send('', `\uFEFF${HEADER}\r\n${row('eva', 'Engineering')}\r\n${row('فرح')}\r\n`),
    );
    assert.match(text, /The import is done.*2 of 2 users and groups/);
    const eva = await server.organization.users.get('eva');
    assert.equal(eva?.displayName, 'eva F');
    const members = await server.organization.groups.members('Engineering');
    assert.ok(members.some(({ userName }) => userName === 'eva'));
    assert.match(textOf(await ana.get(IMPORTS)), /Done 2 of 2/);
  });

  it('take pasted lines of JSON, with groups', async () => {
    const user = {
      userName: 'gus',
      email: 'gus@example.com',
      givenName: 'G',
      familyName: 'S',
      displayName: 'Gus',
    };
    const lines = `{"group":{"displayName":"Guests"}}\r\n${JSON.stringify({ user: { ...user, groups: ['Guests'] } })}`;
    assert.match(await ended(await send(lines)), /2 of 2/);
  });

  it('are taken from a file or from text, not both', async () => {
    const refused = await send(HEADER, HEADER);
    assert.equal(refused.status, 400);
    assert.match(textOf(refused), /paste the users here: Choose a file or paste the users, not both/);
  });

  it('list all mistakes of a text above it', async () => {
    const refused = await send('{"user":{"userName":"a","console":"full"}}');
    assert.match(textOf(refused), /All \d+ mistakes are listed above.*/);
    assert.match(textOf(refused), /console is not known here/);
  });

  it('are stopped, and then say how far they came', async () => {
    // Passwords are hashed, so that it takes a while.
    const rows = Array.from({ length: 600 }, (_, index) => `${row(`guest-${index}`)},Another-2026!`);
    const begun = await send('', `${HEADER},password\n${rows.join('\n')}`);
    const running = await ana.get(begun.location ?? '');
    assert.match(running.body, /http-equiv="refresh"/);
    assert.match(textOf(await send(`${HEADER}\n${row('late')}`)), /Another import is under way/);
    const form = formOf(running, '/stop');
    const stopped = await ana.post(form.action, form.fields, { site: 'same-origin' });
    assert.equal(stopped.location, begun.location);
    assert.match(textOf(await ana.get(stopped.location ?? '')), /The import was stopped \d+ of 600/);
    // It has ended by itself, or a second click.
    assert.equal((await ana.post(form.action, form.fields, { site: 'same-origin' })).status, 303);
    const events = await server.organization.events({ eventName: 'StopUserImportJob' });
    assert.deepEqual(
      events.map(({ errorCode, userIdentity }) => [errorCode, userIdentity['type']]),
      [
        ['ConflictException', 'AssumedRole'],
        [undefined, 'AssumedRole'],
      ],
    );
    assert.equal((await ana.get(`${IMPORTS}/unknown`)).status, 404);
  });
});
