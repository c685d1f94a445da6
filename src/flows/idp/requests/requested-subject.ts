import type { Application } from '../../../domain/applications/application.ts';
import type { NameId } from '../../../protocols/saml/assertion.ts';
import type { RequestedNameId } from '../../../protocols/saml/authn-request.ts';
import { NameIdFormat } from '../../../protocols/saml/types.ts';

/**
 * Whether a request's Subject is who would be told of (saml-core-2.0 §3.4.1). What it doesn't say of its qualifiers stands
 * for us and for its sender (§8.3.7). The format is compared where the value is made, since it then says what the value is;
 * where the value is mapped it is a label, and the value alone says who is meant. A transient name is never met again: nobody
 * remembers whose it was.
 */
export function isRequestedSubject(
  requested: RequestedNameId,
  nameId: NameId,
  { issuer, application }: { issuer: string; application: Pick<Application, 'relyingParty' | 'settings'> },
): boolean {
  const { relyingParty, settings } = application;
  const { format = NameIdFormat.unspecified, nameQualifier, spNameQualifier } = requested;
  const isLabel = settings.subject.value !== null;
  return (
    requested.value === nameId.value &&
    (isLabel || format === NameIdFormat.unspecified || format === nameId.format) &&
    (nameQualifier ?? issuer) === issuer &&
    (spNameQualifier ?? relyingParty.entityId) === relyingParty.entityId
  );
}
