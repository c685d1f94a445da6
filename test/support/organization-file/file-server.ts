import assert from 'node:assert/strict';
import { resolveSample } from '../../../src/lab/samples/samples.ts';
import { createCommands, type Work } from '../../../src/domain/audit/commands.ts';
import { createRecorder } from '../../../src/domain/audit/recorder.ts';
import type { KeyCache } from '../../../src/domain/certificates/key-cache.ts';
import { generateKeyPair, type KeyPairPem } from '../../../src/domain/certificates/key-pair.ts';
import { createKeyPool } from '../../../src/domain/certificates/key-pool.ts';
import { hashPassword } from '../../../src/domain/credentials/passwords/password.ts';
import { findUserByName } from '../../../src/domain/directory/user-store.ts';
import type { User } from '../../../src/domain/directory/user.ts';
import {
  createApplyOrganizationFile,
  type ApplyOptions,
  type ApplyOrganizationFile,
  type ApplyResult,
} from '../../../src/administration/organization-file/apply/apply.ts';
import { formatFaults } from '../../../src/administration/organization-file/read/read.ts';
import { historyOf } from '../../../src/domain/organizations/commands.ts';
import type { Instance } from '../../../src/domain/organizations/organization.ts';
import { createSealer, type Sealer } from '../../../src/foundation/platform/crypto.ts';
import { randomIds } from '../../../src/foundation/platform/ids.ts';
import type { Database } from '../../../src/foundation/storage/database.ts';
import { manualClock, type ManualClock } from '../basics/clock.ts';
import { readGood, type Edit } from './organization-files.ts';

type Applied = Extract<ApplyResult, { ok: true }>;

/** The parts of a server that organization files need. Its two samples are `notes` and `expenses`. */
export interface FileServer {
  db: Database;
  clock: ManualClock;
  apply: ApplyOrganizationFile;
  /** Applies the fixture with these edits, which must succeed. */
  applyGood(edits?: Edit[], options?: ApplyOptions): Promise<Applied>;
  /** Changes an instance as the control API does. */
  run<T>(instance: Instance, body: (work: Work) => Promise<T>): Promise<T>;
  /** The user with this name at example.com. */
  user(instance: Instance, name: string): Promise<User>;
  /** Every password that was hashed, in order. */
  hashed: string[];
  /** The number of generated key pairs. */
  keysMade(): number;
}

export interface FileServerOptions {
  keyCache?: KeyCache;
  /** Replaces the one key pair that is shared otherwise. */
  keyPair?: () => Promise<KeyPairPem>;
  /** Called before each password is hashed, which is after the database was read and before it is changed. */
  onHash?: () => Promise<unknown>;
  /** Replaces `SEALER`. */
  sealer?: Sealer;
}

/** Seals the secrets of file servers. */
export const SEALER = createSealer(Buffer.alloc(32, 7));

let shared: Promise<KeyPairPem> | undefined;
const sharedKeyPair = () => (shared ??= generateKeyPair(2048));

export function makeFileServer(
  db: Database,
  { keyCache, keyPair = sharedKeyPair, sealer = SEALER, onHash }: FileServerOptions = {},
): FileServer {
  const clock = manualClock();
  const hashed: string[] = [];
  let made = 0;
  const commands = createCommands({ db, record: createRecorder({ clock, ids: randomIds }) });
  const apply = createApplyOrganizationFile({
    ...{ db, commands, clock, ids: randomIds, keyCache },
    sealer,
    keyPool: createKeyPool({ size: 1, generate: () => ((made += 1), keyPair()) }),
    resolveSample: (name, directoryId) =>
      resolveSample(name, { publicOrigin: 'http://localhost', directoryId }),
    hashPassword: async (password, cost) => {
      hashed.push(password);
      await onHash?.();
      return hashPassword(password, cost);
    },
  });
  return {
    ...{ db, clock, apply, hashed, keysMade: () => made },
    async applyGood(edits = [], options = {}) {
      const result = await apply(await readGood(...edits), options);
      assert.ok(result.ok, result.ok ? '' : formatFaults(result.faults, 'org.yaml'));
      return result;
    },
    run(instance, body) {
      const actor = { type: 'operator', name: 'control-api' } as const;
      const origin = { actor, requestId: 'request', ip: '127.0.0.1', userAgent: 'test', at: clock.now() };
      return commands.run(origin, historyOf(instance), body);
    },
    async user(instance, name) {
      const found = await findUserByName(db.read, instance.id, `${name}@example.com`);
      assert.ok(found);
      return found;
    },
  };
}

/** The kinds of things that were created, changed or removed. */
export function changed({ counts }: Pick<Applied, 'counts'>): Record<string, unknown> {
  const entries = Object.entries(counts).map(
    ([kind, { created, updated, removed }]) =>
      [kind, { created, updated, ...(removed > 0 && { removed }) }] as const,
  );
  return Object.fromEntries(
    entries.filter(([, { created, updated, removed = 0 }]) => created + updated + removed > 0),
  );
}

/** Every row of the tables that a file fills, and the events. */
export async function contentsOf(db: Database): Promise<Record<string, string[]>> {
  const tables = [
    ...(['organizations', 'instances', 'users', 'groups', 'memberships', 'passwords'] as const),
    ...(['applications', 'certificates', 'assignments', 'events'] as const),
  ];
  const contents: Record<string, string[]> = {};
  for (const table of tables) {
    const rows = await db.read.selectFrom(table).selectAll().execute();
    contents[table] = rows.map((row) => JSON.stringify(row)).sort();
  }
  return contents;
}

/** Deletes all rows. */
export async function emptyDatabase(db: Database): Promise<void> {
  await db.transaction((tx) => tx.deleteFrom('organizations').execute());
}
