import assert from 'node:assert/strict';
import { startServer, type TestServer } from '../../../support/servers/server.ts';

/**
 * Every act of the console, by the path of its form below `/:instance/console/`, with the operations of the control API
 * that do the same.
 */
const ACTS: Readonly<Record<string, readonly string[]>> = {
  'users/add': ['createUser', 'addMember'],
  'users/selected': ['updateUser', 'deleteUser'],
  'users/:user/enable': ['updateUser'],
  'users/:user/disable': ['updateUser'],
  'users/:user/edit': ['updateUser'],
  'users/:user/delete': ['deleteUser'],
  'users/:user/unblock': ['unblockUser'],
  'users/:user/invite': ['sendInvitation'],
  'users/:user/reset-password': ['resetPassword'],
  'users/:user/groups/add': ['addMember'],
  'users/:user/groups/:group/remove': ['removeMember'],
  'users/:user/sessions/end': ['endSessions'],
  'users/:user/sessions/:session/end': ['endSession'],
  'users/:user/trusted-devices/forget': ['deleteTrustedDevices'],
  'users/:user/trusted-devices/:device/forget': ['deleteTrustedDevice'],
  'users/:user/mfa-devices/register': ['startMfaRegistration'],
  // Another start replaces the registration under way.
  'users/:user/mfa-devices/register/cancel': ['startMfaRegistration'],
  'users/:user/mfa-devices/register/app': ['addMfaDevice'],
  'users/:user/mfa-devices/register/key': ['addMfaDevice'],
  'users/:user/mfa-devices/:device/rename': ['updateMfaDevice'],
  'users/:user/mfa-devices/:device/delete': ['deleteMfaDevice'],
  'groups/create': ['createGroup'],
  'groups/:group/edit': ['updateGroup'],
  'groups/:group/delete': ['deleteGroup'],
  'groups/:group/members/:user/remove': ['removeMember'],
  'groups/:group/add-users': ['addMember'],
  'applications/:application/attribute-mappings': ['setAttributeMappings', 'previewAttributeMappings'],
  'applications/:application/certificates/generate': ['createCertificate'],
  'applications/:application/certificates/import': ['createCertificate'],
  'applications/:application/certificates/:certificate/activate': ['activateCertificate'],
  'applications/:application/certificates/:certificate/delete': ['deleteCertificate'],
  'applications/:application/certificates/:certificate/rehearse': ['startRehearsal'],
  'applications/:application/certificates/rehearsals/end': ['endRehearsals'],
  'applications/add/:entry': ['createApplication', 'previewApplication'],
  'applications/:application/edit': ['updateApplication'],
  'applications/:application/metadata': ['updateApplication'],
  'applications/:application/disable': ['updateApplication'],
  'applications/:application/enable': ['updateApplication'],
  'applications/:application/assign/users': ['addAssignments'],
  'applications/:application/assign/groups': ['addAssignments'],
  'applications/:application/assign-everyone': ['addAssignments'],
  'applications/:application/remove-access': ['deleteAssignment'],
  'applications/:application/remove': ['deleteApplication'],
  'applications/:application/exchanges/delete': ['deleteExchanges'],
  'exchanges/delete': ['deleteInstanceExchanges'],
  'exchanges/:exchange/delete': ['deleteInstanceExchange'],
  'mailbox/delete': ['deleteMails'],
  'mailbox/:mail/delete': ['deleteMail'],
  'imports/add': ['startImport'],
  'imports/:import/stop': ['stopImport'],
  'organization-file/import': ['applyFile'],
  'organization-file/apply': ['applyFile'],
  'organization-file/export-secrets': ['exportFile'],
  'settings/mfa': ['updateSettings'],
  'settings/session': ['updateSettings'],
  'settings/branding': ['updateSettings'],
  'settings/sign-in': ['updateSettings'],
  'settings/saml': ['updateSettings'],
  'settings/limits': ['updateSettings'],
  'settings/url': ['updateOrganization'],
  'settings/logo': ['setLogo'],
  'settings/logo/remove': ['deleteLogo'],
  'settings/time/advance': ['advanceClock'],
  'settings/time/set': ['setClock'],
  'settings/time/freeze': ['freezeClock'],
  'settings/time/resume': ['resumeClock'],
  'settings/time/reset': ['resetClock'],
  'settings/delete': ['deleteInstance'],
  'settings/access/add': ['putConsoleAccessOfUser', 'putConsoleAccessOfGroup'],
  'settings/access/users/:user': ['putConsoleAccessOfUser', 'deleteConsoleAccessOfUser'],
  'settings/access/groups/:group': ['putConsoleAccessOfGroup', 'deleteConsoleAccessOfGroup'],
};

const BELOW = '/:instance/console/';

describe('every act of the console', () => {
  let server: TestServer;
  before(async function () {
    this.timeout(30_000); // the first run generates keys
    server = await startServer();
  });
  after(() => server.stop());

  it('has its call in the control API, which describes it', async () => {
    const routes = await server.app.routes();
    const forms = routes
      .filter(({ method, path }) => method === 'POST' && path.startsWith(BELOW))
      .map(({ path }) => path.slice(BELOW.length));
    assert.deepEqual([...new Set(forms)].sort(), Object.keys(ACTS).sort());
    const { body } = await server.browser().get('/api/v1/openapi.json');
    // What the server describes: paths with methods, each with its operationId.
    const { paths } = JSON.parse(body) as {
      paths: Record<string, Record<string, { operationId?: string }>>;
    };
    const described = new Set(
      Object.values(paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId)),
    );
    for (const [form, operations] of Object.entries(ACTS))
      for (const operation of operations) assert.ok(described.has(operation), `${form}: ${operation}`);
  });
});
