import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { createCommands } from '../../src/domain/audit/commands.ts';
import { createRecorder } from '../../src/domain/audit/recorder.ts';
import { createApplication } from '../../src/domain/applications/commands.ts';
import { DEFAULT_SETTINGS } from '../../src/domain/applications/application.ts';
import { assign } from '../../src/domain/assignments/commands.ts';
import { findGroupByName } from '../../src/domain/directory/group-store.ts';
import { historyOf } from '../../src/domain/organizations/commands.ts';
import { findOrganization } from '../../src/domain/organizations/organization-store.ts';
import { findInstanceOf } from '../../src/domain/organizations/instance-store.ts';
import { systemClock } from '../../src/foundation/platform/clock.ts';
import { randomIds } from '../../src/foundation/platform/ids.ts';
import type { Database } from '../../src/foundation/storage/database.ts';
import { API_TOKEN, type BuiltServer } from './built-server.ts';
import { PERSON } from './sign-in.ts';

/** The size of a large organization. */
export interface Size {
  users: number;
  groups: number;
  applications: number;
  /** The number of groups in which the person who signs in is a member. */
  groupsOfPerson: number;
}

const IMPORTS = '/api/v1/organizations/default/imports';
const GROUPS_OF_USER = 3;
const group = (index: number) => `Group ${String(index).padStart(5, '0')}`;

/** The user name, by which searches find the user, too. */
export const userName = (index: number) => `person-${String(index).padStart(6, '0')}@example.com`;

/** The body of an import: groups, users with three groups each, and many groups for the person who signs in. */
export function importLines({ users, groups, groupsOfPerson }: Size): string {
  const lines: unknown[] = [];
  for (let index = 0; index < groups; index++) lines.push({ group: { displayName: group(index) } });
  for (let index = 0; index < users; index++) {
    lines.push({
      user: {
        userName: userName(index),
        email: userName(index),
        ...{ givenName: 'Person', familyName: `Number ${index}`, displayName: `Person ${index}` },
        groups: Array.from({ length: Math.min(GROUPS_OF_USER, groups) }, (_, step) =>
          group((index + step) % groups),
        ),
      },
    });
  }
  const person = { givenName: 'Ana', familyName: 'Souza', displayName: 'Ana Souza', email: PERSON.userName };
  const ofPerson = Array.from({ length: groupsOfPerson }, (_, index) => group(index));
  lines.push({ user: { userName: PERSON.userName, ...person, groups: ofPerson } });
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

const importSchema = z.object({
  id: z.string(),
  status: z.string(),
  done: z.number(),
  faults: z.array(z.unknown()),
});

/** Sends an import and waits for its end. Returns its duration in seconds, with and without the check of the input. */
export async function loadImport(
  { publicUrl }: BuiltServer,
  body: string,
  meanwhile: () => Promise<void> = () => delay(100),
): Promise<{ wholeSeconds: number; loadSeconds: number }> {
  const headers = { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/x-ndjson' };
  const ask = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(new URL(path, publicUrl), { ...init, headers });
    const text = await response.text();
    if (!response.ok) throw new Error(`The import was refused: ${text.slice(0, 500)}`);
    return importSchema.parse(JSON.parse(text));
  };
  const startedAt = performance.now();
  let seen = await ask(IMPORTS, { method: 'POST', body });
  const begunAt = performance.now();
  while (seen.status === 'running') {
    await meanwhile();
    seen = await ask(`${IMPORTS}/${seen.id}`);
  }
  if (seen.status !== 'done') throw new Error(`The import ended badly: ${JSON.stringify(seen)}`);
  const endedAt = performance.now();
  return { wholeSeconds: (endedAt - startedAt) / 1000, loadSeconds: (endedAt - begunAt) / 1000 };
}

/**
 * Adds applications to a database that no server uses at the moment, each assigned to some groups without the person who
 * signs in. They have no certificates, which no request needs: making 500 key pairs would take minutes.
 */
export async function addApplications(db: Database, size: Size): Promise<void> {
  const record = createRecorder({ clock: systemClock, ids: randomIds });
  const commands = createCommands({ db, record });
  const organization = await findOrganization(db.read, 'default');
  const instance = organization && (await findInstanceOf(db.read, organization.id));
  if (!instance) throw new Error('There is no organization to add applications to.');
  const others = size.groups - size.groupsOfPerson;
  const context = {
    actor: { type: 'operator', name: 'control-api' },
    ...{ requestId: randomIds.uuid(), ip: '127.0.0.1', userAgent: 'bench', at: systemClock.now() },
  } as const;
  await commands.run(context, historyOf(instance), async (work) => {
    for (let index = 1; index < size.applications; index++) {
      const application = await createApplication(work, randomIds, instance, newApplication(index));
      for (let step = 0; step < Math.min(10, others); step++) {
        const name = group(size.groupsOfPerson + ((index * 10 + step) % others));
        const found = await findGroupByName(work.tx, instance.id, name);
        if (!found) throw new Error(`There is no group ${name}.`);
        await assign(work, instance, application, { type: 'GROUP', id: found.id, name });
      }
    }
  });
}

const newApplication = (index: number) => ({
  key: `application-${index}`,
  displayName: `Application ${index}`,
  description: '',
  enabled: true,
  settings: DEFAULT_SETTINGS,
  relyingParty: {
    entityId: `https://application-${index}.example.com/saml`,
    assertionConsumerServices: [],
    requestSigningCertificates: [],
    authnRequestsSigned: false,
    singleLogoutServices: [],
    nameIdFormats: [],
    wantAssertionsSigned: false,
  },
});
