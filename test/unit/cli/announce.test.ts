import assert from 'node:assert/strict';
import { announcement, type Announcement } from '../../../src/cli/announce.ts';
import { commandName } from '../../../src/cli/command-name.ts';

const SAID: Announcement = {
  publicUrl: new URL('http://localhost:8080'),
  command: 'vestibule',
  portalUrl: 'http://localhost:8080/demo/start',
  signIn: { names: [{ userName: 'ana@example.com', password: 'Welcome-2026!' }], more: false },
  metadata: { displayName: 'Wiki', url: 'http://localhost:8080/d-1/saml/metadata/ins-1' },
  apiToken: { made: 'a-new-token', given: false },
  consoleLink: 'http://localhost:8080/organizations/signin/x',
  smtpUrl: undefined,
};
const told = (change: Partial<Announcement>) => announcement({ ...SAID, ...change });

describe('the announcement of a start', () => {
  it('names everything that the first minutes need', () => {
    assert.match(
      told({}),
      /^\nVestibule is ready: http:\/\/localhost:8080\n\n {2}Portal {5}http:\/\/localhost:8080\/demo\/start\n/,
    );
    for (const line of [
      '  Metadata   http://localhost:8080/d-1/saml/metadata/ins-1 (of Wiki; each application has its own)',
      '  Console    http://localhost:8080/organizations/signin/x (once, within 15 minutes)',
      '  API        http://localhost:8080/api',
      '  API token  a-new-token',
      '  Docs       README.md',
      '  Sign in as',
      '    ana@example.com  Welcome-2026!',
      '    vestibule add-application --metadata <file or URL> --assign <user name>',
      'Ctrl+C ends it.',
    ])
      assert.ok(told({}).split('\n').includes(line), line);
  });

  it('says how to open the console when its first link was printed before', () => {
    assert.match(
      told({ consoleLink: undefined }),
      /Console {4}http:\/\/localhost:8080\/organizations \(“vestibule console-link” opens it\)\n/,
    );
  });

  it('says how to have a token again when it was printed before, and that VESTIBULE_API_TOKEN counts', () => {
    assert.match(
      told({ apiToken: { given: false }, command: 'npx vestibule' }),
      /API token {2}printed at the first start; “npx vestibule token” replaces it/,
    );
    assert.match(told({ apiToken: { given: true } }), /API token {2}the value of VESTIBULE_API_TOKEN\n/);
  });

  it('names users without a password when only hashes of theirs are known, and nobody when there is nobody', () => {
    const signIn = { names: [{ userName: 'ana@example.com' }], more: true };
    assert.match(
      told({ signIn }),
      /\n {2}Sign in with the passwords that were set\n {4}ana@example\.com\n {4}… and others\n/,
    );
    const empty = { names: [], more: false };
    assert.doesNotMatch(
      told({ signIn: empty, portalUrl: undefined, metadata: undefined }),
      /Sign in|Portal|Metadata/,
    );
  });

  it('names the server in the command unless it is the default one, and no password of the mail server', () => {
    assert.match(
      told({ publicUrl: new URL('http://localhost:9000') }),
      /add-application --url http:\/\/localhost:9000 --metadata/,
    );
    const smtpUrl = new URL('smtp://user:secret@mail.example.com:587');
    assert.match(told({ smtpUrl }), /Mail {7}goes to mail\.example\.com:587, /);
    assert.doesNotMatch(told({ smtpUrl }), /secret/);
  });
});

describe('the name of the command in sentences', () => {
  for (const [script, expected] of [
    ['/home/me/vestibule/dist/main.js', 'node dist/main.js'],
    ['/opt/vestibule/dist/main.js', 'node /opt/vestibule/dist/main.js'],
    ['/home/me/vestibule/node_modules/.bin/vestibule', 'npx vestibule'],
    ['/usr/local/bin/vestibule', 'vestibule'],
  ] as const) {
    it(`${script}: ${expected}`, () => {
      assert.equal(commandName(script, '/home/me/vestibule'), expected);
    });
  }
});
