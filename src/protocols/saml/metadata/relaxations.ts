interface MetadataRelaxation {
  /** What it lets pass. */
  readonly lets: string;
  readonly reference: string;
  /** Why no attacker gains by it. */
  readonly safe: string;
}

/**
 * Every rule that lets metadata pass that isn't valid against the schema. What is not in this table is refused.
 * docs/differences-to-aws.md repeats it, and a test compares the two.
 */
export const METADATA_RELAXATIONS = {
  'parts-out-of-order': {
    lets: 'Known elements in another order than the schema’s, such as a NameIDFormat after the AssertionConsumerService',
    reference: 'saml-metadata-2.0 §2.4.4: a sequence',
    safe: 'Elements are read by their names. Of several of one name, the order stays, which decides about the default.',
  },
  'index-missing': {
    lets: 'An endpoint or AttributeConsumingService without an index; it gets the lowest one that is free',
    reference: 'saml-metadata-2.0 §2.2.3: index is required',
    safe: 'A request can ask for an endpoint by its index, and every endpoint of the metadata is registered anyway.',
  },
  'protocol-missing': {
    lets: 'The only SPSSODescriptor without a protocolSupportEnumeration; it is read as one of SAML 2.0',
    reference: 'saml-metadata-2.0 §2.4.1: protocolSupportEnumeration is required',
    safe: 'The person who gives the metadata wants to use it here, where there is no other protocol.',
  },
  'boolean-in-capitals': {
    lets: 'True, False, TRUE and FALSE instead of true and false',
    reference: 'XML Schema part 2 §3.2.2: true, false, 1 or 0',
    safe: 'They can mean nothing else. AuthnRequestsSigned="True" demands signatures.',
  },
  'attribute-unreadable': {
    lets: 'A validUntil or cacheDuration that is no time, or an ID that is no name; it is left out',
    reference: 'saml-metadata-2.0 §2.3.2: dateTime, duration and ID',
    safe: 'validUntil only leads to a warning, and nothing reads the others: the document’s signature is not verified.',
  },
  'part-not-valid': {
    lets: 'Parts that Vestibule does not read and that are not valid, such as an Organization without a URL, a ContactPerson without a type, or an empty Extensions; they are left out',
    reference: 'saml-metadata-2.0 §2.3.2: these parts are optional',
    safe: 'Nothing of them is stored or used. Endpoints, signing keys and the EntityID must be valid.',
  },
} as const satisfies Record<string, MetadataRelaxation>;

export type MetadataRelaxationId = keyof typeof METADATA_RELAXATIONS;
