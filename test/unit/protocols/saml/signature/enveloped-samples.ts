import { verifyEnvelopedSignature } from '../../../../../src/protocols/saml/signature/verify-enveloped.ts';
import { keyPair, requestXml, signEnveloped, type EnvelopeOptions } from '../helpers.ts';
import { boundXml } from '../../../../../src/protocols/saml/xml/bounded-xml.ts';
import { WIDE } from '../../../../support/saml/bounded.ts';

export const sp = keyPair('sp');
export const other = keyPair('other');
export const INCLUSIVE_C14N = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';

export const signed = (options: Partial<EnvelopeOptions> = {}, xml = requestXml()): string =>
  signEnveloped(xml, { privateKeyPem: sp.privateKeyPem, ...options });

export async function verdictOf(xml: string, certificates = [sp.certificate], options = {}): Promise<string> {
  const examined = boundXml(xml, WIDE);
  if (!examined.ok) return examined.reason;
  const verdict = await verifyEnvelopedSignature(examined.xml, certificates, options);
  return verdict.ok ? 'ok' : verdict.reason;
}

/** The parts of a signed request that attacks move. */
export const genuine = signed();
export const signature = /<ds:Signature .*<\/ds:Signature>/s.exec(genuine)?.[0] ?? '';
export const withoutSignature = genuine.replace(signature, '');
export const evilRequest = requestXml({
  id: '_evil',
  attributes: 'AssertionConsumerServiceURL="https://evil.example/acs"',
});
export const intoExtensions = (xml: string, content: string): string =>
  xml.replace('</saml:Issuer>', `</saml:Issuer><samlp:Extensions>${content}</samlp:Extensions>`);
/** An attacker's request with a genuine signature over the content of its Extensions. */
export const relocated = intoExtensions(
  evilRequest.replace('</saml:Issuer>', `</saml:Issuer>${signature}`),
  withoutSignature,
);

export function readId(extract: unknown): unknown {
  const { request } = extract as { request?: { id?: unknown } };
  return request?.id;
}
