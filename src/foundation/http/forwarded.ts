import type { IncomingMessage } from 'node:http';
import { isIPv4 } from 'node:net';
import { isLoopbackAddress } from '../platform/loopback.ts';
import { readAddress } from '../platform/ip-address.ts';

/** The headers of a request, and the socket that it came through. */
type Received = Pick<IncomingMessage, 'headers'> & {
  readonly socket: { readonly remoteAddress?: string | undefined };
};

/**
 * The address of the client: the connection's peer or, with `trustProxy`, the last address in X-Forwarded-For. Only
 * the last one comes from the proxy; the client can have sent those before it. When the last one is no address, the
 * proxy doesn't set the header, and the peer's address counts: the client must not choose a new name for each guess
 * at a password.
 */
export function clientAddress(request: Received, trustProxy: boolean): string {
  const forwarded = trustProxy ? lastOf(request.headers['x-forwarded-for']) : undefined;
  return addressIn(forwarded ?? '') ?? peerAddress(request.socket);
}

/** The address at the other end of a connection; empty when it was closed already. */
export function peerAddress({ remoteAddress = '' }: Received['socket']): string {
  // A link-local address names our network interface, too: `fe80::1%eth0`.
  const [address = ''] = remoteAddress.split('%');
  return readAddress(address) ?? '';
}

/**
 * The host and port that the client asked for: the Host header or, with `trustProxy`, the last value of
 * X-Forwarded-Host. A proxy may append its value to one that the client sent, as Apache does.
 */
export function requestedHost({ headers }: Pick<IncomingMessage, 'headers'>, trustProxy: boolean): string {
  const forwarded = trustProxy ? lastOf(headers['x-forwarded-host']) : undefined;
  return (forwarded ?? headers.host ?? '').toLowerCase();
}

/** The last value of a header that is a list. Node joins the values of several lines in their order. */
function lastOf(header: string | string[] | undefined): string | undefined {
  return header?.toString().split(',').at(-1)?.trim();
}

/** `203.0.113.7`, `[2001:db8::1]` or `2001:db8::1`; the first two may have a port, which differs by connection. */
const ADDRESS =
  /^(?:(?<v4>[\d.]+)(?::\d{1,5})?|\[(?<bracketed>[\da-f:.]+)\](?::\d{1,5})?|(?<v6>[\da-f:.]+))$/i;
/** The address in a value of the list. */
function addressIn(text: string): string | undefined {
  const { v4, bracketed, v6 } = ADDRESS.exec(text)?.groups ?? {};
  const address = readAddress(v4 ?? bracketed ?? v6 ?? '');
  return bracketed !== undefined && isIPv4(bracketed) ? undefined : address;
}

/**
 * Whether a program on this machine sent the request itself, as far as it can be told: by a loopback connection, and
 * without what proxies add or do (HTTP/1.0 is how nginx asks by default). Headers can only make it false: anybody can send
 * one, and it must gain nobody anything.
 */
export function isFromThisMachine({
  headers,
  httpVersion,
  socket,
}: Pick<IncomingMessage, 'headers' | 'httpVersion'> & Pick<Received, 'socket'>): boolean {
  const isProxied = Object.keys(headers).some(
    (name) => PROXY_HEADERS.has(name) || name.startsWith('x-forwarded-'),
  );
  return isLoopbackAddress(peerAddress(socket)) && !isProxied && httpVersion !== '1.0';
}

const PROXY_HEADERS = new Set(['forwarded', 'via', 'x-real-ip', 'x-client-ip', 'cf-connecting-ip']);
