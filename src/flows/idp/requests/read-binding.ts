import { AppError } from '../../../foundation/platform/errors.ts';
import { decodePost } from '../../../protocols/saml/bindings/post.ts';
import {
  decodeRedirect,
  type RedirectSignature,
  type SpacedParameter,
} from '../../../protocols/saml/bindings/redirect.ts';
import { REQUEST_LIMITS } from '../../../protocols/saml/xml/limits.ts';

/** A SAML message, as received through a binding. */
export interface ReceivedMessage {
  binding: 'redirect' | 'post';
  xml: string;
  relayState: string | undefined;
  /** Only with the Redirect binding. */
  signature?: RedirectSignature | undefined;
  /** Only with the Redirect binding: what had white space in its base64 text. */
  spacedParameters?: readonly SpacedParameter[] | undefined;
}

/** The largest sizes before decoding. */
const MAX_QUERY_BYTES = 16 * 1024;
const MAX_RELAY_STATE_BYTES = 8 * 1024;

/**
 * Decodes the HTTP-Redirect binding from the raw query (saml-bindings-2.0 §3.4). Throws an AppError with a
 * message for the user.
 */
export function receiveRedirect(rawQuery: string): ReceivedMessage {
  if (Buffer.byteLength(rawQuery) > MAX_QUERY_BYTES) {
    throw new AppError(
      'UriTooLong',
      'The address is too long: a request by HTTP-Redirect has at most 16 KiB.',
    );
  }
  const decoded = decodeRedirect(rawQuery, { maxInflatedBytes: REQUEST_LIMITS.bytes });
  if (!decoded.ok) throw unreadable(decoded.reason, decoded.detail);
  const { xml, relayState, signature, spacedParameters } = decoded;
  return checkRelayState({ binding: 'redirect', xml, relayState, signature, spacedParameters });
}

/**
 * Decodes the HTTP-POST binding from its form fields (saml-bindings-2.0 §3.5). Throws an AppError with a
 * message for the user.
 */
export function receivePost(form: { SAMLRequest: string; RelayState?: string | undefined }): ReceivedMessage {
  const decoded = decodePost(form.SAMLRequest);
  if (!decoded.ok) throw unreadable(decoded.reason, decoded.detail);
  return checkRelayState({ binding: 'post', xml: decoded.xml, relayState: form.RelayState });
}

/**
 * The error for an unreadable message. The service provider is at fault, so the text says what the user
 * should report.
 */
export function unreadable(reason: string, detail: string): AppError {
  const code = reason === 'too-large' ? 'PayloadTooLarge' : 'BadRequest';
  return new AppError(code, `The application sent a request that can’t be read: ${detail}. (${reason})`);
}

function checkRelayState(message: ReceivedMessage): ReceivedMessage {
  const { relayState = '' } = message;
  // Many service providers exceed the standard's 80 bytes, so our limit is higher.
  if (Buffer.byteLength(relayState) > MAX_RELAY_STATE_BYTES) {
    throw new AppError('PayloadTooLarge', 'The request’s RelayState is longer than 8 KiB.');
  }
  // Neither an HTML form nor PostgreSQL's text can hold NUL.
  if (relayState.includes('\0')) {
    throw new AppError(
      'BadRequest',
      'The request’s RelayState contains a NUL character, which can’t be sent back.',
    );
  }
  return message;
}
