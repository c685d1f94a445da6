import type { Sealer } from '../../../foundation/platform/crypto.ts';

/** What a service provider would accept, or may rely on: the messages, and the RelayState, which can hold a secret. */
export interface Messages {
  requestXml: string | null;
  responseXml: string;
  relayState: string | null;
}

/** Names row and column: sealed messages that are moved to another exchange can't be opened. */
const contextOf = (id: string): string => `exchange messages ${id}`;

/**
 * Encrypts the messages of the exchange `id` before they are stored: a response is valid for an hour by default, so a
 * copy of the database would sign its reader in at the service provider. All are sealed at once, since each sealing
 * costs a response as much as encrypting some ten thousand octets.
 */
export function sealMessages(sealer: Sealer, id: string, messages: Messages): Uint8Array {
  return sealer.sealOctets(pack(messages), contextOf(id));
}

/** Decrypts the stored messages of the exchange `id`. Throws for messages of another exchange. */
export function openMessages(sealer: Sealer, id: string, sealed: Uint8Array): Messages {
  return unpack(sealer.openOctets(sealed, contextOf(id)));
}

/** A line with the lengths of request and RelayState (empty for null), then the three texts. JSON would take longer. */
function pack({ requestXml, relayState, responseXml }: Messages): string {
  const lengths = `${requestXml?.length ?? ''},${relayState?.length ?? ''}`;
  return `${lengths}\n${requestXml ?? ''}${relayState ?? ''}${responseXml}`;
}

function unpack(packed: string): Messages {
  const firstEnd = packed.indexOf('\n');
  let at = firstEnd + 1;
  const [requestXml = null, relayState = null] = packed
    .slice(0, firstEnd)
    .split(',')
    .map((length) => (length === '' ? null : packed.slice(at, (at += Number(length)))));
  return { requestXml, relayState, responseXml: packed.slice(at) };
}
