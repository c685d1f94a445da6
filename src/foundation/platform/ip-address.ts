import { isIP, SocketAddress } from 'node:net';

/** Dual-stack sockets and some proxies report an IPv4 address in its IPv6-mapped form. */
const MAPPED = /^::ffff:(?=\d+\.)/;

/** An IP address spelled in one way, because addresses are compared as texts; undefined when the text is none. */
export function readAddress(text: string): string | undefined {
  // A zone is local to a machine and never part of a remote address.
  if (text.includes('%')) return undefined;
  const version = isIP(text);
  if (version === 0) return undefined;
  if (version === 4) return text;
  return new SocketAddress({ address: text, family: 'ipv6' }).address.replace(MAPPED, '');
}

/**
 * The part of an address, as `readAddress` spells it, that its user can't choose: an IPv4 address itself, and the first
 * 64 bits of an IPv6 address (RFC 4291 §2.5.1). A single subscriber has 2^64 IPv6 addresses.
 */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = [], tail = []] = address.split('::').map(groupsOf);
  const zeros = Array.from({ length: Math.max(0, GROUPS - head.length - tail.length) }, () => '0');
  return `${[...head, ...zeros, ...tail].slice(0, GROUPS / 2).join(':')}::/64`;
}

const GROUPS = 8;

/** The groups of a part; an IPv4 address at the end stands for two. */
const groupsOf = (part: string): string[] =>
  part === '' ? [] : part.split(':').flatMap((group) => (group.includes('.') ? [group, group] : [group]));
