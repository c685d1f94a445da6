import { excerpt } from '../../../../foundation/platform/excerpt.ts';
import { NameIdFormat } from '../../../../protocols/saml/types.ts';
import { finding } from '../findings.ts';
import { refuseToUser } from '../refusal.ts';
import type { Check } from './check.ts';

/** The Issuer must be this application's service provider (saml-profiles-2.0 §4.1.4.1). */
export const checkIssuer: Check = ({ request, application }) => {
  const { issuer } = request;
  if (issuer === undefined) return refuseToUser('issuer', 'The request has no Issuer.');
  if (issuer === '') return refuseToUser('issuer', 'The request’s Issuer is empty.');
  return issuer === application.relyingParty.entityId
    ? undefined
    : refuseToUser(
        'issuer',
        `The request comes from “${issuer}”, but ${application.displayName} is “${application.relyingParty.entityId}”. Each application has its own sign-on address: use the one of that service provider, or correct the EntityID here.`,
      );
};

/** The Issuer's Format is absent, or entity (saml-profiles-2.0 §4.1.4.1). */
export const checkIssuerFormat: Check = ({ request: { issuerFormat } }) => {
  if (issuerFormat === undefined || issuerFormat === NameIdFormat.entity) return undefined;
  return {
    ...refuseToUser(
      'issuer',
      `The request’s Issuer has the format “${issuerFormat}”; only entity is allowed.`,
    ),
    relaxedAs: finding(
      'issuer-format',
      `The Issuer has the format “${excerpt(issuerFormat)}”; the standard allows only entity.`,
    ),
  };
};
