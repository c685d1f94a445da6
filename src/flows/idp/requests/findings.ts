import { z } from 'zod';

/** What makes a relaxation apply: the profile `lenient`, or `weakAlgorithms: accept`. */
type Condition = 'profile' | 'weakAlgorithms';

interface Relaxation {
  readonly under: Condition;
  /** What it lets pass. */
  readonly lets: string;
  readonly reference: string;
  /** Why no attacker gains by it. */
  readonly safe: string;
  /** Why it matters elsewhere. */
  readonly why: string;
  readonly remedy: string;
}

/**
 * Every rule that lets an odd request pass. What is not in this table always holds, whatever the settings say.
 * docs/differences-to-aws.md repeats it, and a test compares the two.
 */
export const RELAXATIONS = {
  'weak-algorithm': {
    under: 'weakAlgorithms',
    lets: 'A request signed with rsa-sha1 or ecdsa-sha1, or with a SHA-1 digest',
    reference: 'RFC 6194 §3: SHA-1 is not to be used for new signatures',
    safe: 'Nobody can find a second text with the digest of a given one. Two texts with one digest must both be made by the attacker, who would still need the service provider to sign one of them; and a request only leads to a sign-in whose response goes to a registered address.',
    why: 'Other identity providers refuse SHA-1. AWS IAM Identity Center does not say which algorithms it accepts.',
    remedy: 'Set the service provider to rsa-sha256, and its digest to SHA-256.',
  },
  'ecdsa-in-der': {
    under: 'profile',
    lets: 'An ECDSA signature in DER, instead of two numbers of a fixed length',
    reference: 'RFC 9231 §2.3.6: the numbers r and s, one after the other',
    safe: 'The same two numbers are verified with the same key. A signature can be rewritten from one form to the other, and a request is recognised by its ID.',
    why: 'Strict identity providers say that the signature is wrong, since they expect the other form.',
    remedy: 'Let the service provider write the signature as r and s (IEEE P1363), or give it an RSA key.',
  },
  'name-id-format-not-asked': {
    under: 'profile',
    lets: 'A NameIDPolicy that asks for another format than the subject’s; the subject’s is sent',
    reference: 'saml-core-2.0 §3.4.1.1; AWS IAM Identity Center refuses with “No access” (403)',
    safe: 'The response contains what the application is configured to receive, and nothing that the request chose.',
    why: 'AWS IAM Identity Center refuses such a request with “No access” (403), and strict service providers refuse another format than they asked for.',
    remedy:
      'Let the service provider ask for the subject’s format or for unspecified, or change the format of the subject. To try what AWS does, set requests.profile to as-aws.',
  },
  'name-id-format-prefix': {
    under: 'profile',
    lets: 'emailAddress or unspecified under the prefix of SAML 2.0; it is read as the format of SAML 1.1',
    reference: 'saml-core-2.0 §8.3.1, §8.3.2: both begin with urn:oasis:names:tc:SAML:1.1',
    safe: 'No other format has these names, so the request can mean nothing else.',
    why: 'The format does not exist, and other identity providers answer InvalidNameIDPolicy.',
    remedy: 'Ask for urn:oasis:names:tc:SAML:1.1:nameid-format:… at the service provider.',
  },
  'name-id-format-empty': {
    under: 'profile',
    lets: 'A NameIDPolicy whose Format is empty; it is read as none',
    reference: 'saml-core-2.0 §3.4.1.1: Format is a URI',
    safe: 'A request without a Format leaves the choice to us.',
    why: 'Other identity providers answer InvalidNameIDPolicy.',
    remedy: 'Leave the attribute out at the service provider.',
  },
  'issuer-format': {
    under: 'profile',
    lets: 'An Issuer whose Format is not entity',
    reference: 'saml-profiles-2.0 §4.1.4.1: Format is left out, or entity',
    safe: 'The Issuer’s value is still compared with the EntityID, as a whole.',
    why: 'Strict identity providers refuse the request.',
    remedy: 'Leave the Format of the Issuer out at the service provider.',
  },
  'base64-white-space': {
    under: 'profile',
    lets: 'Line breaks, tabs and outer spaces in SAMLRequest or Signature by HTTP-Redirect',
    reference: 'saml-bindings-2.0 §3.4.4.1: white space must be removed from the base64 text',
    safe: 'A signature covers the parameters as they were sent, white space included; a request is recognised by its ID, so another spelling is no other request.',
    why: 'Strict identity providers refuse the request.',
    remedy: 'Encode without line breaks at the service provider.',
  },
} as const satisfies Record<string, Relaxation>;

export type RelaxationId = keyof typeof RELAXATIONS;

/** Something odd about a request that was answered all the same. */
export const findingSchema = z.object({
  /** The relaxation that let it pass. */
  code: z.enum(Object.keys(RELAXATIONS) as RelaxationId[]), // its keys
  /** What is odd, in this request. Never names a person, because redacted exchanges keep it. */
  message: z.string(),
  /** The section of the standard that it breaks, or what AWS does. */
  reference: z.string(),
});

export type Finding = Readonly<z.output<typeof findingSchema>>;

/** A finding about one request. */
export function finding(code: RelaxationId, message: string): Finding {
  return { code, message, reference: RELAXATIONS[code].reference };
}
