import type { SAML } from '@node-saml/node-saml';
import { toIso, type Instant } from '../../foundation/platform/clock.ts';
import type { SampleAddresses } from './samples.ts';
import type { Trust } from './trust.ts';

export interface ServiceProviderOptions {
  readonly addresses: SampleAddresses;
  readonly trust: Trust;
  /** In wire time. */
  readonly at: Instant;
  /** The ID of the request to create. */
  readonly requestId?: string;
  /** IDs of the requests that a response may answer. */
  readonly requestIds?: ReadonlySet<string>;
  /** HTTP-POST messages are not deflated (saml-bindings-2.0 §3.5.4), but node-saml deflates by default. */
  readonly binding?: 'redirect' | 'post';
}

/**
 * Configures node-saml as a service provider does, with its strict options. node-saml reads the machine's clock, so
 * the two methods that use the time are overridden to follow the time that the identity provider writes.
 */
export async function createServiceProvider(options: ServiceProviderOptions): Promise<SAML> {
  const { SAML, ValidateInResponseTo } = await import('@node-saml/node-saml');
  const { addresses, trust, at, requestId, requestIds = new Set<string>(), binding = 'redirect' } = options;

  class TimedSaml extends SAML {
    protected override checkTimestampsValidityError(
      _now: number,
      notBefore: string,
      notOnOrAfter: string,
      limit?: number,
    ) {
      return super.checkTimestampsValidityError(at, notBefore, notOnOrAfter, limit);
    }

    protected override async generateAuthorizeRequestAsync(isPassive: boolean, isHttpPostBinding: boolean) {
      const request = await super.generateAuthorizeRequestAsync(isPassive, isHttpPostBinding);
      return request.replace(/ IssueInstant="[^"]*"/, ` IssueInstant="${toIso(at)}"`);
    }
  }

  return new TimedSaml({
    issuer: addresses.entityId,
    callbackUrl: addresses.acsUrl,
    audience: addresses.entityId,
    entryPoint: trust.ssoUrl,
    idpCert: trust.certificatePem,
    wantAuthnResponseSigned: trust.signing.response,
    wantAssertionsSigned: trust.signing.assertion,
    acceptedClockSkewMs: 0,
    validateInResponseTo: ValidateInResponseTo.ifPresent,
    // The caller knows the open requests and when they expire; node-saml only asks whether one is open.
    requestIdExpirationPeriodMs: Number.MAX_SAFE_INTEGER,
    cacheProvider: {
      saveAsync: () => Promise.resolve(null),
      getAsync: (id) => Promise.resolve(requestIds.has(id) ? toIso(at) : null),
      removeAsync: () => Promise.resolve(null),
    },
    // The application's settings decide the NameID and the authentication, so the sample requests neither.
    identifierFormat: null,
    disableRequestedAuthnContext: true,
    skipRequestCompression: binding === 'post',
    ...(requestId !== undefined && { generateUniqueId: () => requestId }),
  });
}

/** The sample's metadata (saml-metadata-2.0 §2.4.4), which is the same every time. */
export async function writeMetadata(
  addresses: SampleAddresses,
  { wantAssertionsSigned }: { wantAssertionsSigned: boolean },
): Promise<string> {
  const { generateServiceProviderMetadata } = await import('@node-saml/node-saml');
  return generateServiceProviderMetadata({
    issuer: addresses.entityId,
    callbackUrl: addresses.acsUrl,
    identifierFormat: null,
    wantAssertionsSigned,
    generateUniqueId: () => '_metadata',
  });
}
