import { NameIdFormat, StatusCode } from '../../saml/types.ts';
import { refuseToServiceProvider } from '../refusal.ts';
import type { Check } from './check.ts';

const KNOWN = new Set<string>(Object.values(NameIdFormat));

/**
 * NameIDPolicy (saml-core-2.0 §3.4.1.1). The application's own format is sent whatever other format is asked for, as
 * real service providers ask for transient and take another; what can't be honoured at all is refused: an encrypted
 * name, a format nobody knows, and a name qualified for somebody else.
 */
export const checkNameIdPolicy: Check = ({ request, application }) => {
  const { nameIdPolicy: policy } = request;
  const refuse = (message: string) =>
    refuseToServiceProvider('name-id-policy', message, StatusCode.requester, StatusCode.invalidNameIdPolicy);
  if (
    policy?.format !== undefined &&
    (policy.format === NameIdFormat.encrypted || !KNOWN.has(policy.format))
  ) {
    return refuse(`NameIDs of the format ${policy.format} are not available.`);
  }
  const { spNameQualifier } = policy ?? {};
  if (spNameQualifier !== undefined && spNameQualifier !== application.relyingParty.entityId) {
    return refuse(`NameIDs qualified for ${spNameQualifier} are not available.`);
  }
  return undefined;
};
