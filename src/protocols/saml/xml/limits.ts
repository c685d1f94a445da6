/**
 * How large and how complex a text may be. What the XML libraries do with a document costs time by each of these, and
 * some of it by their square: xml-crypto and node-saml compare every element with every other.
 */
export interface XmlLimits {
  /** Octets in UTF-8. */
  readonly bytes: number;
  /** Elements, attributes, and pieces of text, CDATA and comments, in sum. */
  readonly nodes: number;
}

/** Limits that no document needs to exceed, whatever its size. */
export const SHAPE = {
  /** Elements inside one another. Messages have 10 levels, metadata of federations 12. */
  depth: 64,
  /** Attributes of one element, with its namespace declarations. */
  attributes: 64,
  /** Namespace declarations that apply to one element, its own and those around it. */
  namespaces: 64,
  /** Characters of the name of an element or attribute. */
  name: 256,
  /** Characters of an attribute's value. */
  value: 16 * 1024,
} as const;

/**
 * An AuthnRequest. Real ones have a few KiB, and with the extensions of a federation such as eIDAS about 20. A form of
 * HTTP-POST can't carry more than 48 KiB of XML, and by HTTP-Redirect a few hundred octets inflate to whatever is
 * allowed: what is allowed is stored while the user signs in. Real ones have fewer than a hundred nodes.
 */
export const REQUEST_LIMITS: XmlLimits = { bytes: 64 * 1024, nodes: 2000 };

/**
 * A response to a built-in sample, which arrives in a mebibyte of base64. A user's thousand groups are 2,050 nodes, and
 * node-saml takes 200 milliseconds for them.
 */
export const SAMPLE_RESPONSE_LIMITS: XmlLimits = { bytes: 768 * 1024, nodes: 2500 };

/** A response that is only shown, never verified. We wrote it, so the limits are far above what is in use. */
export const SHOWN_RESPONSE_LIMITS: XmlLimits = { bytes: 8 * 1024 * 1024, nodes: 100_000 };

/** A metadata document. Two mebibytes of a federation's metadata have 45,000 nodes. */
export const METADATA_LIMITS: XmlLimits = { bytes: 2 * 1024 * 1024, nodes: 75_000 };

/** The metadata of a single entity. The largest in a federation have 2,000 nodes. */
export const ENTITY_LIMITS: XmlLimits = { bytes: 2 * 1024 * 1024, nodes: 10_000 };
