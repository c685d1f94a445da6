import { decodePost, encodePost } from '../../protocols/saml/bindings/post.ts';
import { findUnprovenSignature } from '../../protocols/saml/signature/check-response-signatures.ts';
import { Namespace } from '../../protocols/saml/types.ts';
import type { BoundedXml } from '../../protocols/saml/xml/bounded-xml.ts';
import { SAMPLE_RESPONSE_LIMITS } from '../../protocols/saml/xml/limits.ts';
import { parseXml } from '../../protocols/saml/xml/parse.ts';
import { readAssertion, type ReceivedAssertion } from '../../protocols/saml/read-assertion.ts';
import type { SampleAddresses } from './samples.ts';
import { createServiceProvider } from './service-provider.ts';
import { findBrokenRule, type Expected } from './web-sso-rules.ts';

export type Verdict =
  | {
      readonly ok: true;
      readonly assertion: ReceivedAssertion;
      /** The request that the response answers; null for an unsolicited response. */
      readonly requestId: string | null;
      /** The signed XML: the whole Response, or only the Assertion when nothing else is signed. */
      readonly xml: string;
      /** The whole Response as it arrived. Unless it is signed, anyone may have written what is around the Assertion. */
      readonly arrived: { readonly xml: string; readonly issueInstant: string | null };
    }
  | Refused;

export interface Refused {
  readonly ok: false;
  readonly reason: string;
  readonly detail?: string;
  /** The response, if it could be decoded. */
  readonly xml?: string;
}

/**
 * Verifies a response (saml-profiles-2.0 §4.1.4.3): `findUnprovenSignature` checks the signatures quickly, node-saml
 * checks them again with times, audience and InResponseTo, and `findBrokenRule` the rest. Only signed XML is read.
 * Never throws, whatever the message contains.
 */
export async function verifyResponse(
  samlResponse: string,
  expected: Expected & { readonly addresses: SampleAddresses },
): Promise<Verdict> {
  const decoded = decodePost(samlResponse);
  if (!decoded.ok) return { ok: false, reason: 'The response could not be decoded.', detail: decoded.detail };
  const { xml } = decoded;
  const parsed = await parseXml(xml, SAMPLE_RESPONSE_LIMITS);
  if (!parsed.ok) return { ok: false, reason: 'The response is not acceptable XML.', detail: parsed.detail };
  const response = parsed.root;

  const { certificatePem, signing } = expected.trust;
  const unproven = await findUnprovenSignature(parsed.xml, certificatePem, signing);
  if (unproven) {
    return { ok: false, reason: `The ${unproven.element} can’t be trusted: ${unproven.detail}.`, xml };
  }
  const verified = await verifyWithNodeSaml(parsed.xml, expected);
  if (!verified.ok) return { ...verified, xml };
  const assertionElement = await parseXml(verified.assertionXml, SAMPLE_RESPONSE_LIMITS);
  if (!assertionElement.ok || assertionElement.root.namespace !== Namespace.assertion) {
    return { ok: false, reason: 'The signed assertion could not be read.', xml };
  }
  const assertion = readAssertion(assertionElement.root);
  const fault = findBrokenRule(response, assertion, expected);
  if (fault !== undefined) return { ok: false, reason: fault, xml };
  return {
    ok: true,
    assertion,
    requestId: response.attributes.get('InResponseTo') ?? null,
    xml: expected.trust.signing.response ? xml : verified.assertionXml,
    arrived: { xml, issueInstant: response.attributes.get('IssueInstant') ?? null },
  };
}

async function verifyWithNodeSaml(
  xml: BoundedXml,
  { addresses, trust, requestIds, at }: Expected & { addresses: SampleAddresses },
): Promise<{ ok: true; assertionXml: string } | Refused> {
  const serviceProvider = await createServiceProvider({ addresses, trust, requestIds, at });
  try {
    // Encoded again, so that node-saml reads exactly the text that was checked above.
    const { profile } = await serviceProvider.validatePostResponseAsync({ SAMLResponse: encodePost(xml) });
    const assertionXml = profile?.getAssertionXml?.();
    if (assertionXml !== undefined) return { ok: true, assertionXml };
    return { ok: false, reason: 'The response has no assertion: nobody has been signed in.' };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // node-saml throws these for messages that it doesn't expect, such as an assertion without Conditions.
    if (error instanceof TypeError || error instanceof RangeError) {
      return { ok: false, reason: 'node-saml could not read the response.', detail: error.message };
    }
    return { ok: false, reason: error.message, detail: 'This is what @node-saml/node-saml says.' };
  }
}
