import { isIPv4, isIPv6 } from 'node:net';
import type { Ctx } from '../../foundation/http/context.ts';
import type { Instance } from '../../domain/organizations/organization.ts';

/*
 * On loopback everybody has the same address. For trying out context-aware sign-ins a visitor can choose another one, where
 * the settings let them (`signIn.simulatedAddress`); it is no secret and proves nothing, so a plain cookie holds it.
 */

/** The cookie that holds the address which a browser seems to come from. */
export const addressCookie = ({ directoryId }: Pick<Instance, 'directoryId'>) =>
  `vestibule-${directoryId}-address`;

/** An address in the one spelling in which they are compared; undefined for what isn't one. */
export function readAddress(text: string): string | undefined {
  const [, mapped = text] = /^::ffff:([\d.]+)$/i.exec(text) ?? [];
  if (isIPv4(mapped)) return mapped;
  // A zone is a matter of one machine, never of an address that somebody comes from.
  if (!isIPv6(text) || text.includes('%')) return undefined;
  return new URL(`http://[${text}]/`).hostname.slice(1, -1);
}

/** The address that a visitor has chosen; undefined when there is none, or the settings don't let them. */
export function simulatedAddress(ctx: Ctx, { settings, directoryId }: Instance): string | undefined {
  if (!settings.signIn.simulatedAddress) return undefined;
  return readAddress(ctx.cookies.get(addressCookie({ directoryId })) ?? '');
}
