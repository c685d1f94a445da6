import { AppError } from '../../foundation/platform/errors.ts';
import type { Application } from './application.ts';

type Trust = Pick<Application, 'relyingParty' | 'settings'>;

/** Whether unsigned requests are refused: the service provider’s metadata says that it signs, or the setting asks for it. */
export function mustSignRequests({ relyingParty, settings }: Trust): boolean {
  return relyingParty.authnRequestsSigned || settings.signedRequests === 'required';
}

/** Why requests can’t be required to be signed; undefined when they can, or needn’t be. */
export function findSignedRequestsFault({ relyingParty, settings }: Trust): string | undefined {
  if (settings.signedRequests !== 'required' || relyingParty.requestSigningCertificates.length > 0) return;
  return 'Signed requests can’t be required: no certificate of the service provider is known to verify them with. Give one (serviceProvider.requestSigningCertificates), or metadata that has one.';
}

/** Throws a ValidationException when every request would be refused, whoever signed it. */
export function assertVerifiable(trust: Trust): void {
  const message = findSignedRequestsFault(trust);
  if (message === undefined) return;
  const field = '/signedRequests';
  throw new AppError('ValidationException', `${field}: ${message}`, { fields: [{ field, message }] });
}
