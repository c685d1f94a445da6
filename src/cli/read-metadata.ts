import { readRegularOctets } from '../foundation/platform/regular-file.ts';
import { decodeXml } from '../protocols/saml/xml/decode.ts';
import { METADATA_LIMITS } from '../protocols/saml/xml/limits.ts';
import { StartError } from '../server/start-error.ts';
import { networkReason, readBody } from './bounded-body.ts';

/** How long fetching may take, with all redirects. */
const TIMEOUT_MS = 10_000;
const MAX_REDIRECTS = 5;
const MIB = 1024 * 1024;

interface ReadOptions {
  readonly timeoutMs?: number;
}

/**
 * The text of a service provider's metadata, from a regular file or an http or https address, of at most 2 MiB. Throws a
 * StartError that says why it can't be read.
 */
export async function readMetadata(
  source: string,
  { timeoutMs = TIMEOUT_MS }: ReadOptions = {},
): Promise<string> {
  const isAddress = /^[a-z][a-z0-9+.-]*:\/\//i.test(source);
  const octets = isAddress ? await fetchOctets(source, timeoutMs) : await readOctets(source);
  const decoded = decodeXml(octets);
  if (!decoded.ok) throw unreadable(source, decoded.message);
  return decoded.text;
}

async function readOctets(path: string): Promise<Uint8Array> {
  const file = await readRegularOctets(path, METADATA_LIMITS.bytes);
  if (!file.ok) throw unreadable(path, file.message);
  return file.octets;
}

async function fetchOctets(source: string, timeoutMs: number): Promise<Uint8Array> {
  const signal = AbortSignal.timeout(timeoutMs);
  let url = addressOf(source, source);
  for (let redirects = 0; ; redirects += 1) {
    try {
      const response = await fetch(url, { redirect: 'manual', signal });
      const next = response.headers.get('location');
      if (response.status >= 300 && response.status < 400 && next !== null) {
        await response.body?.cancel();
        if (redirects === MAX_REDIRECTS)
          throw unreadable(source, `redirects more than ${MAX_REDIRECTS} times`);
        url = redirectOf(source, url, next);
        continue;
      }
      if (response.status !== 200) throw unreadable(source, `was answered with status ${response.status}`);
      const octets = await readBody(response, METADATA_LIMITS.bytes);
      if (!octets) throw unreadable(source, `has more than ${METADATA_LIMITS.bytes / MIB} MiB`);
      return octets;
    } catch (error) {
      if (error instanceof StartError) throw error;
      throw unreadable(source, `can’t be fetched (${networkReason(error)})`, error);
    }
  }
}

/** An address that may be fetched. `source` is the one that the user gave. */
function addressOf(address: string, source: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url) throw unreadable(source, 'is not a valid address');
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw unreadable(source, 'has another scheme: only files, http and https addresses are read');
  if (url.username !== '' || url.password !== '')
    // The source isn't quoted: what a command prints is kept by the machines that run it.
    throw unreadable('the address', 'has a user or password in it: save the metadata to a file first');
  return url;
}

/**
 * Where a redirect leads. What began with https may not end with http: who is on the way could then replace the
 * addresses that responses are sent to.
 */
function redirectOf(source: string, from: URL, location: string): URL {
  if (!URL.canParse(location, from)) throw unreadable(source, 'redirects to no valid address');
  const next = new URL(location, from);
  const isDowngrade = from.protocol === 'https:' && next.protocol !== 'https:';
  if (isDowngrade || !/^https?:$/.test(next.protocol))
    throw unreadable(source, `redirects to another scheme (${next.protocol})`);
  return addressOf(next.href, source);
}

const unreadable = (source: string, reason: string, cause?: unknown) =>
  new StartError(`The metadata can’t be read: ${source} ${reason}.`, { cause });
