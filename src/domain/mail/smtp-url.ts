const CREDENTIALS = ['username', 'password'] as const;

/** `smtp://` or `smtps://` with a host, an optional port, and a user with a password or neither; undefined for anything else. */
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

/** Whether a mail server is on this machine: nobody stands between. */
export const isLocal = ({ hostname }: URL): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);

/** Who mail comes from where nobody says it. An address in place of a name stands in brackets (RFC 5321 §4.1.3). */
export function defaultSender({ hostname }: URL): string {
  const host = /^\d+\.\d+\.\d+\.\d+$/.test(hostname) ? `[${hostname}]` : hostname.replace(/^\[/, '[IPv6:');
  return `Vestibule <no-reply@${host}>`;
}
