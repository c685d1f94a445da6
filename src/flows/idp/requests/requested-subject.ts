import type { Application } from '../../../domain/applications/application.ts';
import type { NameId } from '../../../protocols/saml/assertion.ts';
import type { RequestedNameId } from '../../../protocols/saml/authn-request.ts';
import { NameIdFormat } from '../../../protocols/saml/types.ts';

/**
 * Whether a request's Subject is the NameID that the response would contain (saml-core-2.0 §3.4.1). Absent
 * qualifiers mean us and the sender of the request (§8.3.7). The format is compared only for generated
 * values, for which it determines the value; for mapped values it is just a label. A transient NameID never
 * matches, since nobody stores whose it was.
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
