import type { MfaType } from '../../../domain/credentials/mfa/device.ts';
import { findDeviceFacts } from '../../../domain/credentials/mfa/store.ts';
import { enabledTypes } from '../../../domain/credentials/mfa/strategies.ts';
import type { Instance } from '../../../domain/organizations/organization.ts';
import type { UserId } from '../../../foundation/platform/ids.ts';
import type { Queries } from '../../../foundation/storage/database.ts';

/** The types of devices that a user has and can be asked for; none if the settings disable MFA. */
export async function usableTypes(
  queries: Queries,
  { id, settings }: Instance,
  userId: UserId,
): Promise<readonly MfaType[]> {
  if (settings.mfa.mode === 'disabled') return [];
  const devices = await findDeviceFacts(queries, id, userId);
  return enabledTypes(settings).filter((type) => devices.some((device) => device.type === type));
}
