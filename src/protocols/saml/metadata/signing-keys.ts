import type { X509Certificate } from 'node:crypto';
import { excerpt } from '../../../foundation/platform/excerpt.ts';
import { findEndEntity, MAX_CHAIN } from '../signature/certificate-chain.ts';
import { base64Of, certificateBlocks, readCertificate } from '../signature/certificate.ts';
import { findUnsupportedKey } from '../signature/request-key.ts';
import { Namespace } from '../types.ts';
import { childOf, childrenOf, type XmlElement } from '../xml/tree.ts';
import { isKeyOf, readKeyValue, type KeyValue } from './key-value.ts';
import type { MetadataWarning } from './warning.ts';

/** What a KeyDescriptor contains, unread. */
interface DescribedKeys {
  /**
   * For each ds:X509Data with certificates, these as they are written: that of one key, perhaps among those of its
   * issuers (xmldsig-core §4.4.4).
   */
  readonly certificates: readonly (readonly string[])[];
  /** The ds:KeyValue beside them. */
  readonly keyValue: KeyValue | undefined;
}

/** The role's keys for signing; a key without `use` is for signing and encryption (saml-metadata-2.0 §2.4.1.1). */
export function signingKeysOf(role: XmlElement): DescribedKeys[] {
  return childrenOf(role, Namespace.metadata, 'KeyDescriptor')
    .filter((descriptor) => (descriptor.attributes.get('use') ?? 'signing') === 'signing')
    .map(readKeyDescriptor);
}

export function readKeyDescriptor(descriptor: XmlElement): DescribedKeys {
  const keyInfo = childOf(descriptor, Namespace.signature, 'KeyInfo');
  const data = keyInfo ? childrenOf(keyInfo, Namespace.signature, 'X509Data') : [];
  const certificates = data.map((each) => {
    const texts = childrenOf(each, Namespace.signature, 'X509Certificate').map(({ text }) => text);
    return [...new Set(texts.flatMap(blocksOf))];
  });
  return {
    certificates: certificates.filter((chain) => chain.length > 0),
    keyValue: keyInfo && readKeyValue(keyInfo),
  };
}

/** A text without a certificate counts as one that can't be read. */
function blocksOf(text: string): readonly string[] {
  const blocks = certificateBlocks(text);
  return blocks.length > 0 ? blocks : [''];
}

interface SigningKeys {
  /** Base64 DER, each once. */
  readonly certificates: readonly string[];
  readonly warnings: readonly MetadataWarning[];
}

/**
 * The certificate of each key. The others beside it, such as those of its issuers, are passed over: a certificate
 * authority issues certificates to others too, and could sign requests of the service provider.
 */
export function readSigningKeys(keys: readonly DescribedKeys[]): SigningKeys {
  const certificates = new Set<string>();
  const warnings: MetadataWarning[] = [];
  for (const { certificates: chains, keyValue } of keys) {
    if (chains.length === 0) {
      warnings.push({
        code: 'key-without-certificate',
        message: 'a signing key comes without a certificate',
      });
    }
    for (const chain of chains) {
      const base64 = base64Of(chooseCertificate(chain, keyValue, warnings));
      if (base64 === undefined) continue;
      const unsupported = findUnsupportedKey(base64);
      if (unsupported === undefined) certificates.add(base64);
      else warnings.push({ code: 'key-not-supported', message: `a signing certificate has ${unsupported}` });
    }
  }
  return { certificates: [...certificates], warnings };
}

/** The certificate of the key that a ds:X509Data describes. Adds to `warnings` what is not used, and why. */
function chooseCertificate(
  chain: readonly string[],
  keyValue: KeyValue | undefined,
  warnings: MetadataWarning[],
): X509Certificate | undefined {
  const count = `one signing key (ds:X509Data) has ${String(chain.length)} certificates`;
  const passOver = (message: string) => void warnings.push({ code: 'certificates-passed-over', message });
  if (chain.length > MAX_CHAIN) {
    passOver(`${count}, and at most ${String(MAX_CHAIN)} are read: none of them is used`);
    return undefined;
  }
  const read = chain.map(readCertificate).filter((each) => each !== undefined);
  const areUnreadable = read.length < chain.length;
  if (areUnreadable) {
    warnings.push({ code: 'unreadable-certificate', message: 'a signing certificate cannot be read' });
  }
  if (keyValue) {
    const matching = read.find((each) => isKeyOf(each, keyValue));
    if (!matching) passOver('no certificate beside a ds:KeyValue has the same key: none of them is used');
    else if (chain.length > 1) passOver(`${count}: ${onlyOne(matching)}`);
    return matching;
  }
  // If the key's own certificate can't be read, its issuer's must not take its place.
  if (areUnreadable) return undefined;
  const end = findEndEntity(read);
  if (!end) passOver(`${count}, and each of them issued another: none of them is used`);
  else if (chain.length > 1) passOver(`${count}: ${onlyOne(end)}`);
  return end;
}

const onlyOne = ({ subject }: X509Certificate): string =>
  `that of “${excerpt(subject.replace(/\s+/g, ' '))}” is used, and the others are passed over, such as those of its issuers`;
