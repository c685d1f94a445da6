import type { Instance } from '../../organizations/organization.ts';
import type { Instant } from '../../../foundation/platform/clock.ts';
import type { Sealer } from '../../../foundation/platform/crypto.ts';
import type { InstanceId, UserId } from '../../../foundation/platform/ids.ts';
import type { Queries, Tx } from '../../../foundation/storage/database.ts';
import { deleteOlder } from '../../../foundation/storage/trim.ts';
import type { MfaType } from './device.ts';

/** The sign-in, session or operator to which a registration belongs. No other can complete it. */
export type RegistrationOwner = `signin:${string}` | `session:${string}` | `operator:${string}`;

/** For whom a device is registered, and what the registration belongs to. */
export interface Registrant {
  readonly instance: Pick<Instance, 'id'>;
  readonly userId: UserId;
  readonly owner: RegistrationOwner;
}

/** A registration under way. `secret` is what its type's strategy made: an app's secret, or the challenge for a key. */
export interface Registration<T extends MfaType = MfaType> {
  readonly type: T;
  readonly secret: string;
}

/** The secret opens for its own user and owner only. */
const sealedFor = ({ userId, owner }: Registrant) => `mfa-registration ${userId} ${owner}`;

/** Keeps a registration until `expiresAt`; one of the same registrant that was under way is replaced. */
export async function saveRegistration(
  tx: Tx,
  sealer: Sealer,
  registrant: Registrant,
  { type, secret }: Registration,
  expiresAt: Instant,
): Promise<void> {
  const { instance, userId, owner } = registrant;
  const row = {
    device_type: type,
    sealed_secret: sealer.seal(secret, sealedFor(registrant)),
    expires_at: expiresAt,
  };
  await tx
    .insertInto('mfa_registrations')
    .values({ instance_id: instance.id, user_id: userId, owner, ...row })
    .onConflict((conflict) => conflict.columns(['user_id', 'owner']).doUpdateSet(row))
    .execute();
}

/** The registration that a registrant has under way at an instant of policy time. */
export async function findRegistration(
  queries: Queries,
  sealer: Sealer,
  registrant: Registrant,
  now: Instant,
): Promise<Registration | undefined> {
  const row = await queries
    .selectFrom('mfa_registrations')
    .select(['device_type', 'sealed_secret'])
    .where('instance_id', '=', registrant.instance.id)
    .where('user_id', '=', registrant.userId)
    .where('owner', '=', registrant.owner)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row && { type: row.device_type, secret: sealer.open(row.sealed_secret, sealedFor(registrant)) };
}

/** Forgets the registration that a registrant has under way; false when there is none, or another request took it. */
export async function dropRegistration(tx: Tx, registrant: Registrant): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('mfa_registrations')
    .where('instance_id', '=', registrant.instance.id)
    .where('user_id', '=', registrant.userId)
    .where('owner', '=', registrant.owner)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

/** Deletes expired registrations, at most `batch` of them. Returns how many it deleted. */
export async function trimRegistrations(
  tx: Tx,
  instanceId: InstanceId,
  at: Instant,
  batch: number,
): Promise<number> {
  const range = { instanceId, before: at + 1, batch };
  return deleteOlder(tx, 'mfa_registrations', ['user_id', 'owner'], 'expires_at', range);
}
