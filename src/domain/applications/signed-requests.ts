import { AppError } from '../../foundation/platform/errors.ts';
import type { Application } from './application.ts';

type Trust = Pick<Application, 'relyingParty' | 'settings'>;

/**
 * Whether unsigned requests are refused, because the service provider’s metadata says that it signs or the
 * application's settings require it.
 */
export function mustSignRequests({ relyingParty, settings }: Trust): boolean {
  return relyingParty.authnRequestsSigned || settings.signedRequests === 'required';
}

/** Why signed requests can’t be required, for users; undefined when they can be, or needn’t be. */
export function findSignedRequestsFault({ relyingParty, settings }: Trust): string | undefined {
  if (settings.signedRequests !== 'required' || relyingParty.requestSigningCertificates.length > 0) return;
  return 'Signed requests can’t be required without a certificate of the service provider to verify them. Give one (serviceProvider.requestSigningCertificates), or metadata that contains one.';
}

/**
 * Throws ValidationException when every request would be refused, because signatures are required but none
 * can be verified.
 */
export function assertVerifiable(trust: Trust): void {
  const message = findSignedRequestsFault(trust);
  if (message === undefined) return;
  const field = '/signedRequests';
  throw new AppError('ValidationException', `${field}: ${message}`, { fields: [{ field, message }] });
}
