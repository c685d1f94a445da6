import type { Attribute } from '../assertion.ts';
import { Binding, Namespace } from '../types.ts';
import { attribute, escapeText } from '../xml/escape.ts';

/** An attribute that the identity provider can send. */
export type OfferedAttribute = Omit<Attribute, 'values'>;

export interface IdentityProviderMetadata {
  readonly entityId: string;
  /** Base64 DER without line breaks, the active certificate first; there are two during a rotation. */
  readonly signingCertificates: readonly string[];
  readonly ssoUrl: string;
  readonly sloUrl?: string;
  readonly nameIdFormats: readonly string[];
  readonly wantAuthnRequestsSigned: boolean;
  readonly attributes?: readonly OfferedAttribute[];
}

/**
 * Writes the metadata of an identity provider (saml-metadata-2.0 §2.4.3) in AWS's order: keys, logout services, name
 * formats, sign-on services, and POST before Redirect. The result is valid against the schema for any input with at
 * least one certificate. It has no validity dates, so that a copy made by hand doesn't expire.
 */
export function writeIdentityProviderMetadata(idp: IdentityProviderMetadata): string {
  const declarations =
    ` xmlns:md="${Namespace.metadata}"` +
    (idp.attributes?.length ? ` xmlns:saml="${Namespace.assertion}"` : '') +
    ` xmlns:ds="${Namespace.signature}"`;
  const lines = [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<md:EntityDescriptor${declarations}${attribute('entityID', idp.entityId)}>`,
    `  <md:IDPSSODescriptor WantAuthnRequestsSigned="${String(idp.wantAuthnRequestsSigned)}"` +
      ` protocolSupportEnumeration="${Namespace.protocol}">`,
    ...idp.signingCertificates.map(keyDescriptor),
    ...(idp.sloUrl === undefined ? [] : endpoints('SingleLogoutService', idp.sloUrl)),
    ...idp.nameIdFormats.map((format) => `    <md:NameIDFormat>${escapeText(format)}</md:NameIDFormat>`),
    ...endpoints('SingleSignOnService', idp.ssoUrl),
    ...(idp.attributes ?? []).map(offeredAttribute),
    `  </md:IDPSSODescriptor>`,
    `</md:EntityDescriptor>`,
    ``,
  ];
  return lines.join('\n');
}

function keyDescriptor(certificate: string): string {
  return (
    `    <md:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>` +
    `${escapeText(certificate)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`
  );
}

function endpoints(name: string, location: string): string[] {
  return [Binding.post, Binding.redirect].map(
    (binding) => `    <md:${name} Binding="${binding}"${attribute('Location', location)}/>`,
  );
}

function offeredAttribute({ name, nameFormat, friendlyName }: OfferedAttribute): string {
  return (
    `    <saml:Attribute${attribute('FriendlyName', friendlyName)}${attribute('Name', name)}` +
    `${attribute('NameFormat', nameFormat)}/>`
  );
}
