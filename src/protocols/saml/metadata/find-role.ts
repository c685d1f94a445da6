import { Namespace } from '../types.ts';
import { childrenOf, type XmlElement } from '../xml/tree.ts';

export type FoundRole =
  | { readonly ok: true; readonly role: XmlElement }
  | { readonly ok: false; readonly reason: 'no-service-provider'; readonly detail: string };

const none = (detail: string): FoundRole => ({ ok: false, reason: 'no-service-provider', detail });

/** An entity's descriptor for SAML 2.0; an entity may have one descriptor for each protocol that it supports. */
export function findRole(entity: XmlElement): FoundRole {
  const roles = childrenOf(entity, Namespace.metadata, 'SPSSODescriptor');
  const role = roles.find((each) =>
    (each.attributes.get('protocolSupportEnumeration') ?? '').split(/\s+/).includes(Namespace.protocol),
  );
  if (role) return { ok: true, role };
  if (roles.length > 0) return none('the service provider does not support SAML 2.0');
  const isIdp = childrenOf(entity, Namespace.metadata, 'IDPSSODescriptor').length > 0;
  return none(
    isIdp
      ? 'this is the metadata of an identity provider, not of a service provider'
      : 'the metadata describes no service provider',
  );
}
