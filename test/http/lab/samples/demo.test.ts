import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { formOf, textOf, type Browserless } from '../../../support/servers/browserless.ts';
import { signIn, startServer, type TestServer } from '../../../support/servers/server.ts';

const DEMO = readFileSync('examples/demo/organization.yaml', 'utf8');

describe('the demo organization on the whole server', () => {
  let server: TestServer;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    // Passwords at the usual cost would take most of the time.
    const organization = DEMO.replace('  signIn:', '  signIn:\n    passwordHashCost: 4');
    assert.notEqual(organization, DEMO);
    server = await startServer({ organization });
  });
  after(() => server.stop());

  const signedInAs = async (userName: string) => {
    const browser = server.browser();
    const { body } = await signIn(browser, userName, 'Welcome-2026!');
    const tiles = [...body.matchAll(/href="([^"]*\/saml\/assertion\/[^"]*)"/g)].map(([, href = '']) => href);
    return { browser, tiles };
  };
  /** Chooses a tile, and follows to the page that the service provider shows. */
  const open = async (browser: Browserless, tile: string) => {
    const delivery = await browser.get(tile);
    assert.match(delivery.body, /<script[^>]*deliver\./, 'posts itself');
    const { action, fields } = formOf(delivery);
    const { pathname } = new URL(action);
    const { location } = await browser.post(pathname, fields, { site: 'same-origin' });
    assert.ok(location, `${pathname} refused the response`);
    return { location, page: textOf(await browser.get(location)) };
  };

  it('has a product behind each tile, which greets the user and shows what it received', async () => {
    const { browser, tiles } = await signedInAs('ana@example.com');
    assert.equal(tiles.length, 6);
    for (const tile of tiles) {
      const { location, page } = await open(browser, tile);
      assert.match(page, /Hello, Ana Souza/, location);
      assert.match(textOf(await browser.get(`${location}/received`)), /Signature of the Assertion/, location);
    }
  });

  it('gives users a role in the products by their groups', async () => {
    const rolesOf = async (userName: string) => {
      const { browser, tiles } = await signedInAs(userName);
      const pages: string[] = [];
      for (const tile of tiles) pages.push((await open(browser, tile)).page);
      const role = /(?:Tanaka|Haddad) (Approver|Editor|Reader|Accountant|Manager|Employee|Auditor)/;
      return pages.flatMap((page) => role.exec(page)?.[1] ?? []).sort();
    };
    assert.deepEqual(await rolesOf('yuki@example.com'), ['Accountant', 'Approver', 'Manager', 'Reader']);
    assert.deepEqual(await rolesOf('leila@example.com'), ['Employee', 'Reader']);
  });
});
