import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startVestibule } from '../../../../src/index.ts';
import { readResponse } from '../../../../src/protocols/saml/read-response.ts';
import { ANA, libraries, refusal, WIKI } from '../../../support/servers/library.ts';

const SERVICE_PROVIDER = `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://wiki.example.com/saml">
  <SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://wiki.example.com/saml/acs" index="0"/>
  </SPSSODescriptor>
</EntityDescriptor>`;

/** A page that looks like our delivery page, on another origin. */
const NOT_OURS = '<form data-deliver action="/acs"><input name="SAMLResponse" value="x"></form>';

describe('organizations of the library', () => {
  const { inFolder, start } = libraries();

  describe('an organization', () => {
    const content = {
      instance: { alias: 'acme', region: 'eu-west-1' },
      groups: [{ displayName: 'Engineering' }],
      users: [{ ...ANA, groups: ['Engineering'] }],
      applications: [{ ...WIKI, assignments: { groups: ['Engineering'] } }],
    } as const;

    it('is what a file, a text or an object declares', async () => {
      const yaml =
        'version: 1\norganization: {name: Text, managementAccountId: "111122223333"}\ninstance: {region: us-east-1}\n';
      const file = inFolder('organization.yaml');
      writeFileSync(
        file,
        `${yaml}applications: [{key: wiki, displayName: Wiki, serviceProvider: {metadata: sp.xml}}]`,
      );
      writeFileSync(inFolder('sp.xml'), SERVICE_PROVIDER);
      const [wikiOfFile] = await (await start({ organization: file })).organization.applications.list();
      assert.equal(wikiOfFile?.serviceProvider.entityId, 'https://wiki.example.com/saml');
      const text = await start({ organization: { yaml } });
      assert.deepEqual(await text.organization.applications.list(), []);
      const object = await start({ organization: content });
      assert.match(object.organization.portalUrl, /\/acme\/start$/);
      const wiki = await object.organization.applications.get('wiki');
      assert.ok((await wiki?.respond({ user: 'ana@example.com' }))?.samlResponse);
    });

    it('that is declared wrongly is refused with every place, and the server doesn’t start', async () => {
      const wrong = { users: [{ ...ANA, email: 'nobody' }], applications: [{ ...WIKI, displayName: '' }] };
      const { message, fields } = await refusal(startVestibule({ organization: wrong }));
      assert.deepEqual(fields.map(({ field }) => field).sort(), [
        'applications[0].displayName',
        'users[0].email',
      ]);
      // The caller gave an object, so line numbers would lead nowhere.
      assert.doesNotMatch(message, /:\d+:\d+/);
      const inText = await refusal(startVestibule({ organization: { yaml: 'version: 2\nusers: 1\n' } }));
      assert.match(inText.message, /^organization:1:10: version/m);
      assert.match(
        (await refusal(startVestibule({ organization: 'missing.yaml' }))).message,
        /missing\.yaml/,
      );
    });

    it('that is added later is complete or not there at all', async () => {
      const server = await start({ organization: content });
      const second = await server.createOrganization({ ...content, instance: { region: 'eu-west-1' } });
      assert.notEqual(second.directoryId, server.organization.directoryId);
      assert.equal((await second.users.list()).length, 1);
      // The alias belongs to the first one.
      assert.equal((await refusal(server.createOrganization(content))).code, 'ConflictException');
      const { url, apiToken } = server;
      const answer = await fetch(`${url}/api/v1/organizations`, {
        headers: { authorization: `Bearer ${apiToken}` },
      });
      assert.equal(((await answer.json()) as { items: unknown[] }).items.length, 2);
    });

    it('sees nothing of the other organizations', async () => {
      const server = await start();
      const [one, two] = [server.organization, await server.createOrganization()];
      const ana = await one.users.create(ANA);
      const group = await one.groups.create({ displayName: 'Engineering' });
      const wiki = await one.applications.create(WIKI);
      assert.equal(await two.users.get(ana), undefined);
      assert.equal(await two.groups.get(group), undefined);
      assert.equal(await two.applications.get(wiki.id), undefined);
      const notes = await two.applications.create({ ...WIKI, key: 'notes' });
      assert.equal((await refusal(notes.assign({ users: [ana] }))).code, 'ResourceNotFoundException');
      assert.equal((await refusal(two.signIn(ana))).code, 'ResourceNotFoundException');
      assert.equal((await refusal(two.users.delete(ana.id))).code, 'ResourceNotFoundException');
      const browser = await one.signIn(ana);
      assert.match((await browser.visit(two.portalUrl)).url, /\/signin\//);
      assert.equal((await two.events({ eventName: 'CreateUser' })).length, 0);
    });

    it('is restored by a reset to its state at creation', async () => {
      const { organization } = await start({ organization: content });
      const before = await organization.applications.get('wiki');
      await organization.users.delete(ANA.userName);
      await organization.groups.create({ displayName: 'Sales' });
      await organization.settings.update({ session: { lifetime: 'PT1H' } });
      await before?.delete();
      await organization.reset();
      const after = await organization.applications.get('wiki');
      assert.deepEqual([after?.entityId, after?.certificate], [before?.entityId, before?.certificate]);
      assert.equal((await organization.settings.get()).session.lifetime, 'PT8H');
      assert.deepEqual(
        (await organization.groups.list()).map((each) => each.displayName),
        ['Engineering'],
      );
      assert.ok((await after?.respond({ user: ANA.userName }))?.xml);
      assert.match(organization.portalUrl, /\/acme\/start$/);
      assert.equal((await organization.browser().visit(organization.portalUrl)).status, 200);
    });

    it('that was deleted is gone, and its handle says so', async () => {
      const server = await start();
      const second = await server.createOrganization();
      await second.delete();
      assert.equal((await refusal(second.users.list())).code, 'ResourceNotFoundException');
    });
  });

  describe('handles', () => {
    it('of users create, change, find and delete them by the rules', async () => {
      const { organization } = await start();
      const { users, groups } = organization;
      await groups.create({ displayName: 'Engineering' });
      const ana = await users.create({ ...ANA, attributes: { title: 'Engineer' }, groups: ['Engineering'] });
      assert.deepEqual(await users.get('ANA@example.com'), ana);
      assert.deepEqual(await groups.members('Engineering'), [ana]);
      const disabled = await users.update(ana, { displayName: 'Ana', enabled: false, version: ana.version });
      assert.deepEqual([disabled.displayName, disabled.enabled], ['Ana', false]);
      const late = await refusal(users.update(ana, { displayName: 'A', version: ana.version }));
      assert.equal(late.code, 'ConflictException');
      const invalid = await refusal(users.create({ ...ANA, email: 'x', password: 'short' }));
      assert.deepEqual([...new Set(invalid.fields.map(({ field }) => field))], ['email', 'password']);
      const taken = await refusal(users.create(ANA));
      assert.deepEqual([taken.code, taken.fields[0]?.field], ['ConflictException', 'userName']);
      // The user is created completely or not at all.
      const bo = { ...ANA, userName: 'bo', email: 'bo@example.com', groups: ['Engineering', 'Nobody'] };
      assert.equal((await refusal(users.create(bo))).fields[0]?.field, 'groups[1]');
      assert.equal(await users.get('bo'), undefined);
      await users.delete(ana);
      assert.deepEqual(await users.list(), []);
    });

    it('of groups change their members', async () => {
      const { organization } = await start();
      const { users, groups } = organization;
      const ana = await users.create(ANA);
      const group = await groups.create({ displayName: 'Sales' });
      await groups.addMember(group, ana);
      await groups.addMember('sales', ana.userName);
      assert.equal((await groups.members(group)).length, 1);
      await groups.setConsoleAccess(group, 'full');
      await users.setConsoleAccess(ana, 'read-only');
      assert.deepEqual(await groups.consoleAccess('Sales'), { access: 'full' });
      assert.deepEqual(await users.consoleAccess(ana.userName), { access: 'read-only', effective: 'full' });
      await users.setConsoleAccess(ana, null);
      await users.setConsoleAccess(ana, null);
      await groups.removeMember(group, ana);
      assert.deepEqual(await users.consoleAccess(ana), { access: null, effective: null });
      assert.deepEqual(await groups.members(group), []);
      assert.equal((await groups.update(group, { displayName: 'Sellers' })).displayName, 'Sellers');
      await groups.delete('Sellers');
      assert.equal(await groups.get(group), undefined);
    });

    it('of applications are made from the catalogue, and say what to do at the service provider', async () => {
      const { organization } = await start();
      const { applications } = organization;
      const template = { name: 'Slack', variables: { workspace: 'orchard' } };
      const chat = await applications.create({ displayName: 'Chat', template });
      assert.deepEqual(chat.template, template);
      assert.deepEqual(chat.serviceProvider.acsUrls, ['https://orchard.slack.com/sso/saml']);
      const { steps, sources } = await chat.instructions();
      assert.ok(steps.some(({ values }) => values.some(({ value }) => value === chat.certificate)));
      assert.equal(sources.length, 1);
      const moved = await chat.update({ template: { name: 'Slack', variables: { workspace: 'meadow' } } });
      assert.deepEqual(moved.serviceProvider.acsUrls, ['https://meadow.slack.com/sso/saml']);
      const wrong = applications.create({ displayName: 'X', template: { name: 'Slack' } });
      assert.match((await refusal(wrong)).message, /workspace/);
      assert.match((await refusal(applications.create({ displayName: 'X' }))).message, /service provider/);
      const given = { applications: [{ key: 'x', displayName: 'X', template }] };
      await organization.apply(given);
      assert.deepEqual((await applications.get('x'))?.template, template);
    });

    it('of applications return what a service provider needs, and decide which users have access', async () => {
      const { organization } = await start();
      const ana = await organization.users.create(ANA);
      const wiki = await organization.applications.create(WIKI);
      const metadata = await (await fetch(wiki.metadataUrl)).text();
      assert.equal(await wiki.metadataXml(), metadata);
      assert.ok(
        metadata.includes(`entityID="${wiki.entityId}"`) && metadata.includes(`Location="${wiki.ssoUrl}"`),
      );
      assert.ok(metadata.replace(/\s/g, '').includes(wiki.certificate.replace(/-----[^-]+-----|\s/g, '')));
      assert.equal((await refusal(wiki.respond({ user: ana }))).code, 'AccessDeniedException');
      await wiki.assign({ users: [ana] });
      await wiki.assign({ users: [ana.userName] });
      const answered = await wiki.respond({ user: ana, inResponseTo: '_request', relayState: 'there' });
      assert.deepEqual([answered.acsUrl, answered.relayState], [WIKI.serviceProvider.acsUrls[0], 'there']);
      assert.equal(Buffer.from(answered.samlResponse, 'base64').toString(), answered.xml);
      const [exchange] = await wiki.exchanges.list();
      assert.equal(exchange?.responseXml, answered.xml);
      assert.deepEqual(await wiki.exchanges.get(exchange.id), exchange);
      assert.equal(await wiki.exchanges.get('_other'), undefined);
      assert.equal(
        (await refusal(wiki.respond({ user: ana, inResponseTo: 'a b' }))).fields[0]?.field,
        'inResponseTo',
      );
      const attributes = [
        { name: 'who', value: '${user:name} of ${user:groups}!' },
        { name: 'fixed', value: 'x' },
      ];
      const tried = await wiki.previewMappings({ user: ana, attributes });
      await wiki.update({ attributes });
      const { xml } = await wiki.respond({ user: ana });
      const sent = await readResponse(xml);
      assert.equal(sent?.assertion?.nameId?.value, tried.subject?.value);
      assert.deepEqual(
        sent?.assertion?.attributes.map(({ name, nameFormat, values }) => ({
          name,
          format: nameFormat,
          values,
        })),
        tried.attributes.filter(({ values }) => values.length > 0),
      );
      await wiki.unassign({ users: [ana] });
      assert.equal((await refusal(wiki.respond({ user: ana }))).code, 'AccessDeniedException');
      const renamed = await wiki.update({ displayName: 'Pages' });
      assert.equal(renamed.displayName, 'Pages');
      assert.deepEqual(
        (await organization.applications.list()).map(({ key }) => key),
        ['wiki'],
      );
    });
  });

  describe('a browser', () => {
    it('signs in through the pages, or gets a session directly, and receives what a service provider would', async () => {
      const { organization } = await start();
      const ana = await organization.users.create(ANA);
      const wiki = await organization.applications.create(WIKI);
      await wiki.assign({ users: [ana] });
      for (const options of [{ password: ANA.password }, undefined]) {
        const browser = await organization.signIn(ana, options);
        const portal = await browser.visit(organization.portalUrl);
        assert.ok(portal.body.includes('Wiki'), portal.url);
        const { response } = await browser.visit(wiki.ssoUrl);
        assert.equal(response?.acsUrl, WIKI.serviceProvider.acsUrls[0]);
        assert.match(response.xml, /ana@example\.com/);
      }
      // Each session has its event.
      assert.equal((await organization.events({ eventName: 'UserAuthentication' })).length, 2);
      const startTime = new Date(2000, 0, 1);
      assert.equal((await organization.events({ search: 'authenticate', startTime })).length, 2);
      assert.equal((await organization.events({ search: 'authenticate', failed: true })).length, 0);
      const { counts, signIns } = await organization.dashboard();
      assert.equal(counts.applications, 1);
      assert.equal(signIns.days.at(-1)?.signIns, 2);
      assert.equal((await organization.browser().visit(wiki.ssoUrl)).response, undefined);
    });

    it('isn’t signed in with a wrong password, nor as a disabled user', async () => {
      const { organization } = await start();
      const ana = await organization.users.create(ANA);
      const wrong = await refusal(organization.signIn(ana, { password: 'wrong-Horse-7' }));
      assert.equal(wrong.code, 'AccessDeniedException');
      await organization.users.update(ana, { enabled: false });
      assert.equal((await refusal(organization.signIn(ana))).code, 'ConflictException');
      assert.equal((await organization.events({ eventName: 'UserAuthentication' })).length, 0);
    });

    it('delivers the response to the service provider, and follows its redirects', async () => {
      const posted: URLSearchParams[] = [];
      const serviceProvider = createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          if (request.method !== 'POST') {
            response.end(`Welcome back, ${request.headers.cookie ?? 'stranger'}${NOT_OURS}`);
            return;
          }
          posted.push(new URLSearchParams(Buffer.concat(chunks).toString()));
          response.writeHead(302, { location: '/home', 'set-cookie': 'sp=1; Path=/; HttpOnly' }).end();
        });
      }).listen(0, '127.0.0.1');
      await once(serviceProvider, 'listening');
      const { port } = serviceProvider.address() as AddressInfo; // the address of a TCP server
      try {
        const { organization } = await start();
        await organization.users.create(ANA);
        const acsUrls = [`http://127.0.0.1:${port}/acs`];
        const wiki = await organization.applications.create({
          ...WIKI,
          serviceProvider: { entityId: 'sp', acsUrls },
        });
        await wiki.assign({ everyone: true });
        const browser = await organization.signIn(ANA.userName);
        const page = await browser.visit(wiki.ssoUrl);
        const home = await browser.deliver(page);
        assert.deepEqual(
          [home.url, home.body],
          [`http://127.0.0.1:${port}/home`, `Welcome back, sp=1${NOT_OURS}`],
        );
        assert.equal(posted[0]?.get('SAMLResponse'), page.response?.samlResponse);
        assert.equal((await refusal(browser.deliver(home))).code, 'BadRequest');
        // A service provider's page is never taken for our delivery page.
        assert.equal(home.response, undefined);
      } finally {
        serviceProvider.close();
      }
    });
  });
});
