import { excerpt } from '../../../../foundation/platform/excerpt.ts';
import { NameIdFormat, StatusCode } from '../../../../protocols/saml/types.ts';
import { finding } from '../findings.ts';
import { refuseAsAws, refuseToServiceProvider, type Refusal } from '../refusal.ts';
import type { Check, CheckInput } from './check.ts';

const KNOWN = new Set<string>(Object.values(NameIdFormat));

/** Formats that many products name with the prefix of SAML 2.0, and what they mean (saml-core-2.0 §8.3.1, §8.3.2). */
const WRONG_PREFIX: ReadonlyMap<string, string> = new Map([
  ['urn:oasis:names:tc:SAML:2.0:nameid-format:emailAddress', NameIdFormat.emailAddress],
  ['urn:oasis:names:tc:SAML:2.0:nameid-format:unspecified', NameIdFormat.unspecified],
]);

/** The format that a request means by what it writes; unspecified leaves the choice to us. */
function formatMeant(written: string | undefined): string {
  if (written === undefined || written === '') return NameIdFormat.unspecified;
  return WRONG_PREFIX.get(written) ?? written;
}

/**
 * A format that the request can't have: AWS shows the page “No access”, the standard prescribes a status
 * (saml-core-2.0 §3.4.1.1).
 */
function refuseFormat({ rules }: Pick<CheckInput, 'rules'>, message: string): Refusal {
  if (rules.profile === 'as-aws') return refuseAsAws('name-id-policy', message);
  const { requester, invalidNameIdPolicy } = StatusCode;
  return refuseToServiceProvider('name-id-policy', message, requester, invalidNameIdPolicy);
}

/** The Format is written as the standard defines it. */
export const checkNameIdFormat: Check = (input) => {
  const written = input.request.nameIdPolicy?.format;
  if (written === '') {
    const message = 'The NameIDPolicy has an empty Format.';
    return { ...refuseFormat(input, message), relaxedAs: finding('name-id-format-empty', message) };
  }
  const meant = written === undefined ? undefined : WRONG_PREFIX.get(written);
  if (written === undefined || meant === undefined) return undefined;
  const message = `NameIDs of the format ${written} do not exist; the format is ${meant}.`;
  return { ...refuseFormat(input, message), relaxedAs: finding('name-id-format-prefix', message) };
};

/**
 * NameIDPolicy (saml-core-2.0 §3.4.1.1). Many service providers ask for transient and accept another format, so
 * that is a relaxation: the application's own format is sent. AWS refuses it, and with `nameIdPolicy: strict` so
 * do we, with the status that the standard prescribes; `unspecified` leaves the choice to us.
 * Always refused are policies that can't be met at all: encrypted NameIDs, unknown formats, and names
 * qualified for another service provider.
 * AllowCreate has no effect: it permits creating an identifier, and no request makes us create one. A
 * persistent NameID is computed from the user and the application, so it exists before any request.
 */
export const checkNameIdPolicy: Check = (input) => {
  const { request, application } = input;
  const { nameIdPolicy: rule, subject } = application.settings;
  const { spNameQualifier } = request.nameIdPolicy ?? {};
  const format = formatMeant(request.nameIdPolicy?.format);
  if (format === NameIdFormat.encrypted || !KNOWN.has(format)) {
    return refuseFormat(input, `NameIDs of the format ${format} are not available.`);
  }
  if (spNameQualifier !== undefined && spNameQualifier !== application.relyingParty.entityId) {
    const message = `NameIDs qualified for ${spNameQualifier} are not available.`;
    const { requester, invalidNameIdPolicy } = StatusCode;
    return refuseToServiceProvider('name-id-policy', message, requester, invalidNameIdPolicy);
  }
  const sent = NameIdFormat[subject.format];
  if (format === NameIdFormat.unspecified || format === sent) return undefined;
  const refusal = refuseFormat(
    input,
    `NameIDs of the format ${format} are not available: ${application.displayName} receives ${sent}.`,
  );
  if (rule === 'strict') return refusal;
  const noted = `The request asks for a NameID of the format ${excerpt(format)}, but gets ${sent}.`;
  return { ...refusal, relaxedAs: finding('name-id-format-not-asked', noted) };
};
