import type { Ctx } from '../../foundation/http/context.ts';
import { readAddress } from '../../foundation/platform/ip-address.ts';
import type { Instance } from '../../domain/organizations/organization.ts';

/*
 * On loopback all visitors have the same address. To try out context-aware sign-ins, a visitor can choose
 * another one, if the settings allow it (`signIn.simulatedAddress`). The address is no secret and proves
 * nothing, so a plain cookie holds it.
 */

/** The name of the cookie with the simulated address. */
export const addressCookie = ({ directoryId }: Pick<Instance, 'directoryId'>) =>
  `vestibule-${directoryId}-address`;

/** The address that a visitor has chosen; undefined if there is none, or the settings don't allow it. */
export function simulatedAddress(ctx: Ctx, { settings, directoryId }: Instance): string | undefined {
  if (!settings.signIn.simulatedAddress) return undefined;
  return readAddress(ctx.cookies.get(addressCookie({ directoryId })) ?? '');
}
