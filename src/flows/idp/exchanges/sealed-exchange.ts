import type { Sealer } from '../../../foundation/platform/crypto.ts';

/** What a service provider would accept, or may rely on: the messages, and the RelayState, which can hold a secret. */
interface Messages {
  requestXml: string | null;
  responseXml: string;
  relayState: string | null;
}

/** Names row and column: a sealed message that is moved to another exchange can't be opened. */
const contextOf = (id: string, part: keyof Messages): string => `exchange ${part} ${id}`;

/**
 * Encrypts the messages of the exchange `id` before they are stored: a response is valid for an hour by default, so a
 * copy of the database would sign its reader in at the service provider.
 */
export function sealMessages(sealer: Sealer, id: string, messages: Messages): Messages {
  const { requestXml, responseXml, relayState } = messages;
  const seal = (part: keyof Messages, text: string) => sealer.seal(text, contextOf(id, part));
  return {
    requestXml: requestXml === null ? null : seal('requestXml', requestXml),
    responseXml: seal('responseXml', responseXml),
    relayState: relayState === null ? null : seal('relayState', relayState),
  };
}

/** Decrypts the stored messages of the exchange `id`. Throws for messages of another exchange. */
export function openMessages(sealer: Sealer, id: string, sealed: Messages): Messages {
  const { requestXml, responseXml, relayState } = sealed;
  const open = (part: keyof Messages, text: string) => sealer.open(text, contextOf(id, part));
  return {
    requestXml: requestXml === null ? null : open('requestXml', requestXml),
    responseXml: open('responseXml', responseXml),
    relayState: relayState === null ? null : open('relayState', relayState),
  };
}
