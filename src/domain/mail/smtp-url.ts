import type { Sender } from './email-address.ts';

const CREDENTIALS = ['username', 'password'] as const;

/**
 * Parses `smtp://` or `smtps://` with a host, an optional port, and either both a user and a password or
 * neither. Returns undefined for anything else.
 */
export function parseSmtpUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^smtps?:$/.test(url.protocol) || url.hostname === '') return undefined;
  if (!/^\/?$/.test(url.pathname) || url.search !== '' || url.hash !== '') return undefined;
  if ((url.username === '') !== (url.password === '')) return undefined;
  return CREDENTIALS.every((name) => isDecodable(url[name])) ? url : undefined;
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether a mail server runs on this machine, so that mail to it crosses no network. */
export const isLocal = ({ hostname }: URL): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);

/**
 * The sender when none is configured. An IP address in place of a host name stands in brackets (RFC 5321
 * §4.1.3).
 */
export function defaultSender({ hostname }: URL): Sender {
  const host = /^\d+\.\d+\.\d+\.\d+$/.test(hostname) ? `[${hostname}]` : hostname.replace(/^\[/, '[IPv6:');
  return { name: 'Vestibule', address: `no-reply@${host}` };
}
