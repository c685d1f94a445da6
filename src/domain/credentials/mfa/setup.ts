import type { User } from '../../directory/user.ts';
import type { Sealer } from '../../../foundation/platform/crypto.ts';
import type { Queries } from '../../../foundation/storage/database.ts';
import type { MfaType } from './device.ts';
import type { Registration } from './registration-store.ts';
import { listDevices } from './store.ts';
import { devicesOfType, type MfaKinds } from './strategies.ts';
import type { MfaSite, SetupRequest } from './strategy.ts';

/** What a page shows to set up a new device. */
export type MfaSetup<T extends MfaType = MfaType> = MfaKinds[T]['setup'];

/** What a page of a sign-in shows to ask for a device. */
export type MfaChallenge<T extends MfaType = MfaType> = MfaKinds[T]['challenge'];

/**
 * The input of a strategy for the set-up of a registration under way. The user's devices are read only if the
 * strategy needs them.
 */
export function setupRequest<T extends MfaType>(
  queries: Queries,
  sealer: Sealer,
  site: MfaSite,
  user: User,
  { type, secret }: Registration<T>,
): SetupRequest<T> {
  const { publicUrl, instance } = site;
  const registered = async () =>
    devicesOfType(await listDevices(queries, sealer, instance.id, user.id), type);
  return { publicUrl, instance, user, secret, registered };
}
