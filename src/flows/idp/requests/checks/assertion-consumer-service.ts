import type { AuthnRequest } from '../../../../protocols/saml/authn-request.ts';
import { Binding, type RelyingParty } from '../../../../protocols/saml/types.ts';
import { refuseToUser, type Refusal } from '../refusal.ts';
import { defaultAssertionConsumerService } from '../../../../protocols/saml/default-acs.ts';

export type ResolvedAcs = { ok: true; url: string } | { ok: false; refusal: Refusal };

/**
 * Where the response goes: one of the registered addresses, by URL or index, or the default (saml-core-2.0
 * §3.4.1, saml-profiles-2.0 §4.1.4.1). Any other address would send assertions to whatever site an attacker
 * names in a request.
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
    refusal: refuseToUser('assertion-consumer-service', message),
  });
  if (protocolBinding !== undefined && protocolBinding !== Binding.post) {
    return refuse(
      `The request asks for a response by “${protocolBinding}”; responses are sent by HTTP-POST only.`,
    );
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
        : defaultAssertionConsumerService({ assertionConsumerServices: services });
  if (service) return { ok: true, url: service.url };
  const elsewhere = registered.find(
    (each) => each.url === url || (each.index !== undefined && each.index === index),
  );
  if (elsewhere) {
    return refuse(
      `The request asks for the response at “${elsewhere.url}” by “${elsewhere.binding}”; responses are sent by HTTP-POST only.`,
    );
  }
  return refuse(
    `The request asks for the response at ${url !== undefined ? `“${url}”` : `the address number ${index ?? 0}`}, which is not registered for this application. Register it here if it belongs to the service provider.`,
  );
}
