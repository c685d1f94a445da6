import assert from 'node:assert/strict';
import { findApplicationByKey } from '../../../../src/domain/applications/store.ts';
import {
  exportOrganizationFile,
  formatOrganizationFile,
} from '../../../../src/administration/organization-file/export/export.ts';
import {
  formatFaults,
  readOrganizationFile,
} from '../../../../src/administration/organization-file/read/read.ts';
import { describeOnEachDatabase } from '../../../support/databases/each-database.ts';
import {
  changed,
  emptyDatabase,
  makeFileServer,
  SEALER,
  type FileServer,
} from '../../../support/organization-file/file-server.ts';

const HEAD = `version: 1
organization: {name: Acme, managementAccountId: "111122223333"}
instance: {region: us-east-1}
applications:
`;
const CHAT = `  - key: chat
    displayName: Chat
    template: {name: Slack, variables: {workspace: orchard}}
`;

describeOnEachDatabase('applications from the catalogue in an organization file', (open) => {
  let server: FileServer;
  beforeEach(async () => {
    await emptyDatabase(open());
    server = makeFileServer(open());
  });

  async function read(text: string) {
    const result = await readOrganizationFile({ text, name: 'org.yaml', folder: undefined });
    assert.ok(result.ok, result.ok ? '' : formatFaults(result.faults, 'org.yaml'));
    return result.file;
  }
  async function apply(applications: string) {
    const result = await server.apply(await read(HEAD + applications));
    assert.ok(result.ok, result.ok ? '' : formatFaults(result.faults, 'org.yaml'));
    const chat = await findApplicationByKey(server.db.read, result.instance.id, 'chat');
    assert.ok(chat);
    return { ...result, chat };
  }
  const exported = async () => {
    const options = { organization: 'default', secrets: false };
    return formatOrganizationFile(await exportOrganizationFile({ db: server.db, sealer: SEALER }, options));
  };

  it('are created, and left alone when the file is applied again', async () => {
    const { chat } = await apply(CHAT);
    assert.equal(chat.relyingParty.assertionConsumerServices[0]?.url, 'https://orchard.slack.com/sso/saml');
    assert.deepEqual(chat.settings.template, { name: 'Slack', variables: { workspace: 'orchard' } });
    assert.deepEqual(changed(await apply(CHAT)), {});
    // Values that the file doesn't mention stay as an administrator changed them.
    await apply(`${CHAT}    attributes: []\n`);
    const { chat: later, ...result } = await apply(CHAT);
    assert.deepEqual(changed(result), {});
    assert.deepEqual(later.settings.attributes, []);
  });

  it('follow their variables', async () => {
    await apply(CHAT);
    const { chat, ...result } = await apply(CHAT.replace('orchard', 'meadow'));
    assert.deepEqual(changed(result), { applications: { created: 0, updated: 1 } });
    assert.equal(chat.relyingParty.assertionConsumerServices[0]?.url, 'https://meadow.slack.com/sso/saml');
  });

  it('are exported so that applying the export changes nothing, here or in an empty database', async () => {
    const { chat } = await apply(`${CHAT}    relayState: x\n    attributes: []\n`);
    const text = await exported();
    assert.match(text, /template:\n {6}name: Slack\n {6}variables: \{ workspace: orchard \}\n/);
    const again = await server.apply(await read(text));
    assert.ok(again.ok);
    assert.deepEqual(changed(again), {});
    await emptyDatabase(open());
    const anew = await server.apply(await read(text));
    assert.ok(anew.ok);
    const made = await findApplicationByKey(server.db.read, anew.instance.id, 'chat');
    assert.deepEqual(made?.settings, chat.settings);
    assert.deepEqual(made.relyingParty, chat.relyingParty);
    assert.equal(await exported(), text);
    // An application that no longer has a template is exported without one.
    await apply(
      CHAT.replace(
        /template:.*/,
        'template: null\n    serviceProvider: {entityId: a, acsUrls: [https://a.example/]}',
      ),
    );
    assert.match(await exported(), /template: null/);
  });

  it('are refused with the place of every mistake at once, and nothing is created', async () => {
    const result = await server.apply(
      await read(`${HEAD}${CHAT.replace('orchard', '"evil.example/"')}  - key: wiki
    displayName: Wiki
    template:
      name: Wiki
  - key: desk
    displayName: Desk
    template: {name: Zendesk}
`),
    );
    assert.ok(!result.ok);
    const said = formatFaults(result.faults, 'org.yaml').split('\n');
    assert.match(said[0] ?? '', /^org\.yaml:7:52: .*Workspace must be one part of a host name/);
    assert.match(said[1] ?? '', /^org\.yaml:11:13: .*no application “Wiki”/);
    assert.match(said[2] ?? '', /^org\.yaml:12:\d+: .*Zendesk has no template/);
    assert.equal(said.length, 3);
  });
});
