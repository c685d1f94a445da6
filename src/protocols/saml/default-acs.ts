import type { AssertionConsumerService, RelyingParty } from './types.ts';

/** The AssertionConsumerService marked as default, otherwise the first one (saml-metadata-2.0 §2.2.3). */
export const defaultAssertionConsumerService = ({
  assertionConsumerServices: services,
}: Pick<RelyingParty, 'assertionConsumerServices'>): AssertionConsumerService | undefined =>
  services.find(({ isDefault }) => isDefault) ?? services[0];
