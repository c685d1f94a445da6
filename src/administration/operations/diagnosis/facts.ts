import type { Application } from '../../../domain/applications/application.ts';
import {
  findEntitlements,
  isAssigned,
  type Entitlements,
} from '../../../domain/assignments/entitlement-store.ts';
import type { Certificate } from '../../../domain/certificates/certificate.ts';
import { findActiveCertificates } from '../../../domain/certificates/store.ts';
import { findDeviceFacts, type DeviceFacts } from '../../../domain/credentials/mfa/store.ts';
import { findPassword, mustChangePassword } from '../../../domain/credentials/passwords/store.ts';
import type { User } from '../../../domain/directory/user.ts';
import type { Instance, Times } from '../../../domain/organizations/organization.ts';
import { listSessions } from '../../../domain/sessions/session-store.ts';
import { listTrustedDevices } from '../../../domain/sessions/trusted-device-store.ts';
import { addressesOf } from '../../../flows/idp/addresses.ts';
import { buildSubjectAndAttributes } from '../../../flows/idp/responses/attributes.ts';
import { throttledUntil } from '../../../flows/signin/unblock.ts';
import { findUnansweredHost } from '../../../flows/visit/unanswered-host.ts';
import type { Instant } from '../../../foundation/platform/clock.ts';
import { AppError } from '../../../foundation/platform/errors.ts';
import { defaultAssertionConsumerService } from '../../../protocols/saml/default-acs.ts';
import type { OpenedInstance, OperationNeeds } from '../open-organization.ts';
import { findLastSignOn, type LastSignOn } from './last-sign-on.ts';

/** Everything about a user that a sign-in depends on. */
export interface UserFacts {
  readonly user: Pick<User, 'id' | 'userName' | 'email' | 'enabled'>;
  readonly password: 'none' | 'one-time' | 'set';
  /** Until when attempts are refused, in policy time. */
  readonly throttledUntil: Instant | undefined;
  /** The one used last first. */
  readonly devices: readonly DeviceFacts[];
  readonly trustedBrowsers: number;
  /** Sessions that haven't ended, counted up to a number. */
  readonly sessions: number;
}

/** Everything about an application that a response depends on. */
export interface ApplicationFacts {
  readonly application: Pick<Application, 'id' | 'displayName' | 'enabled' | 'settings'>;
  /** Undefined if the application has no AssertionConsumerService. */
  readonly acsUrl: string | undefined;
  /** The host of that address, if nobody can answer there. */
  readonly unansweredHost: string | undefined;
  readonly certificate: Certificate | undefined;
}

/** What connects the user with the application. */
export interface AccessFacts extends Entitlements {
  readonly isAssigned: boolean;
  /** What an assertion about the user can say: `no-subject` if the subject has no value, or why it can't be made. */
  readonly mapping:
    { readonly outcome: 'mapped' | 'no-subject' } | { readonly outcome: 'refused'; why: string };
  readonly last: LastSignOn | undefined;
}

/** What a diagnosis is made from. */
export interface DiagnosisFacts {
  readonly instance: Pick<Instance, 'settings' | 'organization'>;
  readonly times: Times;
  /** What the machine's clock shows. */
  readonly realAt: Instant;
  /** As asked. */
  readonly userName: string;
  /** Absent if there is no such user. */
  readonly found: { readonly about: UserFacts; readonly access: AccessFacts } | undefined;
  readonly of: ApplicationFacts;
}

/** Groups and sessions that are named or counted; more would hide what else is said. */
export const MAX_NAMED = 5;

/** Reads the facts. */
export async function readDiagnosisFacts(
  needs: OperationNeeds,
  opened: OpenedInstance,
  { userName, user, application }: { userName: string; user: User | undefined; application: Application },
): Promise<DiagnosisFacts> {
  const { instance, times } = opened;
  return {
    ...{ instance, times, realAt: needs.clock.now(), userName },
    found: user && {
      about: await readUser(needs, opened, user),
      access: await readAccess(needs, opened, user, application),
    },
    of: await readApplication(needs, instance, application),
  };
}

async function readUser(
  { db }: OperationNeeds,
  { instance, times }: OpenedInstance,
  user: User,
): Promise<UserFacts> {
  const { read } = db;
  const has = await findPassword(read, instance.id, user.id);
  const isOneTime = await mustChangePassword(read, instance.id, user.id);
  const page = { limit: MAX_NAMED };
  const sessions = await listSessions(read, instance.id, user.id, page, times.policyAt);
  return {
    user,
    password: !has ? 'none' : isOneTime ? 'one-time' : 'set',
    throttledUntil: await throttledUntil(read, instance, user, times.policyAt),
    devices: await findDeviceFacts(read, instance.id, user.id),
    trustedBrowsers: (await listTrustedDevices(read, instance.id, user.id)).length,
    sessions: sessions.items.length,
  };
}

async function readApplication(
  { db, publicOrigin }: OperationNeeds,
  instance: Instance,
  application: Application,
): Promise<ApplicationFacts> {
  const acsUrl = defaultAssertionConsumerService(application.relyingParty)?.url;
  const certificates = await findActiveCertificates(db.read, instance.id, [application.id]);
  return {
    ...{ application, acsUrl },
    unansweredHost:
      acsUrl === undefined ? undefined : findUnansweredHost(acsUrl, instance.settings, publicOrigin)?.host,
    certificate: certificates.get(application.id),
  };
}

async function readAccess(
  needs: OperationNeeds,
  opened: OpenedInstance,
  user: User,
  application: Application,
): Promise<AccessFacts> {
  const { read } = needs.db;
  const { instance } = opened;
  const between = { instanceId: instance.id, userId: user.id, applicationId: application.id };
  return {
    isAssigned: await isAssigned(read, instance.id, user.id, application.id),
    ...(await findEntitlements(read, between, MAX_NAMED)),
    mapping: await tryMapping(needs, instance, user, application),
    last: await findLastSignOn(needs, opened, user, application),
  };
}

/** Makes the subject and the attributes as a response would. */
async function tryMapping(
  { db, ids, publicOrigin }: OperationNeeds,
  { directoryId }: Instance,
  user: User,
  application: Application,
): Promise<AccessFacts['mapping']> {
  const issuer = addressesOf(publicOrigin, directoryId, application.id).entityId;
  try {
    const { subject } = await buildSubjectAndAttributes(db.read, { ids, issuer, application, user });
    return { outcome: subject ? 'mapped' : 'no-subject' };
  } catch (error) {
    if (error instanceof AppError) return { outcome: 'refused', why: error.publicMessage };
    throw error;
  }
}
