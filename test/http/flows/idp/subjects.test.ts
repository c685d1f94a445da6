import assert from 'node:assert/strict';
import { descendant, attributesOf, responseOf, type ReadResponse } from '../../../support/saml/delivery.ts';
import { manualClock } from '../../../support/basics/clock.ts';
import { NameIdFormat } from '../../../../src/protocols/saml/types.ts';
import { childrenOf } from '../../../../src/protocols/saml/xml/tree.ts';
import { CODE } from '../../../support/saml/organization.ts';
import { API_TOKEN, signIn, startServer, type TestServer } from '../../../support/servers/server.ts';
import {
  api,
  redirectRequest,
  targetOf,
  userIdOf,
  type Target,
} from '../../../support/saml/single-sign-on.ts';

const ANA = ['ana@example.com', 'correct-Horse-7'] as const;
const BO = ['bo@example.com', 'correct-Horse-8'] as const;

const application = (key: string, more: string) =>
  `  - {key: ${key}, displayName: ${key}, serviceProvider: {entityId: https://${key}.example, acsUrls: [https://${key}.example/acs]}, assignments: {everyone: true}, ${more}}`;
const ORGANIZATION = `
version: 1
organization: {name: Example Corp, managementAccountId: "111122223333"}
instance: {alias: demo, region: us-east-1}
settings: {signIn: {passwordHashCost: 4}}
groups: [{displayName: Engineering}, {displayName: "R & D"}]
users:
  - {userName: ana@example.com, password: correct-Horse-7, email: ana@mail.example.com, givenName: Ana, familyName: Souza, displayName: Ana Souza, groups: [Engineering, "R & D"], attributes: {middleName: Maria}}
  - {userName: bo@example.com, password: correct-Horse-8, email: bo@example.com, givenName: Bo, familyName: Berg, displayName: Bo Berg}
applications:
${application('one', 'subject: {format: persistent}')}
${application('two', 'subject: {format: persistent}')}
${application('passing', 'subject: {format: transient}')}
${application('strict', 'subject: {format: persistent}, nameIdPolicy: strict')}
${application('label', 'subject: {value: "${user:subject}", format: persistent}')}
${application('ids', 'attributes: [{name: groups, value: "${user:groups}", format: uri}]')}
${application('names', 'groupValues: names, attributes: [{name: groups, value: "${user:groups}", format: basic}, {name: "urn:roles", value: "role: ${user:groups} (${user:givenName})"}]')}
${application('all', `attributes: [${['AD_GUID', 'email', 'familyName', 'givenName', 'middleName', 'name', 'preferredUsername', 'subject'].map((name) => `{name: ${name}, value: "\${user:${name}}"}`).join(', ')}]`)}
`;

const start = (organization = ORGANIZATION) => startServer({ organization, clock: manualClock() });

/** What an application receives about a user who signs in anew. */
async function told(
  server: TestServer,
  key: string,
  [userName, password] = ANA as readonly [string, string],
) {
  const browser = server.browser();
  await signIn(browser, userName, password);
  const target = await targetOf(server, key);
  return { browser, target, ...(await toldOf(await responseOf(await browser.get(target.path)))) };
}

async function toldOf({ assertion }: ReadResponse) {
  const nameId = descendant(assertion, 'Subject', 'NameID');
  const sessionIndex = descendant(assertion, 'AuthnStatement').attributes.get('SessionIndex');
  return Promise.resolve({ nameId, value: nameId.text, sessionIndex, assertion });
}

describe('subjects and attributes of assertions', () => {
  let server: TestServer;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await start();
  });
  after(() => server.stop());

  const asked = async (
    target: Target,
    content: string,
    browser = server.browser(),
    who = ANA as readonly [string, string],
  ) => {
    if (browser.cookies.size === 0) await signIn(browser, ...who);
    return responseOf(await redirectRequest(browser, target, target.request({ content })));
  };

  const exportFile = (query = '') =>
    server.browser().get(`/api/v1/organizations/default/file${query}`, {
      headers: { authorization: `Bearer ${API_TOKEN}` },
    });

  describe('a persistent NameID without a value', () => {
    it('differs by application and user, is the same each time, and names both sides', async () => {
      const [first, second, other, bo] = [
        await told(server, 'one'),
        await told(server, 'one'),
        await told(server, 'two'),
        await told(server, 'one', BO),
      ];
      assert.equal(first.value, second.value);
      assert.equal(new Set([first.value, other.value, bo.value]).size, 3);
      assert.equal(first.nameId.attributes.get('Format'), NameIdFormat.persistent);
      assert.equal(first.nameId.attributes.get('NameQualifier'), first.target.ssoUrl);
      assert.equal(first.nameId.attributes.get('SPNameQualifier'), 'https://one.example');
      const id = await userIdOf(server, ANA[0]);
      for (const secret of [id, 'ana', 'Souza']) assert.ok(!first.value.includes(secret));
    });

    it('stays the same when names, the e-mail address and the service provider’s addresses change', async () => {
      const before = await told(server, 'one');
      await api(server, 'PATCH', `users/${await userIdOf(server, ANA[0])}`, {
        displayName: 'Ana Berg',
        familyName: 'Berg',
      });
      await api(server, 'PATCH', 'applications/one', { displayName: 'Uno' });
      assert.equal((await told(server, 'one')).value, before.value);
    });

    it('is the same after a restart in memory, and in a server started from an export with its secrets', async function () {
      this.timeout(30_000);
      // The API makes this application: its salt is a secret, which only an export with secrets contains.
      await api(server, 'POST', 'applications', {
        ...{ key: 'three', displayName: 'Three', subject: { format: 'persistent' } },
        serviceProvider: { entityId: 'https://three.example', acsUrls: ['https://three.example/acs'] },
      });
      await api(server, 'PUT', 'applications/three/assignments', { everyone: true });
      const valuesOf = async (from: TestServer, ...keys: string[]) => {
        const values: string[] = [];
        for (const key of keys) values.push((await told(from, key)).value);
        return values;
      };
      const again = async (organization: string, ...keys: string[]) => {
        const restarted = await start(organization);
        try {
          return await valuesOf(restarted, ...keys);
        } finally {
          await restarted.stop();
        }
      };
      const before = await valuesOf(server, 'one', 'two', 'three');
      const exported = (await exportFile('?secrets=true')).body;
      assert.equal(exported.match(/nameIdSalt: /g)?.length, 1);
      assert.deepEqual(await again(ORGANIZATION, 'one', 'two'), before.slice(0, 2));
      assert.deepEqual(await again(exported, 'one', 'two', 'three'), before);
      const another = exported.replace(/nameIdSalt: \S+/, `nameIdSalt: ${'x'.repeat(43)}`);
      assert.notEqual((await again(another, 'three'))[0], before[2]);
    });

    it('isn’t in an export without secrets', async () => {
      const { body } = await exportFile();
      assert.doesNotMatch(body, /nameIdSalt/);
    });
  });

  it('have a transient NameID that is new each time, also within one session', async () => {
    const first = await told(server, 'passing');
    const second = await toldOf(await responseOf(await first.browser.get(first.target.path)));
    assert.notEqual(first.value, second.value);
    assert.equal(first.nameId.attributes.get('Format'), NameIdFormat.transient);
    assert.match(first.value, /^_[0-9a-f]{40}$/);
  });

  it('have a SessionIndex that is the same within a session, and differs in the next one and by application', async () => {
    const first = await told(server, 'one');
    const again = await toldOf(await responseOf(await first.browser.get(first.target.path)));
    assert.equal(again.sessionIndex, first.sessionIndex);
    const other = await toldOf(
      await responseOf(await first.browser.get((await targetOf(server, 'two')).path)),
    );
    assert.notEqual(other.sessionIndex, first.sessionIndex);
    assert.notEqual((await told(server, 'one')).sessionIndex, first.sessionIndex);
    assert.match(first.sessionIndex ?? '', /^_[0-9a-f]{64}$/);
    const sessions = await server.db.read.selectFrom('sessions').select('id').execute();
    for (const { id } of sessions)
      assert.ok(
        !first.assertion || !JSON.stringify([...first.nameId.attributes, first.sessionIndex]).includes(id),
      );
  });

  describe('NameIDPolicy', () => {
    const policy = (format: string, more = '') => `<samlp:NameIDPolicy Format="${format}"${more}/>`;

    it('is refused where the settings are strict and it asks for another format', async () => {
      const strict = await targetOf(server, 'strict');
      for (const format of [NameIdFormat.transient, NameIdFormat.emailAddress]) {
        const { status, assertion } = await asked(strict, policy(format));
        assert.deepEqual(status, [`${CODE}Requester`, `${CODE}InvalidNameIDPolicy`]);
        assert.equal(assertion, undefined);
      }
      for (const format of [NameIdFormat.persistent, NameIdFormat.unspecified])
        assert.deepEqual((await asked(strict, policy(format))).status, [`${CODE}Success`]);
    });

    it('gets the persistent NameID also without AllowCreate, and nothing is written for it', async () => {
      const strict = await targetOf(server, 'strict');
      const { value } = await told(server, 'strict');
      for (const allow of [
        '',
        ' AllowCreate="false"',
        ' AllowCreate="true"',
        ' SPNameQualifier="https://strict.example"',
      ]) {
        const { assertion } = await asked(strict, policy(NameIdFormat.persistent, allow));
        assert.equal(descendant(assertion, 'Subject', 'NameID').text, value);
      }
    });

    it('is refused with the qualifier of another service provider', async () => {
      const one = await targetOf(server, 'one');
      const { status } = await asked(
        one,
        policy(NameIdFormat.persistent, ' SPNameQualifier="https://two.example"'),
      );
      assert.deepEqual(status, [`${CODE}Requester`, `${CODE}InvalidNameIDPolicy`]);
    });
  });

  describe('a request about one Subject', () => {
    const subject = (value: string, attributes = '') =>
      `<saml:Subject><saml:NameID${attributes}>${value}</saml:NameID></saml:Subject>`;
    const unknown = [`${CODE}Responder`, `${CODE}UnknownPrincipal`];

    it('is answered for that persistent NameID, and for no other', async () => {
      const { value, target, browser } = await told(server, 'one');
      const bo = await told(server, 'one', BO);
      const statusOf = async (content: string) => (await asked(target, content, browser)).status;
      const persistent = ` Format="${NameIdFormat.persistent}"`;
      for (const good of [
        subject(value),
        subject(value, persistent),
        subject(value, `${persistent} SPNameQualifier="https://one.example"`),
      ])
        assert.deepEqual(await statusOf(good), [`${CODE}Success`]);
      for (const bad of [
        subject(bo.value),
        subject(value, ` Format="${NameIdFormat.transient}"`),
        subject(value, `${persistent} SPNameQualifier="https://two.example"`),
        subject('ana@example.com'),
      ])
        assert.deepEqual(await statusOf(bad), unknown);
    });

    it('is never answered for an earlier transient NameID', async () => {
      const { value, target, browser } = await told(server, 'passing');
      assert.deepEqual((await asked(target, subject(value), browser)).status, unknown);
    });

    it('is compared by the value alone where the format is only a label', async () => {
      const label = await targetOf(server, 'label');
      const content = subject('ana@example.com', ` Format="${NameIdFormat.emailAddress}"`);
      assert.deepEqual((await asked(label, content)).status, [`${CODE}Success`]);
      assert.deepEqual((await asked(label, content, server.browser(), BO)).status, unknown);
    });
  });

  describe('attributes', () => {
    const formatsOf = ({ assertion }: ReadResponse) =>
      childrenOf(
        descendant(assertion, 'AttributeStatement'),
        'urn:oasis:names:tc:SAML:2.0:assertion',
        'Attribute',
      ).map((each) => [
        each.attributes.get('Name'),
        (each.attributes.get('NameFormat') ?? '').split(':').at(-1),
      ]);

    it('name groups by id, or by name where the settings say so, one value each', async () => {
      const groups = (await api(server, 'GET', 'groups')) as { items: { id: string; displayName: string }[] };
      const ids = await told(server, 'ids');
      assert.deepEqual(
        new Set(attributesOf(ids.assertion)['groups']),
        new Set(groups.items.map(({ id }) => id)),
      );
      const names = await told(server, 'names');
      assert.deepEqual(new Set(attributesOf(names.assertion)['groups']), new Set(['Engineering', 'R & D']));
      assert.deepEqual(
        new Set(attributesOf(names.assertion)['urn:roles']),
        new Set(['role: Engineering (Ana)', 'role: R & D (Ana)']),
      );
      assert.deepEqual(attributesOf((await told(server, 'names', BO)).assertion), {}, 'none without a group');
    });

    it('have the name formats unspecified, basic and uri', async () => {
      const { browser, target } = await told(server, 'names');
      assert.deepEqual(formatsOf(await responseOf(await browser.get(target.path))), [
        ['groups', 'basic'],
        ['urn:roles', 'unspecified'],
      ]);
      const ids = await targetOf(server, 'ids');
      assert.deepEqual(formatsOf(await responseOf(await browser.get(ids.path))), [['groups', 'uri']]);
    });

    it('may be any of the guide’s attributes; one without a value is left out', async () => {
      const { assertion } = await told(server, 'all', BO);
      assert.deepEqual(attributesOf(assertion), {
        email: ['bo@example.com'],
        familyName: ['Berg'],
        givenName: ['Bo'],
        name: ['Bo Berg'],
        preferredUsername: ['bo@example.com'],
        subject: ['bo@example.com'],
      });
      assert.deepEqual(attributesOf((await told(server, 'all')).assertion)['middleName'], ['Maria']);
    });
  });
});
