import type { Context } from '../../../src/domain/audit/actor.ts';
import { createCommands, type Commands, type Work } from '../../../src/domain/audit/commands.ts';
import type { EventRecord } from '../../../src/domain/audit/event.ts';
import { createRecorder, type RecordEvent as RecordEvent } from '../../../src/domain/audit/recorder.ts';
import { listEvents } from '../../../src/domain/audit/event-list-store.ts';
import { createInstance, createOrganization, historyOf } from '../../../src/domain/organizations/commands.ts';
import type { Instance, Organization } from '../../../src/domain/organizations/organization.ts';
import { settingsSchema, type SettingsInput } from '../../../src/domain/organizations/settings.ts';
import {
  newDirectoryId,
  newInstanceId,
  newOrganizationId,
  type Ids,
} from '../../../src/foundation/platform/ids.ts';
import type { Database } from '../../../src/foundation/storage/database.ts';
import { manualClock, type ManualClock } from '../basics/clock.ts';
import { countingIds } from '../basics/ids.ts';

/** An organization with an instance, and the means to change it. */
export interface Tenant {
  db: Database;
  clock: ManualClock;
  ids: Ids;
  commands: Commands;
  record: RecordEvent;
  organization: Organization;
  instance: Instance;
  /** The origin of changes: the control API, at the clock's present instant. */
  context(change?: Partial<Context>): Context;
  /** Runs changes of the instance with the origin of `context`. */
  run<T>(body: (work: Work) => Promise<T>, change?: Partial<Context>): Promise<T>;
  /** The latest events of the organization, newest first. */
  events(limit?: number): Promise<EventRecord[]>;
}

export interface TenantOptions {
  clock?: ManualClock;
  isDefault?: boolean;
  alias?: string;
  /** Changes to the default settings with the cheapest password hash. */
  settings?: SettingsInput;
}

/** Creates an organization in a database that may hold others. */
export async function makeTenant(db: Database, options: TenantOptions = {}): Promise<Tenant> {
  const { clock = manualClock(), isDefault = false, alias = null } = options;
  const ids = countingIds();
  const record = createRecorder({ clock, ids });
  const commands = createCommands({ db, record });
  const context = (change: Partial<Context> = {}): Context => ({
    actor: { type: 'operator', name: 'control-api' },
    requestId: ids.uuid(),
    ip: '127.0.0.1',
    userAgent: 'test',
    at: clock.now(),
    ...change,
  });
  const { settings = {} } = options;
  const organizationId = newOrganizationId(ids);
  const managementAccountId = '111122223333';
  const region = 'us-east-1';
  const instance = await commands.run(
    context(),
    { organizationId, managementAccountId, region },
    async (work) => {
      const organization = await createOrganization(work, {
        id: organizationId,
        name: 'Example Corp',
        managementAccountId,
        isDefault,
        at: clock.now(),
      });
      return createInstance(work, organization, {
        id: newInstanceId(ids),
        directoryId: newDirectoryId(ids),
        alias,
        region,
        settings: settingsSchema.parse({ ...settings, signIn: { passwordHashCost: 4, ...settings.signIn } }),
      });
    },
  );
  const { organization } = instance;
  return {
    ...{ db, clock, ids, commands, record, organization, instance, context },
    run: (body, change) => commands.run(context(change), historyOf(instance), body),
    async events(limit = 10) {
      return (await listEvents(db.read, organization.id, {}, { limit })).items;
    },
  };
}
