import { NameIdFormat, StatusCode } from '../../../../protocols/saml/types.ts';
import { refuseToServiceProvider } from '../refusal.ts';
import type { Check } from './check.ts';

const KNOWN = new Set<string>(Object.values(NameIdFormat));

/**
 * NameIDPolicy (saml-core-2.0 §3.4.1.1). By default the application's own format is sent whatever format the
 * request asks for, because many service providers ask for transient and accept another. With `strict`, a
 * request for another format is refused, as the standard demands; `unspecified` leaves the choice to us.
 * Always refused are policies that can't be met at all: encrypted NameIDs, unknown formats, and names
 * qualified for another service provider.
 * AllowCreate has no effect: it permits creating an identifier, and no request makes us create one. A
 * persistent NameID is computed from the user and the application, so it exists before any request.
 */
export const checkNameIdPolicy: Check = ({ request, application }) => {
  const { nameIdPolicy: policy } = request;
  const { nameIdPolicy: rule, subject } = application.settings;
  const refuse = (message: string) =>
    refuseToServiceProvider('name-id-policy', message, StatusCode.requester, StatusCode.invalidNameIdPolicy);
  if (
    policy?.format !== undefined &&
    (policy.format === NameIdFormat.encrypted || !KNOWN.has(policy.format))
  ) {
    return refuse(`NameIDs of the format ${policy.format} are not available.`);
  }
  const { format = NameIdFormat.unspecified, spNameQualifier } = policy ?? {};
  if (rule === 'strict' && format !== NameIdFormat.unspecified && format !== NameIdFormat[subject.format]) {
    return refuse(
      `NameIDs of the format ${format} are not available: ${application.displayName} receives ${NameIdFormat[subject.format]}.`,
    );
  }
  if (spNameQualifier !== undefined && spNameQualifier !== application.relyingParty.entityId) {
    return refuse(`NameIDs qualified for ${spNameQualifier} are not available.`);
  }
  return undefined;
};
