/** The names of this machine alone: localhost and all names below it (RFC 6761 §6.3), 127.0.0.0/8, ::1. */
const LOOPBACK = /^(?:(?:.+\.)?localhost\.?|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Whether the `hostname` of a URL names this machine alone. */
export function isLoopbackName(hostname: string): boolean {
  return LOOPBACK.test(hostname);
}

/** Whether an IP address, as `readAddress` spells it, is of this machine alone: 127.0.0.0/8 or ::1. */
export const isLoopbackAddress = (address: string): boolean =>
  address === '::1' || /^127(?:\.\d{1,3}){3}$/.test(address);
