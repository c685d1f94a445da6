import { DEFAULT_SETTINGS } from '../../../src/domain/applications/application.ts';
import { insertApplicationRow } from '../../../src/domain/applications/store.ts';
import type { Principal } from '../../../src/domain/assignments/assignment.ts';
import { insertAssignment } from '../../../src/domain/assignments/store.ts';
import { insertGroupRows } from '../../../src/domain/directory/group-store.ts';
import type { Group } from '../../../src/domain/directory/group.ts';
import { insertMemberships, type Membership } from '../../../src/domain/directory/membership-store.ts';
import { insertUserRows } from '../../../src/domain/directory/user-store.ts';
import type { User } from '../../../src/domain/directory/user.ts';
import { historyOf } from '../../../src/domain/organizations/commands.ts';
import { insertExchange } from '../../../src/flows/idp/exchanges/store.ts';
import {
  newApplicationId,
  newGroupId,
  newUserId,
  randomIds as ids,
  type ApplicationId,
} from '../../../src/foundation/platform/ids.ts';
import type { Tx } from '../../../src/foundation/storage/database.ts';
import type { TestServer } from '../servers/server.ts';

/** How much an organization has. */
export interface Size {
  readonly users: number;
  readonly groups: number;
  readonly applications: number;
  readonly events: number;
  readonly exchanges: number;
  /** The groups of one user, and the principals of each kind that are assigned to one application. */
  readonly ofOne: number;
}

/** Those with the most of everything. */
export interface Largest {
  readonly user: User;
  readonly group: Group;
}

const GROUPS_OF_USER = 3;

/**
 * Puts so much into the organization of a server. The first user is in the most groups, everybody is in the first group,
 * and `application` has the most assignments and all exchanges. Rows are inserted as they are stored: commands would
 * take minutes.
 */
export async function fillOrganization(
  server: TestServer,
  application: ApplicationId,
  size: Size,
): Promise<Largest> {
  const { db, instance } = server;
  const at = server.clock.now();
  const users = Array.from({ length: size.users }, (_, index) => userOf(server, index));
  const groups = Array.from({ length: size.groups }, (_, index) => groupOf(server, index));
  const [user, group] = [users[0], groups[0]];
  if (!user || !group) throw new Error('An organization without users or groups is not large.');
  await db.transaction(async (tx) => {
    await insertUserRows(tx, instance.id, users);
    await insertGroupRows(tx, instance.id, groups);
    await insertMemberships(tx, instance.id, membershipsOf(users, groups, size.ofOne), at);
    await addApplications(tx, server, groups, size.applications);
    const assigned: Principal[] = [
      ...users.slice(0, size.ofOne).map(({ id, userName: name }): Principal => ({ type: 'USER', id, name })),
      ...groups.slice(0, size.ofOne).map(asPrincipal),
    ];
    for (const principal of assigned) {
      await insertAssignment(tx, instance.id, { applicationId: application, principal, createdAt: at });
    }
    await addExchanges(tx, server, application, user, size.exchanges);
  });
  await addEvents(server, user, size.events);
  return { user, group };
}

const numbered = (index: number) => String(index).padStart(6, '0');

function userOf({ instance, clock }: TestServer, index: number): User {
  const [at, userName] = [clock.now(), `person-${numbered(index)}@example.com`];
  return {
    ...{ id: newUserId(ids, instance.directoryId), userName, email: userName },
    ...{ givenName: 'Person', familyName: `Number ${index}`, displayName: `Person ${index}` },
    // Every tenth: what lists show of a status must not depend on where the disabled ones are.
    ...{ attributes: {}, enabled: index % 10 !== 9, version: 1, createdAt: at, updatedAt: at },
  };
}

function groupOf({ instance, clock }: TestServer, index: number): Group {
  const at = clock.now();
  return {
    ...{ id: newGroupId(ids, instance.directoryId), displayName: `Group ${numbered(index)}` },
    ...{ description: 'Of a large organization', version: 1, createdAt: at, updatedAt: at },
  };
}

const asPrincipal = ({ id, displayName: name }: Group): Principal => ({ type: 'GROUP', id, name });

function membershipsOf(users: readonly User[], groups: readonly Group[], ofFirst: number): Membership[] {
  const [first, ...others] = groups;
  return users.flatMap(({ id: userId }, index) => {
    const count = index === 0 ? ofFirst - 1 : Math.min(GROUPS_OF_USER, others.length);
    const chosen = Array.from({ length: count }, (_, step) => others[(index + step) % others.length]);
    return [first, ...chosen].flatMap((group) => (group ? [{ groupId: group.id, userId }] : []));
  });
}

/** Applications without certificates, each assigned to ten groups. */
async function addApplications(
  tx: Tx,
  { instance, clock }: TestServer,
  groups: readonly Group[],
  count: number,
): Promise<void> {
  const at = clock.now();
  for (let index = 0; index < count; index++) {
    const id = newApplicationId(ids);
    await insertApplicationRow(tx, {
      ...{ id, instanceId: instance.id, key: `application-${index}`, nameIdSalt: ids.token() },
      ...{ displayName: `Application ${numbered(index)}`, description: '', enabled: true },
      ...{ settings: DEFAULT_SETTINGS, version: 1, createdAt: at, updatedAt: at },
      relyingParty: {
        ...{ entityId: `https://application-${index}.example.com/saml`, assertionConsumerServices: [] },
        ...{ requestSigningCertificates: [], authnRequestsSigned: false, singleLogoutServices: [] },
        ...{ nameIdFormats: [], wantAssertionsSigned: false },
      },
    });
    for (let step = 0; step < 10; step++) {
      const group = groups[(index * 10 + step) % groups.length];
      if (!group) continue;
      const assignment = { applicationId: id, principal: asPrincipal(group), createdAt: at };
      await insertAssignment(tx, instance.id, assignment);
    }
  }
}

async function addExchanges(
  tx: Tx,
  { instance, sealer, clock, publicUrl }: TestServer,
  applicationId: ApplicationId,
  user: User,
  count: number,
): Promise<void> {
  for (let index = 0; index < count; index++) {
    await insertExchange(tx, sealer, {
      ...{ id: `_${ids.uuid()}`, instanceId: instance.id, applicationId, user },
      ...{ initiatedBy: 'identity-provider', requestXml: null, relayState: null, findings: [] },
      ...{ responseXml: `<x>${'y'.repeat(7000)}</x>`, acsUrl: `${publicUrl.origin}/acs` },
      ...{ status: 'urn:oasis:names:tc:SAML:2.0:status:Success', at: clock.now(), sequence: index },
    });
  }
}

/** As many events of one user, of a kind that dashboards count. */
async function addEvents({ db, app, instance, clock }: TestServer, user: User, count: number): Promise<void> {
  const { record } = app.operationNeeds;
  const event = {
    ...({ name: 'UserAuthentication', authWorkflowId: ids.uuid(), userName: user.userName } as const),
    ...({ outcome: 'Success', loginTo: '/start', credentialTypes: ['PASSWORD'] } as const),
    deviceEnrollmentRequired: false,
  };
  const origin = { at: clock.now(), requestId: ids.uuid(), ip: '127.0.0.1', userAgent: 'test' };
  const insert = await record.prepare(historyOf(instance), Array<typeof event>(count).fill(event), origin);
  await db.transaction(insert);
}
