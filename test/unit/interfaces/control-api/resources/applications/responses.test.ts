import { SAML } from '@node-saml/node-saml';
import assert from 'node:assert/strict';
import { findActiveCertificate } from '../../../../../../src/domain/certificates/store.ts';
import type { ApplicationId } from '../../../../../../src/foundation/platform/ids.ts';
import { person } from '../../../../../support/people/people.ts';
import { assertProblem, startControl, type ControlServer } from '../../control-server.ts';

const APPLICATIONS = '/organizations/default/applications';
const WIKI = { entityId: 'https://wiki.example.com/saml', acsUrls: ['https://wiki.example.com/acs'] };
const RESPONSES = `${APPLICATIONS}/wiki/responses`;

describe('responses of the control API', () => {
  let server: ControlServer;
  // The application and the user that beforeEach created.
  let application: { id: string; entityId: string };
  let [anaId, groupId] = ['', ''];
  beforeEach(async () => {
    server = await startControl();
    const made = await server.post(APPLICATIONS, {
      ...{ displayName: 'Wiki', serviceProvider: WIKI, relayState: 'home' },
      attributes: [{ name: 'groups', value: '${user:groups}' }],
    });
    application = made.body;
    anaId = (await server.post('/organizations/default/users', person('ana'))).body.id;
    await server.post('/organizations/default/users', person('bo'));
    groupId = (await server.post('/organizations/default/groups', { displayName: 'Engineering' })).body.id;
    await server.put(`/organizations/default/groups/${groupId}/members/${anaId}`);
    await server.put(`${APPLICATIONS}/wiki/assignments`, { groups: ['Engineering'] });
  });
  afterEach(() => server.close());

  async function validate(samlResponse: string) {
    const { db, instance } = server.tenant;
    const certificate = await findActiveCertificate(db.read, instance.id, application.id as ApplicationId);
    const saml = new SAML({
      issuer: WIKI.entityId,
      audience: WIKI.entityId,
      callbackUrl: 'https://wiki.example.com/acs',
      idpIssuer: application.entityId,
      idpCert: certificate?.certificatePem ?? '',
      wantAssertionsSigned: true,
      wantAuthnResponseSigned: true,
      // The clock of these tests differs from the machine's.
      acceptedClockSkewMs: -1,
    });
    const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: samlResponse });
    return profile ?? assert.fail('There is no profile.');
  }

  it('are signed and valid: a foreign service provider accepts them', async () => {
    const { status, body } = await server.post(RESPONSES, { user: 'ANA@example.com' });
    assert.equal(status, 200);
    assert.equal(body.acsUrl, 'https://wiki.example.com/acs');
    assert.equal(body.relayState, 'home');
    const profile = await validate(body.samlResponse);
    assert.equal(profile.nameID, 'ana@example.com');
    assert.equal(profile['groups'], groupId);
    const [event] = await server.tenant.events(1);
    assert.equal(event?.eventName, 'Federate');
    assert.equal(event.userIdentity['userName'], 'ana@example.com');
  });

  it('answer the request with the given ID, with the given RelayState', async () => {
    const { body } = await server.post(`${APPLICATIONS}/${application.id}/responses`, {
      ...{ user: 'ana@example.com', inResponseTo: '_request-1', relayState: 'a&b' },
    });
    assert.equal(body.relayState, 'a&b');
    const xml = Buffer.from(body.samlResponse, 'base64').toString();
    assert.equal(xml.match(/InResponseTo="_request-1"/g)?.length, 2);
    assert.equal((await validate(body.samlResponse)).nameID, 'ana@example.com');
  });

  it('are kept as an exchange', async () => {
    await server.post(RESPONSES, { user: 'ana@example.com' });
    const rows = await server.tenant.db.read.selectFrom('exchanges').selectAll().execute();
    assert.deepEqual(
      rows.map((row) => [row.application_id, row.user_id, row.initiated_by]),
      [[application.id, anaId, 'identity-provider']],
    );
  });

  it('are refused for a user who couldn’t sign in to the application', async () => {
    const none = await server.post(RESPONSES, { user: 'bo@example.com' });
    assertProblem(none, 403, 'AccessDeniedException');
    await server.patch(`/organizations/default/users/${anaId}`, { enabled: false });
    assertProblem(await server.post(RESPONSES, { user: 'ana@example.com' }), 409, 'ConflictException');
    assertProblem(await server.post(RESPONSES, { user: 'nobody' }), 400, 'ValidationException', '/user');
    const { length } = await server.tenant.db.read.selectFrom('exchanges').select('id').execute();
    assert.equal(length, 0);
  });

  it('are refused for an application that is disabled or doesn’t exist', async () => {
    await server.patch(`${APPLICATIONS}/wiki`, { enabled: false });
    assertProblem(await server.post(RESPONSES, { user: 'ana@example.com' }), 409, 'ConflictException');
    const unknown = await server.post(`${APPLICATIONS}/unknown/responses`, { user: 'ana@example.com' });
    assertProblem(unknown, 404, 'ResourceNotFoundException');
  });

  it('refuse an ID that breaks out of its attribute', async () => {
    for (const inResponseTo of ['', '1', 'a b', '_x" Destination="https://evil.example', '_\u2028']) {
      const answer = await server.post(RESPONSES, { user: 'ana@example.com', inResponseTo });
      assertProblem(answer, 400, 'ValidationException', '/inResponseTo');
    }
    const long = await server.post(RESPONSES, { user: 'ana@example.com', relayState: 'x'.repeat(8193) });
    assertProblem(long, 400, 'ValidationException', '/relayState');
  });
});
