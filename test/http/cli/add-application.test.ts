import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { inConformance } from '../../support/basics/depth.ts';
import { runCommand } from '../../support/servers/run-command.ts';
import { API_TOKEN, signIn, startServer, type TestServer } from '../../support/servers/server.ts';
import { responseOf } from '../../support/saml/delivery.ts';

const METADATA = join(import.meta.dirname, '../../../examples/metadata/build-server-metadata.xml');

describe('vestibule add-application', function () {
  this.timeout(30_000);
  let server: TestServer;
  before(async () => (server = await startServer()));
  after(() => server.stop());

  const add = (words: string[], env: Record<string, string> = {}) =>
    runCommand(['add-application', '--url', server.publicUrl.origin, ...words], {
      folder: tmpdir(),
      env: { VESTIBULE_API_TOKEN: API_TOKEN, ...env },
    });

  it('registers and assigns, twice the same, and the sign-on URL that it prints works', async () => {
    const words = ['--metadata', METADATA, '--assign', 'ana@example.com', '--name', 'Builds'];
    const { code, out, err } = await add(words);
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /^Builds \(key builds\) was added\.\n/);
    assert.match(out, /ACS +https:\/\/build\.example\.com\/saml\/acs\n {2}Assigned to {3}ana@example\.com\n/);
    const again = await add(words);
    assert.equal(again.out.split('\n')[0], 'Builds (key builds) was added before. Nothing was changed.');
    assert.equal(again.out.split('\n').slice(1).join('\n'), out.split('\n').slice(1).join('\n'));

    const [, signOn = ''] = /Sign-on URL +(\S+)/.exec(out) ?? [];
    const browser = server.browser();
    await signIn(browser, 'ana@example.com', 'correct-Horse-7');
    const { xml } = await responseOf(await browser.get(new URL(signOn).pathname));
    assert.match(xml, /<saml:Audience>https:\/\/build\.example\.com\/saml\/metadata</);
  });

  it(inConformance('says in sentences what is wrong, and then adds nothing'), async () => {
    const several = join(tmpdir(), `several-${process.pid}.xml`);
    const descriptor = (id: string) =>
      `<EntityDescriptor entityID="${id}"><SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><AssertionConsumerService index="0" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://a.example/acs"/></SPSSODescriptor></EntityDescriptor>`;
    writeFileSync(
      several,
      `<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata">${descriptor('urn:one')}${descriptor('urn:two')}</EntitiesDescriptor>`,
    );
    for (const [words, env, says] of [
      [['--metadata', METADATA], { VESTIBULE_API_TOKEN: 'a-wrong-token-of-16' }, /refuses the API token/],
      [['--metadata', METADATA], { VESTIBULE_API_TOKEN: '' }, /into the variable VESTIBULE_API_TOKEN/],
      [['--metadata', METADATA, '--url', 'http://127.0.0.1:59999'], {}, /No server answers at .*serve/],
      [['--metadata', several], {}, /Choose one with --entity-id:\n {2}urn:one\n {2}urn:two\n$/],
      [
        ['--metadata', several, '--entity-id', 'urn:two', '--assign', 'nobody'],
        {},
        /There is no user nobody/,
      ],
    ] as const) {
      const { code, out, err } = await add([...words], env);
      assert.deepEqual([code, out], [1, ''], err);
      assert.match(err, says);
      assert.doesNotMatch(err, /\n\s+at /);
    }
  });
});
