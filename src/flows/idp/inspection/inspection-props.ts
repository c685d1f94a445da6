import type {
  AdministratorPageProps,
  ShownAssertion,
  ShownCertificate,
  ShownRequest,
} from '../../../../views/idp/administrator/props.ts';
import type { When } from '../../../../views/components/when.tsx';
import { durationWords } from '../../../../views/words.ts';
import type { Application } from '../../../domain/applications/application.ts';
import { expiryOf, INDICATORS } from '../../../domain/certificates/expiry.ts';
import type { Instant } from '../../../foundation/platform/clock.ts';
import type { AuthnRequest } from '../../../protocols/saml/authn-request.ts';
import { StatusCode } from '../../../protocols/saml/types.ts';
import { parseInstant } from '../../../protocols/saml/xml/instant.ts';
import { attributesLeftOut, formatName } from './advice/about-content.ts';
import type { AnsweredRequest, CertificateFacts, Explained } from './explain.ts';
import { algorithmWords, contextWords, momentOf, nameFormatName } from './wording.ts';

/** The props that follow from the document. */
type Described = Pick<
  AdministratorPageProps,
  | 'issuer'
  | 'issuedAt'
  | 'destination'
  | 'inResponseTo'
  | 'refusal'
  | 'assertion'
  | 'signatures'
  | 'certificate'
  | 'request'
  | 'advice'
>;

/** Turns an explained response into the props of its page. Pure. */
export function describeResponse(
  { response, request, certificate, advice }: Explained,
  application: Application,
  answered: AnsweredRequest | null,
  policyAt: Instant,
): Described {
  const { issuer, issueInstant, destination, inResponseTo, status, statusMessage } = response;
  return {
    ...{ issuer, issuedAt: when(issueInstant), destination, inResponseTo, advice },
    refusal: status[0] === StatusCode.success ? null : { codes: status, message: statusMessage },
    assertion: describeAssertion(response, application),
    signatures: [
      { part: 'Response' as const, signature: response.signature },
      { part: 'Assertion' as const, signature: response.assertionSignature },
    ]
      .filter(({ part }) => part === 'Response' || response.assertion !== null)
      .map(({ part, signature }) => ({ part, algorithm: signature && algorithmWords(signature.algorithm) })),
    certificate: certificate && describeCertificate(certificate, policyAt),
    request: request && answered && describeRequest(request, answered),
  };
}

function when(text: string | null): When | null {
  const at = text === null ? undefined : parseInstant(text);
  return at === undefined ? null : momentOf(at);
}

function describeAssertion(response: Explained['response'], application: Application): ShownAssertion | null {
  const { assertion } = response;
  if (!assertion) return null;
  const { nameId, conditions, session, confirmations } = assertion;
  const format = nameId?.format ?? '';
  const between = (from: string | null, until: string | null) => {
    const [begin, end] = [from, until].map((text) => (text === null ? undefined : parseInstant(text)));
    return begin === undefined || end === undefined ? null : durationWords(end - begin);
  };
  return {
    nameId: { value: nameId?.value ?? '', format: { uri: format, name: short(format, formatName(format)) } },
    attributes: assertion.attributes.map(({ name, nameFormat, values }) => ({
      ...{ name, values },
      format: nameFormat && nameFormatName(nameFormat),
    })),
    leftOut: attributesLeftOut({ response, application }).map(({ name, value }) => ({
      name,
      mapping: value,
    })),
    audiences: conditions.audiences,
    recipient: confirmations[0]?.recipient ?? null,
    notBefore: when(conditions.notBefore),
    notOnOrAfter: when(conditions.notOnOrAfter),
    skewText: between(conditions.notBefore, response.issueInstant),
    lastsText: between(response.issueInstant, conditions.notOnOrAfter),
    session: session && {
      index: session.sessionIndex,
      begun: when(session.authnInstant),
      end: when(session.sessionNotOnOrAfter),
      context: {
        uri: session.authnContextClassRef ?? '',
        name: contextWords(session.authnContextClassRef ?? ''),
      },
    },
  };
}

const short = (uri: string, name: string): string | null => (name === uri ? null : name);

function describeCertificate(certificate: CertificateFacts, policyAt: Instant): ShownCertificate {
  const { subject, fingerprint1, fingerprint256, keySize, notBeforeAt, notAfterAt } = certificate;
  const left = notAfterAt - policyAt;
  return {
    ...{ subject, sha1: fingerprint1, sha256: fingerprint256, keyText: `RSA, ${keySize} bits` },
    ...{ from: momentOf(notBeforeAt), until: momentOf(notAfterAt) },
    state: INDICATORS[expiryOf(notAfterAt, policyAt)],
    stateText:
      left > 0
        ? `Expires in ${durationWords(left)}`
        : `Expired ${left === 0 ? 'now' : `${durationWords(-left)} ago`}`,
  };
}

function describeRequest(request: AuthnRequest, { xml, signed }: AnsweredRequest): ShownRequest {
  const { id, issuer = null, issueInstant, nameIdPolicy, requestedAuthnContext: context } = request;
  const index = request.assertionConsumerServiceIndex;
  const wishes = [
    ['AssertionConsumerServiceURL', request.assertionConsumerServiceUrl],
    ['AssertionConsumerServiceIndex', index === undefined ? undefined : String(index)],
    ['NameIDPolicy', nameIdPolicy?.format],
    ['RequestedAuthnContext', context && `${context.comparison}: ${context.classRefs.join(', ')}`],
    ['Subject', request.subjectNameId?.value],
    ['ForceAuthn', request.forceAuthn ? 'The user must sign in again' : undefined],
    ['IsPassive', request.isPassive ? 'The user must not be shown anything' : undefined],
  ] as const;
  return {
    ...{ id, issuer, issuedAt: momentOf(issueInstant), signed, xml },
    wishes: wishes.flatMap(([label, value]) => (value === undefined ? [] : [{ label, value }])),
  };
}
