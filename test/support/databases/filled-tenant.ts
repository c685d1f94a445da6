import { putConsoleAccess } from '../../../src/domain/access/commands.ts';
import { createApplication } from '../../../src/domain/applications/commands.ts';
import { DEFAULT_SETTINGS, type Application } from '../../../src/domain/applications/application.ts';
import { assign } from '../../../src/domain/assignments/commands.ts';
import type { MfaDevice } from '../../../src/domain/credentials/mfa/device.ts';
import { insertDevice } from '../../../src/domain/credentials/mfa/store.ts';
import { startRegistration } from '../../../src/domain/credentials/mfa/registration.ts';
import type { RegistrationOwner } from '../../../src/domain/credentials/mfa/registration-store.ts';
import { createLink } from '../../../src/domain/credentials/passwords/link-store.ts';
import { setPassword } from '../../../src/domain/credentials/passwords/commands.ts';
import { addMember } from '../../../src/domain/directory/group-commands.ts';
import type { Group } from '../../../src/domain/directory/group.ts';
import type { User } from '../../../src/domain/directory/user.ts';
import { keepRefused } from '../../../src/flows/idp/exchanges/refused-store.ts';
import { insertExchange } from '../../../src/flows/idp/exchanges/store.ts';
import { insertPendingRequest } from '../../../src/flows/idp/requests/pending-request-store.ts';
import { takeRequestId } from '../../../src/flows/idp/requests/checks/replay.ts';
import { insertBulkImport } from '../../../src/administration/bulk-import/store.ts';
import { verificationCodeMail } from '../../../src/domain/mail/messages.tsx';
import { replaceLogoRow } from '../../../src/domain/organizations/branding/logo-store.ts';
import type { Logo } from '../../../src/domain/organizations/branding/logo.ts';
import { createOutbox } from '../../../src/domain/mail/outbox.ts';
import { createSealer, hashToken } from '../../../src/foundation/platform/crypto.ts';
import { HOUR_MS } from '../../../src/foundation/platform/clock.ts';
import {
  asId,
  newCertificateId,
  newImportId,
  newMfaDeviceId,
  newSessionId,
  newSignInId,
  newTrustedDeviceId,
  type BrowserId,
  type ImportId,
  type MailId,
  type MfaDeviceId,
} from '../../../src/foundation/platform/ids.ts';
import { createSession } from '../../../src/domain/sessions/session-store.ts';
import { insertTrust } from '../../../src/domain/sessions/trusted-device-store.ts';
import type { Session } from '../../../src/domain/sessions/session.ts';
import { NO_PROGRESS, type SignIn } from '../../../src/domain/sessions/sign-in.ts';
import { insertSignIn } from '../../../src/domain/sessions/sign-in-store.ts';
import { takeAttempt } from '../../../src/flows/signin/throttle.ts';
import type { Tx } from '../../../src/foundation/storage/database.ts';
import { addGroup, addUser } from '../people/people.ts';
import type { Tenant } from './tenant.ts';

/** Seals the secrets of a filled tenant. */
export const FILLED_SEALER = createSealer(Buffer.alloc(32, 9));

/** A tenant with a row in every table. */
export interface FilledTenant {
  tenant: Tenant;
  user: User;
  group: Group;
  application: Application;
  session: Session;
  sessionHandle: string;
  browserId: BrowserId;
  signIn: SignIn;
  deviceId: MfaDeviceId;
  registrationOwner: RegistrationOwner;
  pendingRequestId: string;
  importId: ImportId;
  mailId: MailId;
  logo: Logo;
  /** The token of a link that resets the password. */
  linkToken: string;
}

/**
 * Puts a row into every table but `server_state`; the isolation test names a table that was forgotten. Names and keys
 * are deliberately the same in every tenant, so that only the scope tells them apart.
 */
export async function fillTenant(tenant: Tenant): Promise<FilledTenant> {
  const { db, ids, instance, clock } = tenant;
  const [user, group] = [await addUser(tenant, 'ana'), await addGroup(tenant, 'Engineering')];
  const application = await tenant.run(async (work) => {
    await addMember(work, instance, group.id, user.id);
    await setPassword(work, instance, user.id, { hash: 'hash', declaredMac: null });
    const added = await createApplication(work, ids, instance, newApplication());
    await assign(work, instance, added, { type: 'USER', id: user.id, name: user.userName });
    await assign(work, instance, added, { type: 'GROUP', id: group.id, name: group.displayName });
    await putConsoleAccess(work, instance, { type: 'USER', id: user.id }, 'read-only');
    await putConsoleAccess(work, instance, { type: 'GROUP', id: group.id }, 'full');
    return added;
  });
  const logo = logoOf(instance);
  const at = clock.now();
  const browserId = ids.uuid() as BrowserId;
  const sessionHandle = ids.token();
  const factors = [{ type: 'PASSWORD', at }] as const;
  const client = { ip: '127.0.0.1', userAgent: 'test' };
  const signIn: SignIn = {
    ...{ id: newSignInId(ids), instanceId: instance.id, browserId, userName: user.userName, userId: user.id },
    completedAt: null,
    progress: NO_PROGRESS,
    ...{ verified: [], failures: 0, continuation: { kind: 'portal', ref: '' }, version: 1 },
    expiresAt: at + HOUR_MS,
  };
  const pendingRequestId = ids.uuid();
  const importId = newImportId(ids);
  const deviceId = newMfaDeviceId(ids);
  const registrationOwner = `signin:${signIn.id}` as const;
  const registering = { instance, userId: user.id, owner: registrationOwner };
  await tenant.run((work) =>
    startRegistration({ ids, sealer: FILLED_SEALER }, work, registering, 'WEBAUTHN'),
  );
  const { session, mailId, linkToken } = await db.transaction(async (tx) => {
    await insertSignIn(tx, FILLED_SEALER, signIn, { at, ...client });
    await replaceLogoRow(tx, instance.id, logo);
    await takeAttempt(
      tx,
      instance.id,
      instance.settings.signIn,
      { kind: 'password', userName: 'ana', ip: client.ip },
      at,
    );
    await addSamlRows(tx, tenant, application, user, pendingRequestId);
    await addSampleSession(tx, tenant);
    const added = await addCredentialRows(tx, tenant, user, { browserId, deviceId });
    await insertBulkImport(tx, clock, instance.id, {
      id: importId,
      total: 1,
      startedBy: { user: 'ana' },
      at,
    });
    const started = { user, browserId, startedBy: signIn.continuation, factors, at };
    const input = { id: newSessionId(ids), handle: sessionHandle, ...started, ...client };
    return { session: await createSession(tx, instance, input), ...added };
  });
  return {
    ...{ tenant, user, group, application, session, sessionHandle, browserId, signIn },
    ...{ pendingRequestId, importId, mailId, linkToken, logo, deviceId, registrationOwner },
  };
}

const logoOf = ({ id }: Tenant['instance']): Logo => ({
  ...{ type: 'image/png', width: 1, height: 1, sha256: `hash of ${id}`, octets: Buffer.from('PNG') },
});

const newApplication = () => ({
  key: 'wiki',
  displayName: 'Wiki',
  description: '',
  enabled: true,
  settings: DEFAULT_SETTINGS,
  relyingParty: {
    entityId: 'https://wiki.example.com/saml',
    assertionConsumerServices: [],
    requestSigningCertificates: [],
    authnRequestsSigned: false,
    singleLogoutServices: [],
    nameIdFormats: [],
    wantAssertionsSigned: false,
  },
});

/** The id of the user's exchange. */
export const exchangeIdOf = ({ id }: Pick<User, 'id'>) => `_${id}`;

/** The id of the user's refused request. */
export const refusedIdOf = ({ id }: Pick<User, 'id'>) => `refused-${id}`;

/** The token of an unused rehearsal link, and the secret of the browser that used another link. */
export const rehearsalOf = ({ id }: Tenant['instance']) => ({
  offered: `${id} offered`,
  secret: `${id} secret`,
});

async function addSamlRows(tx: Tx, tenant: Tenant, application: Application, user: User, pendingId: string) {
  const { ids, instance, clock } = tenant;
  const at = clock.now();
  const of = { instanceId: instance.id, applicationId: application.id };
  // The row is written as it is stored, because generating a real key pair would take longer than the whole suite.
  const certificate = {
    id: newCertificateId(ids),
    instance_id: instance.id,
    application_id: application.id,
    is_active: 1,
    certificate_pem: 'PEM',
    sealed_private_key: 'sealed',
    key_size: 2048,
    algorithm: 'SHA-256',
    not_before_at: at,
    not_after_at: at + HOUR_MS,
    created_at: at,
  } as const;
  await tx.insertInto('certificates').values(certificate).execute();
  const rehearsal = {
    ...{ instance_id: instance.id, application_id: of.applicationId, certificate_id: certificate.id },
    ...{ created_at: at, expires_at: at + HOUR_MS },
  };
  const { offered, secret } = rehearsalOf(instance);
  await tx
    .insertInto('certificate_rehearsals')
    .values([
      { ...rehearsal, token_hash: hashToken(offered), secret_hash: null },
      { ...rehearsal, token_hash: hashToken(`${offered} taken`), secret_hash: hashToken(secret) },
    ])
    .execute();
  await takeRequestId(tx, { ...of, requestId: asId('_request'), at });
  const acsUrl = 'https://wiki.example.com/saml/acs';
  await insertPendingRequest(tx, FILLED_SEALER, {
    ...{ token: pendingId, ...of, xml: '<x/>', relayState: null, receivedAt: at, expiresAt: at + HOUR_MS },
    request: { requestId: '_request', acsUrl, forceAuthn: false, isPassive: false },
  });
  await insertExchange(tx, FILLED_SEALER, {
    ...{ id: exchangeIdOf(user), ...of, user, initiatedBy: 'identity-provider', acsUrl, at },
    ...{ sequence: at, requestXml: null, responseXml: '<x/>', relayState: null, status: 'Success' },
    findings: [],
  });
  await keepRefused(tx, FILLED_SEALER, 'full', {
    ...{ id: refusedIdOf(user), ...of, user, initiatedBy: 'service-provider', at, sequence: at },
    ...{ requestXml: '<x/>', relayState: null, reason: 'no-assignment', message: 'No access', findings: [] },
  });
}

async function addCredentialRows(
  tx: Tx,
  tenant: Tenant,
  user: User,
  { browserId, deviceId }: Pick<FilledTenant, 'browserId' | 'deviceId'>,
): Promise<Pick<FilledTenant, 'mailId' | 'linkToken'>> {
  const { ids, instance, organization, clock } = tenant;
  const at = clock.now();
  const owned = { instance_id: instance.id, user_id: user.id };
  const device: MfaDevice = {
    ...{
      id: deviceId,
      userId: user.id,
      name: 'Phone',
      registeredAt: at,
      lastUsedAt: null,
      version: 1,
    },
    ...{
      type: 'TOTP',
      inSync: true,
      credential: { secret: 'JBSWY3DPEHPK3PXP', driftSteps: 0, lastStep: null },
    },
  };
  await insertDevice(tx, FILLED_SEALER, instance.id, device);
  await insertTrust(tx, instance.id, {
    ...{ id: newTrustedDeviceId(ids), userId: user.id, browserId, browserFamily: 'Chrome' },
    ...{ ip: '127.0.0.1', userAgent: 'test', trustedAt: at },
  });
  const postMail = createOutbox({ clock, ids, sealer: FILLED_SEALER, delivers: false });
  const mailId = await postMail(
    tx,
    organization.id,
    verificationCodeMail(user.email, organization.name, '123456'),
    at,
  );
  const expires_at = at + HOUR_MS;
  await tx
    .insertInto('password_history')
    .values({ ...owned, hash: 'old', replaced_at: at })
    .execute();
  const linkToken = await createLink(tx, ids, { instanceId: instance.id, userId: user.id }, 'reset', at);
  await tx
    .insertInto('spent_tokens')
    .values({ instance_id: instance.id, token_hash: ids.token(), expires_at })
    .execute();
  return { mailId, linkToken };
}

async function addSampleSession(tx: Tx, { ids, instance, clock }: Tenant) {
  const row = { handle_hash: ids.token(), instance_id: instance.id, sample: 'wiki', profile: '{}' };
  await tx
    .insertInto('sample_sessions')
    .values({ ...row, expires_at: clock.now() + HOUR_MS })
    .execute();
}
