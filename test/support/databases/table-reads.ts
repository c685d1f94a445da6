import { consoleAccessOf, findGrant, listGrants } from '../../../src/domain/access/store.ts';
import {
  findApplication,
  findApplicationByEntityId,
  findApplicationByKey,
  listApplicationIds,
  listApplications,
} from '../../../src/domain/applications/store.ts';
import { listAssignees } from '../../../src/domain/assignments/assignee-store.ts';
import {
  findEntitlements,
  isAssigned,
  listAssignedApplications,
} from '../../../src/domain/assignments/entitlement-store.ts';
import { findAssigned, listAssignments } from '../../../src/domain/assignments/store.ts';
import { findEvent, listEvents } from '../../../src/domain/audit/event-list-store.ts';
import {
  findUnacceptedRehearsal,
  findRehearsedCertificate,
  listRehearsals,
  listRehearsalsOfBrowser,
} from '../../../src/domain/certificates/rehearsal-store.ts';
import {
  findActiveCertificates,
  findApplicationForSigning,
  listCertificates,
} from '../../../src/domain/certificates/store.ts';
import {
  findDevice,
  findDeviceFacts,
  listAllDevices,
  listDevices,
} from '../../../src/domain/credentials/mfa/store.ts';
import { findRegistration } from '../../../src/domain/credentials/mfa/registration-store.ts';
import { findEarlier } from '../../../src/domain/credentials/passwords/history-store.ts';
import { findLink } from '../../../src/domain/credentials/passwords/link-store.ts';
import { findPassword } from '../../../src/domain/credentials/passwords/store.ts';
import {
  findGroup,
  findGroupByName,
  findGroupIds,
  findPresentGroups,
  listGroups,
} from '../../../src/domain/directory/group-store.ts';
import {
  findGroupsOfUser,
  groupsOfUser,
  listGroupsOfUser,
  listMembers,
} from '../../../src/domain/directory/membership-store.ts';
import { findUser, findUserByName, findUsers } from '../../../src/domain/directory/user-store.ts';
import { listEnabledUsers, listUsers } from '../../../src/domain/directory/user-list-store.ts';
import { findOwners } from '../../../src/domain/directory/taken-names-store.ts';
import { listSummaries } from '../../../src/administration/operations/conversations.ts';
import { findKey } from '../../../src/flows/idp/exchanges/summary-store.ts';
import { readRefused } from '../../../src/flows/idp/exchanges/refused-store.ts';
import { findExchange, listExchanges, readExchanges } from '../../../src/flows/idp/exchanges/store.ts';
import {
  findPendingApplication,
  findPendingRequest,
} from '../../../src/flows/idp/requests/pending-request-store.ts';
import { findBulkImport, listBulkImports } from '../../../src/administration/bulk-import/store.ts';
import { listMailHeads, listMails } from '../../../src/domain/mail/list-store.ts';
import { findMail, findMailHead } from '../../../src/domain/mail/store.ts';
import { findLogoOctets } from '../../../src/domain/organizations/branding/logo-store.ts';
import { findInstanceOf } from '../../../src/domain/organizations/instance-store.ts';
import { findWatchedSignIn, listWatchedSignIns } from '../../../src/domain/sessions/sign-in-list-store.ts';
import { listSessions, resumeSession } from '../../../src/domain/sessions/session-store.ts';
import {
  isTrusted,
  listAllTrustedDevices,
  listTrustedDevices,
} from '../../../src/domain/sessions/trusted-device-store.ts';
import { findSignIn } from '../../../src/domain/sessions/sign-in-store.ts';
import type { Queries } from '../../../src/foundation/storage/database.ts';
import type { Tables } from '../../../src/foundation/storage/tables.ts';
import { exchangeIdOf, FILLED_SEALER, refusedIdOf, rehearsalOf, type FilledTenant } from './filled-tenant.ts';
import type { Tenant } from './tenant.ts';

/** The server's own tables, whose rows belong to no organization. */
export const OF_THE_SERVER = [
  'server_state',
  'operator_links',
  'operator_sessions',
  'operator_attempts',
  'classrooms',
  'classroom_students',
] as const;
type OfTheServer = (typeof OF_THE_SERVER)[number];

export const isOfTheServer = (table: string): boolean => OF_THE_SERVER.some((name) => name === table);

/**
 * Looks up the data of `owned` in the scope of a tenant. Finding nothing means undefined, false, or an empty list or
 * page.
 */
type Read = (queries: Queries, owned: FilledTenant, scope: Tenant) => Promise<unknown>;

const PAGE = { limit: 100 };

/** Names are the same in all tenants, so another tenant finds its own row by that name. */
const same = async (own: { id: string }, found: Promise<{ id: string } | undefined>) =>
  (await found)?.id === own.id;
const among = async (own: { id: string }, page: Promise<{ items: { id: string }[] }>) =>
  (await page).items.some((item) => item.id === own.id);

/** The ways in which stores read each table. A new table must be added here; an empty list needs a reason. */
export const TABLE_READS: Record<Exclude<keyof Tables, OfTheServer>, Record<string, Read>> = {
  // Organizations are the scope of everything else and are read by their id.
  organizations: {},
  instances: {
    findInstanceOf: (q, { tenant }, { organization }) =>
      same(tenant.instance, findInstanceOf(q, organization.id)),
  },
  logos: {
    findLogoOctets: (q, { logo }, { instance }) => findLogoOctets(q, instance.id, logo.sha256),
  },
  users: {
    listEnabledUsers: async (q, { user }, { instance }) =>
      (await listEnabledUsers(q, instance.id, 100)).some(({ id }) => id === user.id),
    findUser: (q, { user }, { instance }) => findUser(q, instance.id, user.id),
    findUserByName: (q, { user }, { instance }) => same(user, findUserByName(q, instance.id, user.userName)),
    listUsers: (q, { user }, { instance }) => among(user, listUsers(q, instance.id, {}, PAGE)),
    findUsers: async (q, { user }, { instance }) => (await findUsers(q, instance.id, [user.id])).has(user.id),
    findOwners: async (q, { user }, { instance }) => {
      const { userNames, emails } = await findOwners(q, instance.id, [user]);
      return [...userNames.values(), ...emails.values()].includes(user.id);
    },
    'listUsers by email': (q, { user }, { instance }) =>
      among(user, listUsers(q, instance.id, { email: user.email }, PAGE)),
    'listUsers by a search': (q, { user }, { instance }) =>
      among(user, listUsers(q, instance.id, { search: user.userName }, PAGE)),
  },
  groups: {
    findGroup: (q, { group }, { instance }) => findGroup(q, instance.id, group.id),
    findGroupByName: (q, { group }, { instance }) =>
      same(group, findGroupByName(q, instance.id, group.displayName)),
    findGroupIds: async (q, { group }, { instance }) =>
      [...(await findGroupIds(q, instance.id, [group.displayName])).values()].includes(group.id),
    findPresentGroups: async (q, { group }, { instance }) =>
      (await findPresentGroups(q, instance.id, [group.id])).has(group.id),
    listGroups: (q, { group }, { instance }) => among(group, listGroups(q, instance.id, {}, PAGE)),
  },
  memberships: {
    listMembers: (q, { group }, { instance }) => listMembers(q, instance.id, group.id, PAGE),
    groupsOfUser: (q, { user }, { instance }) => groupsOfUser(q, instance.id, user.id),
    listGroupsOfUser: (q, { user }, { instance }) => listGroupsOfUser(q, instance.id, user.id, PAGE),
    findGroupsOfUser: async (q, { user, group }, { instance }) => [
      ...(await findGroupsOfUser(q, instance.id, user.id, [group.id])),
    ],
  },
  console_access: {
    consoleAccessOf: (q, { user }, { instance }) => consoleAccessOf(q, instance.id, user.id),
    findGrant: (q, { group }, { instance }) => findGrant(q, instance.id, { type: 'GROUP', id: group.id }),
    listGrants: async (q, { user, group }, { instance }) =>
      (await listGrants(q, instance.id)).filter(({ grantee: { id } }) => id === user.id || id === group.id),
  },
  passwords: { findPassword: (q, { user }, { instance }) => findPassword(q, instance.id, user.id) },
  password_history: { findEarlier: (q, { user }, { instance }) => findEarlier(q, instance.id, user.id) },
  password_links: {
    findLink: (q, { linkToken }, { instance, clock }) =>
      findLink(q, instance.id, 'reset', linkToken, clock.now()),
  },
  // Rows are claimed by an insert whose key begins with the instance, and never read on their own.
  spent_tokens: {},
  mfa_devices: {
    findDeviceFacts: (q, { user }, { instance }) => findDeviceFacts(q, instance.id, user.id),
    listAllDevices: async (q, { user }, { instance }) =>
      (await listAllDevices(q, FILLED_SEALER, instance.id)).filter(({ userId }) => userId === user.id),
    listDevices: (q, { user }, { instance }) => listDevices(q, FILLED_SEALER, instance.id, user.id),
    findDevice: (q, { user, deviceId }, { instance }) => findDevice(q, instance.id, user.id, deviceId),
  },
  mfa_registrations: {
    findRegistration: (q, { user, registrationOwner: owner }, { instance, clock }) =>
      findRegistration(q, FILLED_SEALER, { instance, userId: user.id, owner }, clock.now()),
  },
  trusted_devices: {
    isTrusted: (q, { user, browserId }, { instance }) =>
      isTrusted(q, instance.id, { userId: user.id, browserId, browserFamily: 'Chrome', ip: '127.0.0.1' }),
    listAllTrustedDevices: async (q, { user }, { instance }) =>
      (await listAllTrustedDevices(q, instance.id)).filter(({ userId }) => userId === user.id),
    listTrustedDevices: (q, { user }, { instance }) => listTrustedDevices(q, instance.id, user.id),
  },
  mails: {
    listMails: async (q, { mailId }, { organization }) => {
      const { items } = await listMails(q, FILLED_SEALER, organization.id, {}, PAGE);
      return items.some(({ id }) => id === mailId);
    },
    'listMails by address and kind': async (q, { mailId, user }, { organization }) => {
      const filter = { to: user.email, kind: 'verification-code' } as const;
      const { items } = await listMails(q, FILLED_SEALER, organization.id, filter, PAGE);
      return items.some(({ id }) => id === mailId);
    },
    listMailHeads: async (q, { mailId }, { organization }) => {
      const { items } = await listMailHeads(q, organization.id, { search: 'code' }, PAGE);
      return items.some(({ id }) => id === mailId);
    },
    findMail: (q, { mailId }, { organization }) => findMail(q, FILLED_SEALER, organization.id, mailId),
    findMailHead: (q, { mailId }, { organization }) => findMailHead(q, organization.id, mailId),
  },
  sign_ins: {
    findSignIn: (q, { signIn }, { instance }) => findSignIn(q, FILLED_SEALER, instance.id, signIn.id),
    findWatchedSignIn: (q, { signIn }, { instance }) =>
      findWatchedSignIn(q, FILLED_SEALER, instance.id, signIn.id),
    listWatchedSignIns: async (q, { signIn }, { instance }) => {
      const { items } = await listWatchedSignIns(q, FILLED_SEALER, instance.id, {}, PAGE);
      return items.filter((each) => each.signIn.id === signIn.id);
    },
  },
  // Rows are counted and removed by statements that name the instance, and never read on their own.
  throttles: {},
  sessions: {
    resumeSession: (q, { sessionHandle }, { instance, clock }) =>
      resumeSession(q, instance, sessionHandle, clock.now()),
    listSessions: (q, { user }, { instance }) => listSessions(q, instance.id, user.id, PAGE),
  },
  applications: {
    findApplication: (q, { application }, { instance }) => findApplication(q, instance.id, application.id),
    findApplicationByKey: (q, { application }, { instance }) =>
      same(application, findApplicationByKey(q, instance.id, application.key)),
    findApplicationByEntityId: (q, { application }, { instance }) =>
      same(application, findApplicationByEntityId(q, instance.id, application.relyingParty.entityId)),
    listApplications: (q, { application }, { instance }) =>
      among(application, listApplications(q, instance.id, {}, PAGE)),
    listApplicationIds: async (q, { application }, { instance }) =>
      (await listApplicationIds(q, instance.id)).includes(application.id),
  },
  certificates: {
    listCertificates: (q, { application }, { instance }) => listCertificates(q, instance.id, application.id),
    findActiveCertificates: async (q, { application }, { instance }) =>
      (await findActiveCertificates(q, instance.id, [application.id])).has(application.id),
    findApplicationForSigning: (q, { application }, { instance }) =>
      findApplicationForSigning(q, instance.id, application.id),
  },
  certificate_rehearsals: {
    listRehearsals: (q, { application }, { instance, clock }) =>
      listRehearsals(q, instance.id, application.id, clock.now()),
    findOffer: (q, { tenant }, { instance, clock }) =>
      findUnacceptedRehearsal(q, instance.id, rehearsalOf(tenant.instance).offered, clock.now()),
    listRehearsed: (q, { tenant }, { instance, clock }) =>
      listRehearsalsOfBrowser(q, instance.id, rehearsalOf(tenant.instance).secret, clock.now()),
    findRehearsedCertificate: (q, { tenant, application }, { instance, clock }) =>
      findRehearsedCertificate(
        q,
        { instanceId: instance.id, applicationId: application.id },
        rehearsalOf(tenant.instance).secret,
        clock.now(),
      ),
  },
  assignments: {
    listAssignments: (q, { application }, { instance }) =>
      listAssignments(q, instance.id, application.id, PAGE),
    listAssignees: (q, { application }, { instance }) =>
      listAssignees(q, { instanceId: instance.id, applicationId: application.id }, { type: 'USER' }, PAGE),
    findAssigned: async (q, { application, user }, { instance }) => [
      ...(await findAssigned(q, instance.id, application.id, [user.id])),
    ],
    isAssigned: (q, { application, user }, { instance }) =>
      isAssigned(q, instance.id, user.id, application.id),
    findEntitlements: async (q, { application, user }, { instance }) => {
      const between = { instanceId: instance.id, userId: user.id, applicationId: application.id };
      const { isDirect, isForEveryone, groups } = await findEntitlements(q, between, 9);
      return isDirect || isForEveryone || groups.length > 0;
    },
    listAssignedApplications: (q, { user }, { instance }) =>
      listAssignedApplications(q, instance.id, user.id),
  },
  authn_requests: {
    findPendingRequest: (q, { pendingRequestId }, { instance, clock }) =>
      findPendingRequest(q, FILLED_SEALER, instance.id, pendingRequestId, clock.now()),
    findPendingApplication: (q, { pendingRequestId }, { instance, clock }) =>
      findPendingApplication(q, instance.id, pendingRequestId, clock.now()),
  },
  // Rows are claimed by an insert whose key is the application's id, and never read on their own.
  seen_requests: {},
  exchanges: {
    listExchanges: (q, { application }, { instance }) =>
      listExchanges(q, FILLED_SEALER, instance.id, application.id, PAGE),
    findExchange: (q, { application, user }, { instance }) => {
      const of = { instanceId: instance.id, applicationId: application.id };
      return findExchange(q, FILLED_SEALER, of, exchangeIdOf(user));
    },
    listKeys: async (q, { application, user }, { instance }) => {
      const { items } = await listSummaries(q, instance, { applicationId: application.id }, PAGE);
      return items.filter(({ id }) => id === exchangeIdOf(user));
    },
    readExchanges: async (q, { application, user, tenant }, { instance }) => {
      const of = { instanceId: tenant.instance.id, applicationIds: [application.id] };
      const key = await findKey(q, of, exchangeIdOf(user));
      return key && readExchanges(q, FILLED_SEALER, instance.id, [key]);
    },
  },
  refused_requests: {
    readRefused: (q, { user }, { instance }) =>
      readRefused(q, FILLED_SEALER, instance.id, [refusedIdOf(user)]),
    listKeys: async (q, { application: { id: applicationId }, user }, { instance }) =>
      (await listSummaries(q, instance, { applicationId }, PAGE)).items.filter(
        ({ id }) => id === refusedIdOf(user),
      ),
  },
  events: {
    listEvents: async (q, { user }, { organization }) => {
      const { items } = await listEvents(q, organization.id, {}, PAGE);
      return items.filter((event) => JSON.stringify(event).includes(user.id));
    },
    findEvent: async (q, { user }, { organization }) => {
      const { items } = await listEvents(q, organization.id, {}, PAGE);
      const event = items.find((each) => JSON.stringify(each).includes(user.id));
      return event && findEvent(q, organization.id, event.eventID);
    },
  },
  imports: {
    findImport: (q, { importId }, { instance, clock }) => findBulkImport(q, clock, instance.id, importId),
    listImports: (q, { importId }, { instance, clock }) =>
      among({ id: importId }, listBulkImports(q, clock, instance.id, PAGE)),
  },
  // Only the sample service providers' own store reads and writes these rows.
  sample_sessions: {},
};
