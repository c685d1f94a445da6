import type { SAML } from '@node-saml/node-saml';
import { toIso, type Instant } from '../../foundation/platform/clock.ts';
import type { SampleAddresses } from './samples.ts';
import type { Trust } from './trust.ts';

export interface ServiceProviderOptions {
  readonly addresses: SampleAddresses;
  readonly trust: Trust;
  /** Wire time. */
  readonly at: Instant;
  /** The ID of the request to be made. */
  readonly requestId?: string;
  /** IDs of the requests that a response may answer. */
  readonly requestIds?: ReadonlySet<string>;
  /** Messages of HTTP-POST are not deflated (saml-bindings-2.0 §3.5.4); node-saml would. */
  readonly binding?: 'redirect' | 'post';
}

/**
 * node-saml as a service provider sets it up, strict wherever it has a switch. It reads the machine's clock itself: its
 * two readings that matter are replaced, so that samples follow the time that the identity provider writes.
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
    // Which requests are out, and for how long, is known outside; node-saml only asks whether one is.
    requestIdExpirationPeriodMs: Number.MAX_SAFE_INTEGER,
    cacheProvider: {
      saveAsync: () => Promise.resolve(null),
      getAsync: (id) => Promise.resolve(requestIds.has(id) ? toIso(at) : null),
      removeAsync: () => Promise.resolve(null),
    },
    // The application decides which NameID and which authentication it gets; a demo asks for no other.
    identifierFormat: null,
    disableRequestedAuthnContext: true,
    skipRequestCompression: binding === 'post',
    ...(requestId !== undefined && { generateUniqueId: () => requestId }),
  });
}

/** The sample's metadata (saml-metadata-2.0 §2.4.4); it doesn't change from one time to the next. */
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
