import { NameIdFormat, StatusCode } from '../../../../protocols/saml/types.ts';
import { refuseToServiceProvider } from '../refusal.ts';
import type { Check } from './check.ts';

const KNOWN = new Set<string>(Object.values(NameIdFormat));

/**
 * NameIDPolicy (saml-core-2.0 §3.4.1.1). The application's own format is sent whatever other format is asked for, as
 * real service providers ask for transient and take another, unless its settings are strict about it: then another one is
 * refused, as the standard has it; unspecified leaves the choice to us. What can't be honoured at all is always refused:
 * an encrypted name, a format nobody knows, and a name qualified for somebody else.
 *
 * AllowCreate changes nothing: it is about letting an identifier come into being, and none of ours does for a request.
 * A persistent one is computed from the user and the application, so that it is there before anybody asks.
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
      `NameIDs of the format ${format} are not available: ${application.displayName} is told ${NameIdFormat[subject.format]}.`,
    );
  }
  if (spNameQualifier !== undefined && spNameQualifier !== application.relyingParty.entityId) {
    return refuse(`NameIDs qualified for ${spNameQualifier} are not available.`);
  }
  return undefined;
};
