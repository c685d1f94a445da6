import { line } from '../../organizations/text.ts';
import type { Instant } from '../../../foundation/platform/clock.ts';
import type { MfaDeviceId, UserId } from '../../../foundation/platform/ids.ts';
import type { MfaKinds } from './strategies.ts';

/** The types of MFA devices, as in events (guide, "MFA types"). */
export type MfaType = keyof MfaKinds;

/** The details of a device that depend on its type: the secret or key, and its state. */
export type MfaDetails<T extends MfaType = MfaType> = MfaKinds[T]['details'];

/** A user's registered second factor. */
export type MfaDevice<T extends MfaType = MfaType> = DeviceRecord & MfaDetails<T>;

/** The fields that devices of all types have. */
export interface DeviceRecord {
  readonly id: MfaDeviceId;
  readonly userId: UserId;
  /** The name that its user gave it. */
  readonly name: string;
  readonly registeredAt: Instant;
  /** Null before the first use. */
  readonly lastUsedAt: Instant | null;
  readonly version: number;
}

/** The schema of a device's name. */
export const deviceNameSchema = line('The device’s name', { max: 64 });

/** A name for a new device: `wanted`, with a number if another device of the user has that name. */
export function freeName(wanted: string, names: readonly string[]): string {
  let name = wanted;
  for (let number = 2; names.includes(name); number += 1) name = `${wanted} ${number}`;
  return name;
}
