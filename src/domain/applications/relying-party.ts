import { toIsoSeconds, type Instant } from '../../foundation/platform/clock.ts';
import { readServiceProviderMetadata } from '../../protocols/saml/metadata/service-provider.ts';
import type { MetadataWarning } from '../../protocols/saml/metadata/warning.ts';
import { endOfCertificate } from '../../protocols/saml/signature/certificate.ts';
import { findCertificateFault } from '../../protocols/saml/signature/request-key.ts';
import { Binding, type RelyingParty } from '../../protocols/saml/types.ts';
import { ENTITY_ID_BYTES, ENTITY_ID_TOO_LONG, type ServiceProviderInput } from './service-provider-input.ts';

/**
 * Looks up the addresses of a built-in sample service provider. It is passed in, because they depend on the
 * server's public URL.
 */
export type ResolveSample = (
  name: string,
) => { readonly entityId: string; readonly acsUrls: readonly string[] } | undefined;

export interface RelyingPartyNeeds {
  readonly resolveSample: ResolveSample;
  /** Used for warnings only: the metadata's validUntil and expired certificates. */
  readonly now: Instant;
  /**
   * The largest file size of a service provider's certificate in PEM (guide, "Application quotas"); a
   * setting.
   */
  readonly maxCertificateBytes: number;
}

export type RelyingPartyResult =
  | { readonly ok: true; readonly relyingParty: RelyingParty; readonly warnings: readonly MetadataWarning[] }
  | {
      readonly ok: false;
      /** The wrong field of the service provider's input. */
      readonly field: 'metadataXml' | 'entityId' | 'sample' | `requestSigningCertificates/${number}`;
      /** For users: what is wrong, and how to correct it. */
      readonly message: string;
    };

/** Reads the service provider that an input describes. Never throws for wrong input. */
export async function toRelyingParty(
  needs: RelyingPartyNeeds,
  input: ServiceProviderInput,
): Promise<RelyingPartyResult> {
  const read = await readRelyingParty(needs, input);
  if (!read.ok) return read;
  const { requestSigningCertificates: certificates } = read.relyingParty;
  for (const [index, certificate] of certificates.entries()) {
    const fault = findCertificateFault(certificate, needs.maxCertificateBytes);
    if (fault === undefined) continue;
    return input.from === 'metadata'
      ? { ok: false, field: 'metadataXml', message: `The metadata can’t be used: ${fault}.` }
      : {
          ok: false,
          field: `requestSigningCertificates/${index}`,
          message: `This certificate can’t be used: ${fault}.`,
        };
  }
  return { ...read, warnings: [...read.warnings, ...expiredCertificates(certificates, needs.now)] };
}

/**
 * Expired certificates only cause warnings, and still verify requests: the administrator vouches for them by
 * giving them.
 */
function expiredCertificates(certificates: readonly string[], now: Instant): MetadataWarning[] {
  return certificates.flatMap((certificate) => {
    const end = endOfCertificate(certificate);
    if (end === undefined || end > now) return [];
    const message = `a certificate of the service provider expired at ${toIsoSeconds(end)}; requests are still verified with it`;
    return [{ code: 'certificate-expired' as const, message }];
  });
}

async function readRelyingParty(
  { resolveSample, now }: RelyingPartyNeeds,
  input: ServiceProviderInput,
): Promise<RelyingPartyResult> {
  switch (input.from) {
    case 'metadata': {
      const { metadataXml, entityId } = input;
      const read = await readServiceProviderMetadata(metadataXml, { now, entityId });
      if (read.ok && Buffer.byteLength(read.relyingParty.entityId) > ENTITY_ID_BYTES) {
        return { ok: false, field: 'metadataXml', message: ENTITY_ID_TOO_LONG };
      }
      if (read.ok) return read;
      // The metadata doesn't describe the named service provider exactly once, so the wrong field is the
      // name.
      const field = read.reason === 'not-described' ? 'entityId' : 'metadataXml';
      return { ok: false, field, message: `The metadata can’t be used: ${read.detail}.` };
    }
    case 'relying-party':
      return { ok: true, relyingParty: input.relyingParty, warnings: [] };
    case 'values':
      return { ok: true, relyingParty: relyingPartyOf(input), warnings: [] };
    case 'sample': {
      const found = resolveSample(input.sample);
      if (found) return { ok: true, relyingParty: relyingPartyOf(found), warnings: [] };
      return {
        ok: false,
        field: 'sample',
        message: `There is no sample service provider “${input.sample}”.`,
      };
    }
  }
}

interface Values {
  readonly entityId: string;
  readonly acsUrls: readonly string[];
  readonly requestSigningCertificates?: readonly string[];
  readonly authnRequestsSigned?: boolean;
}

/** A service provider of which only these values are known. */
export function relyingPartyOf(values: Values): RelyingParty {
  return {
    entityId: values.entityId,
    assertionConsumerServices: values.acsUrls.map((url, index) => ({
      url,
      index,
      isDefault: index === 0,
      binding: Binding.post,
    })),
    requestSigningCertificates: values.requestSigningCertificates ?? [],
    authnRequestsSigned: values.authnRequestsSigned ?? false,
    singleLogoutServices: [],
    nameIdFormats: [],
    wantAssertionsSigned: false,
  };
}

/** The addresses of its AssertionConsumerServices, the default one first. */
export function acsUrlsOf({ assertionConsumerServices: services }: RelyingParty): string[] {
  const inOrder = [
    ...services.filter((each) => each.isDefault),
    ...services.filter((each) => !each.isDefault),
  ];
  return inOrder.map(({ url }) => url);
}
