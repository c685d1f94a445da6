import { decodePost, encodePost } from '../../protocols/saml/bindings/post.ts';
import { Namespace } from '../../protocols/saml/types.ts';
import { parseXml } from '../../protocols/saml/xml/parse.ts';
import { readAssertion, type ReceivedAssertion } from '../../protocols/saml/read-assertion.ts';
import type { SampleAddresses } from './samples.ts';
import { createServiceProvider } from './service-provider.ts';
import { findBrokenRule, type Expected } from './web-sso-rules.ts';

export type Verdict =
  | {
      readonly ok: true;
      readonly assertion: ReceivedAssertion;
      /** The request that is answered; null when nobody asked. */
      readonly requestId: string | null;
      /** What the signature covers: the Response as it came, or when only the Assertion is signed that one. */
      readonly xml: string;
    }
  | Refused;

export interface Refused {
  readonly ok: false;
  readonly reason: string;
  readonly detail?: string;
  /** What arrived, as far as it is XML. */
  readonly xml?: string;
}

/** The most that an ACS takes: a mebibyte of base64. */
const MESSAGE_BYTES = 768 * 1024;

/**
 * Decides whether to believe a response (saml-profiles-2.0 §4.1.4.3): node-saml verifies signatures, times, audience and
 * InResponseTo, `findBrokenRule` the rest. Only what the signatures cover is read. Never throws for what the message holds.
 */
export async function verifyResponse(
  samlResponse: string,
  expected: Expected & { readonly addresses: SampleAddresses },
): Promise<Verdict> {
  const decoded = decodePost(samlResponse);
  if (!decoded.ok) return { ok: false, reason: 'The response could not be decoded.', detail: decoded.detail };
  const { xml } = decoded;
  // Before node-saml's parsers see it: document types, entities, and depths that recursion doesn't survive.
  const parsed = await parseXml(xml, { maxBytes: MESSAGE_BYTES });
  if (!parsed.ok) return { ok: false, reason: 'The response is not acceptable XML.', detail: parsed.detail };
  const response = parsed.root;

  const believed = await askNodeSaml(xml, expected);
  if (!believed.ok) return { ...believed, xml };
  const assertionElement = await parseXml(believed.assertionXml, { maxBytes: MESSAGE_BYTES });
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
    xml: expected.trust.signing.response ? xml : believed.assertionXml,
  };
}

async function askNodeSaml(
  xml: string,
  { addresses, trust, requestIds, at }: Expected & { addresses: SampleAddresses },
): Promise<{ ok: true; assertionXml: string } | Refused> {
  const serviceProvider = await createServiceProvider({ addresses, trust, requestIds, at });
  try {
    // Encoded anew: both readers get the same text.
    const { profile } = await serviceProvider.validatePostResponseAsync({ SAMLResponse: encodePost(xml) });
    const assertionXml = profile?.getAssertionXml?.();
    if (assertionXml !== undefined) return { ok: true, assertionXml };
    return { ok: false, reason: 'The response carries no assertion: nobody has been signed in.' };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // It stumbles over what it didn't expect, such as an assertion without Conditions; that is a refusal, too.
    if (error instanceof TypeError || error instanceof RangeError) {
      return { ok: false, reason: 'node-saml could not read the response.', detail: error.message };
    }
    return { ok: false, reason: error.message, detail: 'This is what @node-saml/node-saml says.' };
  }
}
