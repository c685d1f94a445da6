import type { AuthnRequest } from '../../../../protocols/saml/authn-request.ts';
import { Binding, type RelyingParty } from '../../../../protocols/saml/types.ts';
import { refuseToPerson, type Refusal } from '../refusal.ts';

export type ResolvedAcs = { ok: true; url: string } | { ok: false; refusal: Refusal };

/**
 * Where the answer goes: one of the registered addresses, by URL or index, or the default (saml-core-2.0 §3.4.1,
 * saml-profiles-2.0 §4.1.4.1). Anything else would hand an assertion to whoever wrote the address into the request.
 */
export function resolveAssertionConsumerService(
  request: AuthnRequest,
  relyingParty: RelyingParty,
): ResolvedAcs {
  const { assertionConsumerServiceUrl: url, assertionConsumerServiceIndex: index, protocolBinding } = request;
  const registered = relyingParty.assertionConsumerServices;
  const services = registered.filter(({ binding }) => binding === Binding.post);
  const refuse = (message: string): ResolvedAcs => ({
    ok: false,
    refusal: refuseToPerson('assertion-consumer-service', message),
  });
  if (protocolBinding !== undefined && protocolBinding !== Binding.post) {
    return refuse(`The request asks to be answered by “${protocolBinding}”; answers go by HTTP-POST only.`);
  }
  if (url !== undefined && index !== undefined) {
    return refuse(
      'The request names both AssertionConsumerServiceURL and AssertionConsumerServiceIndex; only one is allowed.',
    );
  }
  const service =
    url !== undefined
      ? services.find((each) => each.url === url)
      : index !== undefined
        ? services.find((each) => each.index === index)
        : (services.find(({ isDefault }) => isDefault) ?? services[0]);
  if (service) return { ok: true, url: service.url };
  const elsewhere = registered.find(
    (each) => each.url === url || (each.index !== undefined && each.index === index),
  );
  if (elsewhere) {
    return refuse(
      `The request wants its answer at “${elsewhere.url}” by “${elsewhere.binding}”; answers go by HTTP-POST only.`,
    );
  }
  return refuse(
    `The request wants its answer at ${url !== undefined ? `“${url}”` : `the address number ${index ?? 0}`}, which is not registered for this application. Register it here if it is the service provider’s.`,
  );
}
