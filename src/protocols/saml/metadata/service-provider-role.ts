import { normaliseCertificate, rsaKeyOf } from '../signature/certificate.ts';
import {
  Binding,
  Namespace,
  type AssertionConsumerService,
  type RelyingParty,
  type SingleLogoutService,
} from '../types.ts';
import { findWebUrlFault } from '../urls.ts';
import { booleanAttribute, childOf, childrenOf, type XmlElement } from '../xml/tree.ts';
import type { MetadataWarning } from './warning.ts';

export type RoleFault = 'no-post-endpoint' | 'bad-url' | 'no-signing-certificate' | 'too-many-certificates';

export type ReadRole =
  | { readonly ok: true; readonly relyingParty: RelyingParty; readonly warnings: readonly MetadataWarning[] }
  | { readonly ok: false; readonly reason: RoleFault; readonly detail: string };

/** Reads the SPSSODescriptor (saml-metadata-2.0 §2.4.4) of the entity `entityId`. */
export function readRole(entityId: string, role: XmlElement): ReadRole {
  const assertionConsumerServices = readConsumerServices(role);
  const singleLogoutServices = childrenOf(role, Namespace.metadata, 'SingleLogoutService').map(readLogout);
  const bad = findBadUrl([
    ...assertionConsumerServices.map(({ url }) => url),
    ...singleLogoutServices.flatMap(({ url, responseUrl }) => [url, responseUrl ?? url]),
  ]);
  if (bad) return bad;
  if (!assertionConsumerServices.some(({ binding }) => binding === Binding.post)) {
    const detail = 'the service provider has no AssertionConsumerService that takes responses by HTTP-POST';
    return { ok: false, reason: 'no-post-endpoint', detail };
  }
  const texts = new Set(signingKeysOf(role).flatMap(certificateTexts));
  if (texts.size > MAX_SIGNING_CERTIFICATES) {
    const detail = `the service provider has ${texts.size} signing certificates, and at most ${MAX_SIGNING_CERTIFICATES} can be tried for each request`;
    return { ok: false, reason: 'too-many-certificates', detail };
  }
  const { certificates, warnings } = readSigningCertificates(role);
  const authnRequestsSigned = booleanAttribute(role, 'AuthnRequestsSigned');
  if (authnRequestsSigned && certificates.length === 0) {
    const detail =
      'the service provider says that it signs its requests, but gives no RSA certificate to verify them';
    return { ok: false, reason: 'no-signing-certificate', detail };
  }
  const relyingParty = {
    entityId,
    assertionConsumerServices,
    requestSigningCertificates: certificates,
    authnRequestsSigned,
    singleLogoutServices,
    nameIdFormats: childrenOf(role, Namespace.metadata, 'NameIDFormat').map(({ text }) => text.trim()),
    wantAssertionsSigned: booleanAttribute(role, 'WantAssertionsSigned'),
  };
  return { ok: true, relyingParty, warnings };
}

/**
 * The endpoints in the document's order. The default is one of those for HTTP-POST, since we use no other binding:
 * the first with isDefault="true", else the first without isDefault, else the first (saml-metadata-2.0 §2.2.3).
 */
function readConsumerServices(role: XmlElement): AssertionConsumerService[] {
  const elements = childrenOf(role, Namespace.metadata, 'AssertionConsumerService');
  const takingPost = elements.filter((element) => bindingOf(element) === Binding.post);
  const standard =
    takingPost.find((element) => booleanAttribute(element, 'isDefault')) ??
    takingPost.find((element) => !element.attributes.has('isDefault')) ??
    takingPost[0];
  return elements.map((element) => ({
    url: (element.attributes.get('Location') ?? '').trim(),
    index: Number(element.attributes.get('index')),
    isDefault: element === standard,
    binding: bindingOf(element),
  }));
}

function readLogout(element: XmlElement): SingleLogoutService {
  const responseUrl = element.attributes.get('ResponseLocation')?.trim();
  return {
    url: (element.attributes.get('Location') ?? '').trim(),
    ...(responseUrl === undefined ? {} : { responseUrl }),
    binding: bindingOf(element),
  };
}

function bindingOf(element: XmlElement): string {
  return (element.attributes.get('Binding') ?? '').trim();
}

function findBadUrl(urls: readonly string[]): Extract<ReadRole, { ok: false }> | undefined {
  const bad = urls.find((url) => findWebUrlFault(url) !== undefined);
  if (bad === undefined) return undefined;
  const detail = `the address ${bad} can't be used: it must begin with http:// or https:// and have neither user name nor fragment`;
  return { ok: false, reason: 'bad-url', detail };
}

/**
 * Each request whose signature is wrong is verified with all of them. Real service providers have two or three while
 * they change theirs.
 */
export const MAX_SIGNING_CERTIFICATES = 20;

interface SigningCertificates {
  readonly certificates: string[];
  readonly warnings: MetadataWarning[];
}

/** The role's keys for signing; a key without `use` is for signing and encryption (saml-metadata-2.0 §2.4.1.1). */
function signingKeysOf(role: XmlElement): XmlElement[] {
  return childrenOf(role, Namespace.metadata, 'KeyDescriptor').filter(
    (descriptor) => (descriptor.attributes.get('use') ?? 'signing') === 'signing',
  );
}

function readSigningCertificates(role: XmlElement): SigningCertificates {
  const certificates: string[] = [];
  const warnings: MetadataWarning[] = [];
  for (const descriptor of signingKeysOf(role)) {
    const texts = certificateTexts(descriptor);
    if (texts.length === 0) {
      warnings.push({
        code: 'key-without-certificate',
        message: 'a signing key comes without a certificate',
      });
    }
    for (const text of texts) addCertificate(text, certificates, warnings);
  }
  return { certificates, warnings };
}

/** The certificates of a KeyDescriptor, as they are written. */
export function certificateTexts(descriptor: XmlElement): string[] {
  const keyInfo = childOf(descriptor, Namespace.signature, 'KeyInfo');
  return (keyInfo ? childrenOf(keyInfo, Namespace.signature, 'X509Data') : [])
    .flatMap((data) => childrenOf(data, Namespace.signature, 'X509Certificate'))
    .map(({ text }) => text);
}

function addCertificate(text: string, certificates: string[], warnings: MetadataWarning[]): void {
  const certificate = normaliseCertificate(text);
  if (certificate === undefined) {
    warnings.push({ code: 'unreadable-certificate', message: 'a signing certificate cannot be read' });
  } else if (!rsaKeyOf(certificate)) {
    warnings.push({ code: 'certificate-not-rsa', message: 'a signing certificate has no RSA key' });
  } else if (!certificates.includes(certificate)) {
    certificates.push(certificate);
  }
}
