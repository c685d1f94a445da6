import assert from 'node:assert/strict';
import type { OpenApiDocument } from '../../../../src/interfaces/control-api/contract/openapi.ts';
import {
  newTrustedDeviceId,
  randomIds,
  type BrowserId,
  type UserId,
} from '../../../../src/foundation/platform/ids.ts';
import { insertTrust } from '../../../../src/domain/sessions/trusted-device-store.ts';
import { callDiagnosis, callSignInOperations } from '../../../support/servers/activity-calls.ts';
import { apiContract, type ApiContract } from '../../../support/servers/api-contract.ts';
import { callClassrooms } from '../../../support/servers/classroom-calls.ts';
import { signIn, startServer, type TestServer } from '../../../support/servers/server.ts';

const idOf = (value: unknown): string => (value as { id: string }).id;
const itemsOf = (page: Record<string, unknown>) => page['items'] as Record<string, unknown>[];

describe('the description of the control API', () => {
  let server: TestServer;
  let api: ApiContract;
  before(async function () {
    this.timeout(30_000); // the first server generates keys
    server = await startServer();
    const answer = await server.browser().get('/api/v1/openapi.json');
    assert.equal(answer.status, 200);
    api = apiContract(server, JSON.parse(answer.body) as OpenApiDocument);
  });
  after(() => server.stop());

  /** Stores the trust that the person would give by ticking the box. */
  const trust = (user: string) =>
    server.db.transaction((tx) =>
      insertTrust(tx, server.instance.id, {
        id: newTrustedDeviceId(randomIds),
        userId: user as UserId, // the API has just returned it
        browserId: 'browser' as BrowserId, // only compared
        ...{ browserFamily: 'Chrome', ip: '192.0.2.1', userAgent: 'Chrome', trustedAt: server.clock.now() },
      }),
    );

  it('matches organizations, their settings and their file', async () => {
    const made = await api.call('createOrganization');
    const organization = idOf(made);
    await api.call('listOrganizations', { query: { name: 'Sample Ltd', limit: '1' } });
    const seen = await api.call('getOrganization', { params: { organization } });
    const { version } = seen as { version: number };
    await api.call('updateOrganization', { params: { organization }, body: { name: 'Two', version } });
    const late = { params: { organization }, body: { name: 'Three', version } };
    const { presentVersion } = await api.call('updateOrganization', { ...late, refused: 409 });
    assert.equal(presentVersion, version + 1);
    await api.call('updateOrganization', { params: { organization }, body: { name: 5 }, refused: 400 });

    const settings = await api.call('getSettings', { params: { organization } });
    const changed = await api.call('updateSettings', { params: { organization } });
    assert.deepEqual(changed['signIn'], settings['signIn']);
    await api.call('updateSettings', {
      params: { organization },
      body: { denial: 'status', version: 1 },
      refused: 409,
    });

    const logo = await api.call('setLogo', { params: { organization } });
    assert.deepEqual(await api.call('getLogo', { params: { organization } }), logo);
    await api.call('setLogo', { params: { organization }, body: { base64: 'PHN2Zy8+' }, refused: 400 });
    await api.call('deleteLogo', { params: { organization } });
    await api.call('getLogo', { params: { organization }, refused: 404 });

    await api.call('getClock', { params: { organization } });
    await api.call('advanceClock', { params: { organization } });
    await api.call('advanceClock', { params: { organization }, body: { by: '9h' }, refused: 400 });
    await api.call('previewClock', { params: { organization }, query: { by: 'P1D' } });
    await api.call('previewClock', {
      params: { organization },
      query: { by: 'P1D', now: '2030-01-31T09:00:00Z' },
      refused: 400,
    });
    await api.call('resumeClock', { params: { organization } });
    await api.call('setClock', { params: { organization } });
    await api.call('setClock', {
      params: { organization },
      body: { now: '1970-01-01T00:00:00Z' },
      refused: 400,
    });
    await api.call('freezeClock', { params: { organization } });
    await api.call('resetClock', { params: { organization } });
    await api.call('applyFile', { params: { organization }, query: { dryRun: 'true' } });
    await api.call('applyFile', { params: { organization }, body: 'version: 2', refused: 400 });
    const { text } = await api.call('exportFile', { params: { organization } });
    await api.call('applyFile', { params: { organization }, body: text, query: { prune: 'true' } });
    await api.call('createInstance', { params: { organization }, refused: 409 });
    await api.call('deleteInstance', { params: { organization }, query: { version: '1' }, refused: 409 });
    await api.call('deleteInstance', { params: { organization } });
    await api.call('deleteInstance', { params: { organization }, refused: 404 });
    await api.call('createInstance', { params: { organization }, body: { region: 'x' }, refused: 400 });
    await api.call('createInstance', { params: { organization } });
    await api.call('resetOrganization', { params: { organization } });
    await api.call('deleteOrganization', { params: { organization } });
    await api.call('getOrganization', { params: { organization }, refused: 404 });
  });

  it('matches classes and their students', () => callClassrooms(server, api));

  it('matches users, groups, imports and sessions', async () => {
    const user = idOf(await api.call('createUser'));
    await api.call('listUsers', { query: { userName: 'eva@example.com' } });
    await api.call('listUsers', { query: { search: 'EVA exam', enabled: 'true', order: 'descending' } });
    await api.call('listUsers', { query: { order: 'newest' }, refused: 400 });
    await api.call('getUser', { params: { user } });
    await api.call('updateUser', { params: { user } });
    await api.call('setPassword', { params: { user }, body: { password: 'Another-2026!' } });
    await api.call('resetPassword', { params: { user } });
    await api.call('resetPassword', { params: { user }, body: {}, refused: 400 });
    const told = await api.call('resetPassword', { params: { user }, body: { oneTimePassword: true } });
    assert.match(String(told['oneTimePassword']), /^\w{4}-\w{4}-\w{4}$/);
    await api.call('sendInvitation', { params: { user }, refused: 409 });
    await api.call('setPassword', { params: { user }, body: { password: 'Another-2026!' } });
    await signIn(server.browser(), 'eva@example.com', 'Another-2026!');
    await signIn(server.browser(), 'eva@example.com', 'Another-2026!');
    const [session] = itemsOf(await api.call('listSessions', { params: { user } }));
    await api.call('endSession', { params: { user, session: idOf(session) } });
    await api.call('endSessions', { params: { user } });
    await api.call('getThrottle', { params: { user } });
    await api.call('getThrottle', { params: { user: 'x' }, refused: 404 });
    await api.call('unblockUser', { params: { user } });
    await api.call('unblockUser', { params: { user: 'nobody' }, refused: 404 });

    await api.call('startMfaRegistration', { params: { user } });
    await api.call('startMfaRegistration', { params: { user }, body: { type: 'webauthn' } });
    await api.call('addMfaDevice', { params: { user }, body: { code: '123456' }, refused: 409 });
    const device = idOf(await api.call('addMfaDevice', { params: { user } }));
    await api.call('addMfaDevice', { params: { user }, refused: 409 });
    await api.call('listMfaDevices', { params: { user } });
    await api.call('updateMfaDevice', { params: { user, device }, body: { name: 'Old', version: 2 } });
    await api.call('updateMfaDevice', {
      params: { user, device },
      body: { name: 'Older', version: 2 },
      refused: 409,
    });
    await api.call('deleteMfaDevice', { params: { user, device } });
    await api.call('listTrustedDevices', { params: { user } });
    await api.call('deleteTrustedDevice', { params: { user, device: 'x' }, refused: 404 });
    await trust(user);
    const [trusted] = itemsOf(await api.call('listTrustedDevices', { params: { user } }));
    await api.call('deleteTrustedDevice', { params: { user, device: idOf(trusted) } });
    await api.call('deleteTrustedDevices', { params: { user } });

    const person = { givenName: 'Fay', familyName: 'Example', displayName: 'Fay Example' };
    const fay = { ...person, userName: 'fay', email: 'fay@example.com' };
    await api.call('createUser', { body: { ...fay, invite: true, password: 'Another-2026!' }, refused: 400 });
    const invited = idOf(await api.call('createUser', { body: { ...fay, invite: true } }));
    await api.call('sendInvitation', { params: { user: invited } });
    const mails = itemsOf(await api.call('listMails', { query: { to: fay.email, kind: 'invitation' } }));
    const mail = await api.call('getMail', { params: { mail: idOf(mails[0]) } });
    assert.deepEqual([mails.length, mail['subject']], [2, 'Invitation to join Example Corp']);
    await api.call('deleteMail', { params: { mail: idOf(mails[1]) } });
    await api.call('deleteMails');
    await api.call('getMail', { params: { mail: idOf(mails[0]) }, refused: 404 });

    const group = idOf(await api.call('createGroup'));
    await api.call('createGroup', { refused: 409 });
    await api.call('listGroups', { query: { displayName: 'sales' } });
    await api.call('listGroups', { query: { search: 'ale' } });
    await api.call('getGroup', { params: { group } });
    await api.call('updateGroup', { params: { group } });
    await api.call('addMember', { params: { group, user } });
    await api.call('listMembers', { params: { group } });
    await api.call('listGroupsOfUser', { params: { user } });
    await api.call('putConsoleAccessOfUser', { params: { user }, body: { access: 'all' }, refused: 400 });
    await api.call('putConsoleAccessOfUser', { params: { user: 'x' }, refused: 404 });
    await api.call('putConsoleAccessOfUser', { params: { user } });
    await api.call('putConsoleAccessOfGroup', { params: { group } });
    assert.equal(itemsOf(await api.call('listConsoleAccess')).length, 2);
    await api.call('deleteConsoleAccessOfUser', { params: { user } });
    await api.call('deleteConsoleAccessOfUser', { params: { user }, refused: 404 });
    const access = await api.call('getConsoleAccessOfUser', { params: { user } });
    assert.deepEqual(access, { access: null, effective: 'read-only' });
    await api.call('getConsoleAccessOfGroup', { params: { group } });
    await api.call('deleteConsoleAccessOfGroup', { params: { group } });
    await api.call('updateUser', { params: { user }, body: { enabled: false } });
    await api.call('listGroupsOfUser', { params: { user }, refused: 409 });
    await api.call('updateUser', { params: { user }, body: { enabled: true } });
    await api.call('removeMember', { params: { group, user } });
    await api.call('deleteGroup', { params: { group }, query: { version: '1' }, refused: 409 });
    await api.call('deleteGroup', { params: { group }, query: { version: '2' } });

    // An import makes nobody an administrator.
    const users = [{ ...fay, userName: 'gus', email: 'gus@example.com', console: 'full' }];
    await api.call('startImport', { body: { users }, refused: 400 });
    const begun = idOf(await api.call('startImport'));
    await api.call('listImports');
    await api.call('getImport', { params: { import: begun } });
    await api.call('stopImport', { params: { import: begun }, refused: 409 });
    // Many enough to be running still when the next request comes.
    const crowd = Array.from({ length: 500 }, (_, index) => ({
      ...{ ...fay, userName: `guest-${index}`, email: `guest-${index}@example.com` },
      password: 'Another-2026!',
    }));
    const long = idOf(await api.call('startImport', { body: { users: crowd } }));
    await api.call('stopImport', { params: { import: long } });
    await api.call('deleteUser', { params: { user } });
  });

  it('matches applications and sign-ons', async () => {
    const application = 'crm';
    const serviceProvider = { entityId: 'https://crm.example.com', acsUrls: ['https://crm.example.com/acs'] };
    await api.call('createApplication', {
      body: { key: application, displayName: 'CRM', serviceProvider },
    });
    await api.call('createApplication', { refused: 409 });
    await api.call('listApplications', { query: { key: application } });
    await api.call('previewApplication');
    await api.call('previewApplication', { body: { displayName: 'Wiki' }, refused: 400 });
    await api.call('listApplications', { query: { search: 'wik', enabled: 'true' } });
    await api.call('listApplications', { query: { enabled: 'yes' }, refused: 400 });
    await api.call('getApplication', { params: { application } });
    await api.call('updateApplication', { params: { application } });
    await api.call('setAttributeMappings', { params: { application } });
    await api.call('getAttributeMappings', { params: { application } });
    await api.call('previewAttributeMappings', { params: { application } });
    await api.call('previewAttributeMappings', {
      params: { application },
      body: { user: 'x' },
      refused: 400,
    });
    await api.call('createResponse', { params: { application }, refused: 403 });
    await api.call('setAssignments', { params: { application } });
    const [assigned] = itemsOf(await api.call('listAssignments', { params: { application } }));
    const principal = String(assigned?.['principalId']);
    await api.call('deleteAssignment', { params: { application, principal } });
    await api.call('deleteAssignment', { params: { application, principal }, refused: 404 });
    await api.call('addAssignments', { params: { application } });
    await api.call('addAssignments', { params: { application }, body: { users: ['x'] }, refused: 400 });
    await api.call('listAssignees', { params: { application, type: 'groups' }, query: { search: 'ENG' } });
    await api.call('listAssignees', { params: { application, type: 'all' }, refused: 400 });
    await api.call('setAssignments', { params: { application } });
    const [certificate] = itemsOf(await api.call('listCertificates', { params: { application } }));
    const shown = await api.call('getCertificate', {
      params: { application, certificate: idOf(certificate) },
    });
    assert.equal(shown['status'], 'ACTIVE');
    assert.doesNotMatch(JSON.stringify(shown), /PRIVATE/);
    await api.call('listCatalogue', { query: { name: 'git', hasTemplate: 'true', limit: '1' } });
    await api.call('listCatalogue', { query: { cursor: 'nowhere' }, refused: 400 });
    await api.call('getCatalogueEntry', { params: { entry: 'slack' } });
    await api.call('getCatalogueEntry', { params: { entry: 'Zendesk' } });
    await api.call('getCatalogueEntry', { params: { entry: 'wiki' }, refused: 404 });
    const slack = { name: 'Slack', variables: { workspace: 'orchard' } };
    await api.call('createApplication', { body: { displayName: 'Slack', template: slack } });
    await api.call('getInstructions', { params: { application: 'slack' } });
    await api.call('getInstructions', { params: { application } });
    await api.call('listServiceProviders', { body: { metadataXml: METADATA } });
    await api.call('createResponse', { params: { application } });
    const [exchange] = itemsOf(await api.call('listExchanges', { params: { application } }));
    assert.match(String(exchange?.['responseXml']), /^<samlp:Response/);
    const asked = { params: { application, exchange: idOf(exchange) } };
    assert.deepEqual(await api.call('getExchange', asked), exchange);
    await api.call('getExchange', { params: { application, exchange: 'x' }, refused: 404 });
    const [listed] = itemsOf(
      await api.call('listInstanceExchanges', { query: { outcome: 'answered', redact: 'true' } }),
    );
    assert.equal(idOf(listed), idOf(exchange));
    await api.call('listInstanceExchanges', { query: { startAt: 'noon' }, refused: 400 });
    const anyOf = { params: { exchange: idOf(exchange) } };
    const whole = await api.call('getInstanceExchange', anyOf);
    assert.equal(whole['responseXml'], exchange?.['responseXml']);
    const [taken] = itemsOf(await api.call('takeExchanges', { params: { application } }));
    assert.deepEqual(taken, exchange);
    await api.call('createResponse', { params: { application } });
    const [last] = itemsOf(await api.call('listInstanceExchanges'));
    await api.call('deleteInstanceExchange', { params: { exchange: idOf(last) } });
    await api.call('deleteInstanceExchange', { params: { exchange: idOf(last) }, refused: 404 });
    await api.call('deleteInstanceExchanges');
    await api.call('deleteExchanges', { params: { application } });
    assert.deepEqual(itemsOf(await api.call('listExchanges', { params: { application } })), []);
    await api.call('deleteApplication', { params: { application } });
    const query = { eventName: 'DeleteApplicationInstanceExchanges', failed: 'false' };
    const [event] = itemsOf(await api.call('listEvents', { query }));
    const one = { params: { event: String(event?.['eventID']) } };
    assert.deepEqual(await api.call('getEvent', one), event);
    await api.call('getEvent', { params: { event: 'x' }, refused: 404 });
    await callSignInOperations(server, api);
    await callDiagnosis(api);
    await api.call('getDashboard');
    await api.call('getDescription');
  });

  it('matches certificates and their rotation', async () => {
    const application = 'rotated';
    const serviceProvider = {
      entityId: 'https://rotated.example.com',
      acsUrls: ['https://rotated.example.com/acs'],
    };
    await api.call('createApplication', {
      body: { key: application, displayName: 'Rotated', serviceProvider },
    });
    const [certificate] = itemsOf(await api.call('listCertificates', { params: { application } }));
    await api.call('startRehearsal', { params: { application }, refused: 409 });
    const added = idOf(await api.call('createCertificate', { params: { application } }));
    await api.call('createCertificate', { params: { application }, refused: 409 });
    await api.call('createCertificate', {
      params: { application },
      body: { certificatePem: 'x', privateKeyPem: 'x' },
      refused: 400,
    });
    const next = { params: { application, certificate: added } };
    const { text } = await api.call('downloadCertificate', next);
    assert.match(String(text), /^-----BEGIN CERTIFICATE-----/);
    await api.call('startRehearsal', { params: { application } });
    assert.equal(itemsOf(await api.call('listRehearsals', { params: { application } })).length, 1);
    await api.call('endRehearsals', { params: { application } });
    await api.call('activateCertificate', { ...next, body: { acknowledged: false }, refused: 400 });
    await api.call('activateCertificate', next);
    await api.call('deleteCertificate', { ...next, refused: 409 });
    await api.call('deleteCertificate', { params: { application, certificate: idOf(certificate) } });
  });

  it('has exactly the operations that these tests call', () => {
    const described = Object.values(api.document.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    assert.equal(new Set(described).size, described.length);
    assert.deepEqual([...api.called].sort(), [...described].sort());
  });

  it('defines everything that it refers to', () => {
    const text = JSON.stringify(api.document);
    const references = [...text.matchAll(/"\$ref":"#\/components\/(schemas|responses)\/(\w+)"/g)];
    assert.ok(references.length > 50);
    assert.equal([...text.matchAll(/"\$ref":/g)].length, references.length);
    for (const [, kind = '', name = ''] of references) {
      const parts: Readonly<Record<string, object>> = api.document.components;
      assert.ok(Object.hasOwn(parts[kind] ?? {}, name), name);
    }
    for (const [path, methods] of Object.entries(api.document.paths)) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const { parameters } of Object.values(methods)) {
        assert.deepEqual(
          parameters.filter((each) => each.in === 'path').map(({ name }) => name),
          inPath,
        );
      }
    }
  });
});

const METADATA = `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://sp.example.com"><SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://sp.example.com/acs" index="0"/></SPSSODescriptor></EntityDescriptor>`;
