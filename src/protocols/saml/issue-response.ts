import type { Response } from './response.ts';
import { serializeAssertion, serializeResponse } from './serialize.ts';
import { signatureOver, type SignOptions } from './signature/sign.ts';

export interface IssueOptions extends SignOptions {
  readonly signResponse: boolean;
  readonly signAssertion: boolean;
}

/**
 * The XML of a response (saml-core-2.0 §5.4). The Assertion is signed first and then the Response around it, so that
 * the outer signature covers the inner one. Rejects only when the key can't sign.
 */
export async function issueResponse(response: Response, options: IssueOptions): Promise<string> {
  const assertionXml = await issueAssertion(response, options);
  if (!options.signResponse) return serializeResponse(response, assertionXml);
  const signature = await signatureOver(response.id, serializeResponse(response, assertionXml), options);
  return serializeResponse(response, assertionXml, signature);
}

async function issueAssertion({ assertion }: Response, options: IssueOptions): Promise<string> {
  if (!assertion) return '';
  const unsigned = serializeAssertion(assertion);
  if (!options.signAssertion) return unsigned;
  return serializeAssertion(assertion, await signatureOver(assertion.id, unsigned, options));
}
