import type { Work } from '../../audit/commands.ts';
import { HIDDEN } from '../../audit/event.ts';
import { forgetTrust } from '../../sessions/trusted-device-store.ts';
import { assertEditable } from '../../directory/user.ts';
import { requireUser } from '../../directory/user-commands.ts';
import { findUsers } from '../../directory/user-store.ts';
import type { Instance } from '../../organizations/organization.ts';
import type { Instant } from '../../../foundation/platform/clock.ts';
import { notFound } from '../../../foundation/platform/errors.ts';
import type { InstanceId, SignInId, UserId } from '../../../foundation/platform/ids.ts';
import { orConflict, type Queries, type Tx } from '../../../foundation/storage/database.ts';
import { inChunks } from '../../../foundation/storage/chunks.ts';
import { insertRows } from '../../../foundation/storage/insert-rows.ts';
import { keepEarlier } from './password-history.ts';
import { voidLinks } from './password-links.ts';
import { restartSignIns } from '../../sessions/sign-in-store.ts';

export interface StoredPassword {
  /** As `hashPassword` makes it. */
  hash: string;
  /** A sealed HMAC of the password that an organization file declares, so that a start hashes nothing twice. */
  declaredMac: string | null;
  /** It is for one sign-in, which changes it. */
  mustChange?: boolean;
}

/** The first password of a user, with those before it where the user comes from elsewhere. */
export interface FirstPassword extends StoredPassword {
  readonly userId: UserId;
  /** They can't be used again. */
  readonly earlier?: readonly { readonly hash: string; readonly replacedAt: Instant }[];
}

/** The password of a user, when it has one. */
export async function findPassword(
  queries: Queries,
  instanceId: InstanceId,
  userId: UserId,
): Promise<StoredPassword | undefined> {
  const row = await queries
    .selectFrom('passwords')
    .select(['hash', 'declared_mac'])
    .where('instance_id', '=', instanceId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row && { hash: row.hash, declaredMac: row.declared_mac };
}

/** The passwords of those of these users who have one. */
export async function findPasswords(
  queries: Queries,
  instanceId: InstanceId,
  userIds: readonly UserId[],
): Promise<Map<UserId, StoredPassword>> {
  const rows = await inChunks(userIds, (chunk) =>
    queries
      .selectFrom('passwords')
      .select(['user_id', 'hash', 'declared_mac as declaredMac'])
      .where('instance_id', '=', instanceId)
      .where('user_id', 'in', chunk)
      .execute(),
  );
  return new Map(rows.map(({ user_id: userId, ...password }) => [userId, password]));
}

/** The passwords of all users of an instance. */
export async function listAllPasswords(
  queries: Queries,
  instanceId: InstanceId,
): Promise<Map<UserId, Required<StoredPassword>>> {
  const rows = await queries
    .selectFrom('passwords')
    .select(['user_id', 'hash', 'declared_mac as declaredMac', 'must_change'])
    .where('instance_id', '=', instanceId)
    .execute();
  return new Map(
    rows.map(({ user_id: userId, must_change: mustChange, ...password }) => [
      userId,
      { ...password, mustChange: mustChange === 1 },
    ]),
  );
}

/** Whether a user's password was generated for one sign-in, which must change it. */
export async function mustChangePassword(
  queries: Queries,
  instanceId: InstanceId,
  userId: UserId,
): Promise<boolean> {
  const row = await queries
    .selectFrom('passwords')
    .select('must_change')
    .where('instance_id', '=', instanceId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row?.must_change === 1;
}

/**
 * Gives a user a password that an operator chose, which was checked (`checkPassword`) and hashed before: a transaction
 * doesn't wait for a hash. An explicit choice isn't compared with earlier ones. Trust in browsers goes with the password that
 * they were trusted under. Throws when the user doesn't exist or is disabled (guide, "Disable a user").
 */
export async function setPassword(
  work: Work,
  instance: Instance,
  userId: UserId,
  password: StoredPassword,
): Promise<void> {
  const details = { requestParameters: { identityStoreId: instance.directoryId, userId, password: HIDDEN } };
  await work.perform('UpdatePassword', details, async (tx) => {
    assertEditable(await requireUser(tx, instance, userId));
    await writePassword(tx, instance.id, userId, password, work.context.at);
    await forgetTrust(tx, instance.id, userId);
  });
}

/**
 * Stores a password; the one before goes into the history, and links by mail that were still good are void: whoever has an
 * old one in the mailbox must not undo this. Sign-ins under way with the one before begin again, but for the one `by` which it
 * is changed. For commands on passwords.
 */
export async function writePassword(
  tx: Tx,
  instanceId: InstanceId,
  userId: UserId,
  { hash, declaredMac, mustChange = false }: StoredPassword,
  at: Instant,
  by?: SignInId,
): Promise<void> {
  const before = await findPassword(tx, instanceId, userId);
  if (before && before.hash !== hash) await keepEarlier(tx, instanceId, userId, before.hash, at);
  const flag = mustChange ? 1 : 0;
  const written = { hash, declared_mac: declaredMac, changed_at: at, must_change: flag } as const;
  await tx
    .insertInto('passwords')
    .values({ user_id: userId, instance_id: instanceId, ...written })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(written))
    .execute();
  await voidLinks(tx, instanceId, [userId]);
  await restartSignIns(tx, instanceId, userId, by);
}

/** Gives users who have none their passwords, as `setPassword` does with one, with few statements. */
export async function setFirstPasswords(
  work: Work,
  instance: Instance,
  passwords: readonly FirstPassword[],
): Promise<void> {
  const details = passwords.map(({ userId }) => ({
    requestParameters: { identityStoreId: instance.directoryId, userId, password: HIDDEN },
  }));
  await work.performEach('UpdatePassword', details, async (tx, blame) => {
    const ids = passwords.map(({ userId }) => userId);
    const users = await findUsers(tx, instance.id, ids);
    for (const [index, { userId }] of passwords.entries()) {
      const user = users.get(userId);
      if (user?.enabled) continue;
      blame(index);
      if (!user) throw notFound('The user');
      assertEditable(user);
    }
    const rows = passwords.map(({ userId, hash, declaredMac, mustChange = false }) => ({
      ...{ user_id: userId, instance_id: instance.id, hash, declared_mac: declaredMac },
      ...({ changed_at: work.context.at, must_change: mustChange ? 1 : 0 } as const),
    }));
    await orConflict(insertRows(tx, 'passwords', rows), 'One of the users has a password already.');
    await inChunks(ids, async (chunk) => {
      await voidLinks(tx, instance.id, chunk);
      return [];
    });
    const earlier = passwords.flatMap(({ userId, earlier: before = [] }) =>
      before.map(({ hash, replacedAt }) => ({
        ...{ instance_id: instance.id, user_id: userId, hash, replaced_at: replacedAt },
      })),
    );
    await insertRows(tx, 'password_history', earlier);
  });
}

/** Keeps the same password under another hash; nothing when the password was changed since `before` was read. */
export async function replaceHash(
  tx: Tx,
  instanceId: InstanceId,
  userId: UserId,
  before: string,
  hash: string,
): Promise<void> {
  await tx
    .updateTable('passwords')
    .set({ hash })
    .where('instance_id', '=', instanceId)
    .where('user_id', '=', userId)
    .where('hash', '=', before)
    .execute();
}
