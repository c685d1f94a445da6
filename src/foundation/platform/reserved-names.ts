/**
 * Names that are reserved, so that nobody can register them (RFC 2606 §2 and §3, RFC 6761 §6.2, §6.4 and §6.5). The
 * top-level domains count only below themselves, since a container can be called `test`. `localhost` is reserved too,
 * but servers do answer there.
 */
const RESERVED = /(?:^|\.)(example\.(?:com|net|org))\.?$|(\.(?:example|test|invalid))\.?$/;

/** The reserved domain that the `hostname` of a URL belongs to: `example.com`, `.test`, … Looks nothing up. */
export function reservedDomainOf(hostname: string): string | undefined {
  const found = RESERVED.exec(hostname);
  return found?.[1] ?? found?.[2];
}
