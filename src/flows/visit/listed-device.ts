import type { ListedDevice } from '../../../views/components/mfa/device-list.tsx';
import type { MfaDevice } from '../../domain/credentials/mfa/device.ts';
import { strategyOf } from '../../domain/credentials/mfa/strategies.ts';
import { whenOf } from './when.ts';

/** An MFA device as the portal and the console list it. */
export function listedDevice(device: MfaDevice): ListedDevice {
  const { id, type, name, registeredAt, lastUsedAt } = device;
  return {
    ...{ id, type, name, inSync: isInSync(device) },
    registered: whenOf(registeredAt),
    lastUsed: lastUsedAt === null ? null : whenOf(lastUsedAt),
  };
}

/** Whether codes of the device are accepted as they are; false: it must be resynchronized first. */
export const isInSync = (device: MfaDevice): boolean => strategyOf(device).describe(device).inSync;
