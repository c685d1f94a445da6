import { z } from 'zod';
import { line } from '../organizations/text.ts';
import { METADATA_LIMITS } from '../../protocols/saml/xml/limits.ts';
import { isChainOfFirst, readCertificates } from '../../protocols/saml/signature/certificate-chain.ts';
import { base64Of, MAX_CERTIFICATE_CHARACTERS } from '../../protocols/saml/signature/certificate.ts';
import { findUnsupportedKey } from '../../protocols/saml/signature/request-key.ts';
import type { RelyingParty } from '../../protocols/saml/types.ts';
import { webUrl } from './web-url.ts';

/** How an organization file or the control API describes the service provider. */
export type ServiceProviderInput =
  | {
      readonly from: 'metadata';
      readonly metadataXml: string;
      /** Which service provider of an aggregate; may be absent if the metadata describes only one. */
      readonly entityId?: string;
    }
  | {
      readonly from: 'values';
      readonly entityId: string;
      /** The first is the default. */
      readonly acsUrls: readonly string[];
      /** Base64 DER without line breaks. */
      readonly requestSigningCertificates: readonly string[];
      readonly authnRequestsSigned: boolean;
    }
  | { readonly from: 'sample'; readonly sample: string }
  /** As read from metadata earlier; exported organization files contain it. */
  | { readonly from: 'relying-party'; readonly relyingParty: RelyingParty };

/**
 * Smaller than saml-core's limit of 1,024 characters, which can take four bytes each: the EntityID is
 * indexed, and PostgreSQL's index rows hold 2,704 bytes.
 */
export const ENTITY_ID_BYTES = 2048;
export const ENTITY_ID_TOO_LONG = 'The entity ID has more than 2 KiB.';

const CHOICES =
  'Give the service provider’s metadata (and the entityId, if it describes several), or its values (entityId and acsUrls), or the name of a sample, and only one of these.';

/** Otherwise an issuer, which issues certificates to others too, could sign requests of the service provider. */
const SEVERAL_CERTIFICATES =
  'This is more than one certificate, and the others didn’t issue the first: give each one as an entry of its own in the list, or a chain with the service provider’s own certificate first.';

/** One that is too long is not read, and neither are the certificates of too long a list: each takes a parser. */
export const certificateText = z
  .string({ error: 'A certificate must be text in PEM.' })
  .max(MAX_CERTIFICATE_CHARACTERS, { error: 'A certificate has more than 128 KiB.', abort: true });

/** The certificate that a text contains, alone or before its issuers, as base64 DER. */
export const requestSigningCertificate = certificateText
  .transform((text, context) => {
    const refuse = (message: string) => {
      context.issues.push({ code: 'custom', message, input: text });
      return z.NEVER;
    };
    const read = readCertificates(text);
    if (!read.ok) return refuse(read.message);
    return isChainOfFirst(read.certificates) ? base64Of(read.certificates[0]) : refuse(SEVERAL_CERTIFICATES);
  })
  .superRefine((base64, context) => {
    const why = findUnsupportedKey(base64);
    if (why === undefined) return;
    context.issues.push({ code: 'custom', message: `The certificate has ${why}.`, input: base64 });
  });

const fields = z.strictObject({
  metadataXml: z
    .string({ error: 'The metadata must be XML text.' })
    .max(METADATA_LIMITS.bytes, { error: 'The metadata has more than 2 MiB.' })
    .optional(),
  entityId: line('The entity ID', { max: 1024 }) // saml-core-2.0 §8.3.6
    .refine((id) => Buffer.byteLength(id) <= ENTITY_ID_BYTES, { error: ENTITY_ID_TOO_LONG })
    .optional()
    .describe('With metadata that describes several service providers: the entity ID of the one to use.'),
  acsUrls: z
    .array(webUrl('The AssertionConsumerService'), { error: 'acsUrls must be a list of addresses.' })
    .min(1, { error: 'Give at least one AssertionConsumerService address; the first is the default.' })
    .max(100, { error: 'At most 100 AssertionConsumerService addresses can be registered.' })
    .refine((urls) => new Set(urls).size === urls.length, { error: 'An address is in the list twice.' })
    .optional(),
  requestSigningCertificates: z
    .array(certificateText)
    .max(10, { error: 'At most ten certificates.', abort: true })
    .pipe(z.array(requestSigningCertificate))
    .optional(),
  authnRequestsSigned: z
    .boolean()
    .optional()
    .describe('Whether unsigned requests are refused; needs a certificate to verify signatures.'),
  sample: line('The sample’s name', { max: 64 }).optional(),
});

/** The service provider of an application: exactly one of metadata, typed values, and a built-in sample. */
export const serviceProviderSchema = fields.transform((value, context): ServiceProviderInput => {
  const { metadataXml, sample, ...values } = value;
  const refuse = (message: string, path: string[] = []) => {
    context.issues.push({ code: 'custom', message, path, input: value });
    return z.NEVER;
  };
  const { entityId, ...others } = values;
  const hasValues =
    Object.values(others).some((each) => each !== undefined) ||
    (entityId !== undefined && metadataXml === undefined);
  if (Number(metadataXml !== undefined) + Number(sample !== undefined) + Number(hasValues) !== 1) {
    return refuse(CHOICES);
  }
  if (metadataXml !== undefined) {
    return { from: 'metadata', metadataXml, ...(entityId === undefined ? {} : { entityId }) };
  }
  if (sample !== undefined) return { from: 'sample', sample };
  const { acsUrls, requestSigningCertificates = [], authnRequestsSigned = false } = others;
  if (entityId === undefined) return refuse('Give the entity ID (also called SAML audience).', ['entityId']);
  if (acsUrls === undefined) return refuse('Give the AssertionConsumerService (ACS) addresses.', ['acsUrls']);
  if (authnRequestsSigned && requestSigningCertificates.length === 0) {
    const message = 'Give a certificate as well: without one no request’s signature can be verified.';
    return refuse(message, ['requestSigningCertificates']);
  }
  return { from: 'values', entityId, acsUrls, requestSigningCertificates, authnRequestsSigned };
});
