import { excerpt, isWithin } from '../../foundation/platform/excerpt.ts';

/** How many authentication context classes a request may name. */
export const MAX_CLASS_REFS = 32;

/** Any URI that the standard or a product defines; also what saml-core-2.0 §8.3.6 allows an entity identifier. */
const URI = 1024;
/** As long as the addresses that an application can register. */
const ADDRESS = 2048;

/**
 * The longest values of a request, in characters, each with the name that its sender knows. What a request says is
 * stored, written into events and quoted to the user, and anyone can send requests: without limits each of them would
 * fill a page of the history. An ID is also a key in the database, and PostgreSQL's keys have at most 2704 octets.
 */
export const LIMITS = {
  id: { name: 'ID', max: 256 },
  version: { name: 'Version', max: 16 },
  destination: { name: 'Destination', max: ADDRESS },
  issuer: { name: 'Issuer', max: URI },
  issuerFormat: { name: 'Format of Issuer', max: URI },
  assertionConsumerServiceUrl: { name: 'AssertionConsumerServiceURL', max: ADDRESS },
  protocolBinding: { name: 'ProtocolBinding', max: URI },
  providerName: { name: 'ProviderName', max: URI },
  format: { name: 'Format', max: URI },
  nameQualifier: { name: 'NameQualifier', max: URI },
  spNameQualifier: { name: 'SPNameQualifier', max: URI },
  /** Persistent and transient ones have at most 256 (saml-core-2.0 §8.3.7, §8.3.8); a mapped one can be longer. */
  nameId: { name: 'NameID', max: 1024 },
  classRef: { name: 'AuthnContextClassRef', max: URI },
} as const satisfies Record<string, { name: string; max: number }>;

export type LimitedText = keyof typeof LIMITS;

/** Reads the texts of one request, and remembers the first that is too long. */
export interface LimitedTexts {
  /** The value without the white space that pretty-printers add around it. */
  read(name: LimitedText, value: string): string;
  /** What is too long, as part of a sentence; undefined when nothing is. */
  fault(): string | undefined;
}

export function limitedTexts(): LimitedTexts {
  let fault: string | undefined;
  return {
    read(which, value) {
      const text = value.trim();
      const { name, max } = LIMITS[which];
      if (!isWithin(text, max)) {
        fault ??= `its ${name} is longer than ${String(max)} characters: “${excerpt(text)}”`;
      }
      return text;
    },
    fault: () => fault,
  };
}
