import { VestibuleError } from '../error.ts';
import { systemCause } from '../failure.ts';

/** The error of a request that got no answer from an address. */
export function connectionFailure({ origin, pathname }: URL, thrown: Error): VestibuleError {
  const cause = systemCause(new Error('', { cause: thrown }));
  const code = cause && 'code' in cause ? String(cause.code) : '';
  // Without the query, which can contain a SAML message.
  const message = `${origin}${pathname} ${reasonOf(code, cause?.message ?? thrown.message)}`;
  return new VestibuleError('ConnectionFailed', message, { cause });
}

/** Why a certificate isn't trusted, by OpenSSL's names. */
const UNTRUSTED = /SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|CERT_UNTRUSTED/;

function reasonOf(code: string, said: string): string {
  switch (code) {
    case 'ECONNREFUSED':
      return 'refuses the connection (ECONNREFUSED): nothing listens there. Is your application running, at this port?';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `can’t be found (${code}): this machine doesn’t know the host’s name.`;
    case 'ECONNRESET':
    case 'HPE_INVALID_CONSTANT':
      return `ended the connection without an HTTP answer (${code}). Is it http in place of https, or the other way round?`;
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return `doesn’t speak TLS (${code}). Is it http in place of https?`;
    default:
      return UNTRUSTED.test(code)
        ? `has a certificate that Node.js doesn’t trust (${code}). Start the tests with NODE_EXTRA_CA_CERTS=<its CA’s file>.`
        : `can’t be reached: ${said}`;
  }
}
