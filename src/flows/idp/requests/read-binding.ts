import { AppError } from '../../../foundation/platform/errors.ts';
import { decodePost } from '../../../protocols/saml/bindings/post.ts';
import { decodeRedirect, type RedirectSignature } from '../../../protocols/saml/bindings/redirect.ts';

/** A message as a binding delivered it. */
export interface ReceivedMessage {
  binding: 'redirect' | 'post';
  xml: string;
  relayState: string | undefined;
  /** Of the Redirect binding only. */
  signature?: RedirectSignature | undefined;
}

/** Caps on a message before it is decoded: real requests have a few KiB. */
const MAX_QUERY_BYTES = 16 * 1024;
export const MAX_MESSAGE_BYTES = 256 * 1024;
const MAX_RELAY_STATE_BYTES = 8 * 1024;

/** Reads the HTTP-Redirect binding from the raw query (saml-bindings-2.0 §3.4). Throws an AppError for a person. */
export function receiveRedirect(rawQuery: string): ReceivedMessage {
  if (Buffer.byteLength(rawQuery) > MAX_QUERY_BYTES) {
    throw new AppError(
      'UriTooLong',
      'The address is too long: a request by HTTP-Redirect has at most 16 KiB.',
    );
  }
  const decoded = decodeRedirect(rawQuery, { maxInflatedBytes: MAX_MESSAGE_BYTES });
  if (!decoded.ok) throw unreadable(decoded.reason, decoded.detail);
  const { xml, relayState, signature } = decoded;
  return checkRelayState({ binding: 'redirect', xml, relayState, signature });
}

/** Reads the HTTP-POST binding from its form fields (saml-bindings-2.0 §3.5). Throws an AppError for a person. */
export function receivePost(form: { SAMLRequest: string; RelayState?: string | undefined }): ReceivedMessage {
  const decoded = decodePost(form.SAMLRequest);
  if (!decoded.ok) throw unreadable(decoded.reason, decoded.detail);
  return checkRelayState({ binding: 'post', xml: decoded.xml, relayState: form.RelayState });
}

/** A message that can't be read is a fault of the service provider's: the person is told what to pass on. */
export function unreadable(reason: string, detail: string): AppError {
  const code = reason === 'too-large' ? 'PayloadTooLarge' : 'BadRequest';
  return new AppError(code, `The application sent a request that can’t be read: ${detail}. (${reason})`);
}

function checkRelayState(message: ReceivedMessage): ReceivedMessage {
  const { relayState = '' } = message;
  // The standard's 80 bytes are exceeded by many; it passes untouched up to a bound of ours.
  if (Buffer.byteLength(relayState) > MAX_RELAY_STATE_BYTES) {
    throw new AppError('PayloadTooLarge', 'The request’s RelayState is longer than 8 KiB.');
  }
  // Neither the form that takes it back nor PostgreSQL's text can carry one.
  if (relayState.includes('\0')) {
    throw new AppError('BadRequest', 'The request’s RelayState has a NUL in it, which can’t be sent back.');
  }
  return message;
}
