/** The configuration of a service provider before it knows an identity provider. */
export interface ServiceProviderSetup {
  readonly entityId: string;
  readonly acsUrl: string;
  /** The signatures that it requires and is configured for. */
  readonly signing: { readonly response: boolean; readonly assertion: boolean };
  readonly signsRequests: boolean;
  /** The binding of its requests, if its configuration decides that. Absent: HTTP-Redirect. */
  readonly binding?: 'redirect' | 'post';
  /** The NameID format in its requests. Absent: the library's default. */
  readonly nameIdFormat?: string;
}

/** The service provider behind a service provider, as Scoping names it (saml-core-2.0 §3.4.1.2). */
export const REQUESTER = 'https://behind.example/saml';

/** What a request wants beyond a plain sign-on. */
export interface Wishes {
  readonly forceAuthn?: true;
  readonly isPassive?: true;
  /** RequestedAuthnContext: exactly PasswordProtectedTransport. */
  readonly authnContext?: true;
  /** AssertionConsumerServiceIndex in place of the address. */
  readonly acsIndex?: true;
  /** Scoping with the RequesterID of the party that sent the person to this service provider. */
  readonly requesterId?: true;
  /** An unknown element in Extensions. */
  readonly extensions?: true;
}

/** The data that an administrator copies from us to a service provider. */
export interface IdentityProviderToTrust {
  readonly entityId: string;
  readonly ssoUrl: string;
  readonly metadataXml: string;
  readonly certificatePem: string;
}

/** A request as the browser gets it: an address to open, or a page with a form to post. */
export type MadeRequest =
  | { readonly id: string; readonly binding: 'redirect'; readonly url: string }
  | { readonly id: string; readonly binding: 'post'; readonly html: string };

/** What a service provider knows about a person after it accepted a response. */
export interface Believed {
  readonly nameId: string;
  readonly nameIdFormat: string | undefined;
  readonly sessionIndex: string | undefined;
  /** The request that the response answers. */
  readonly inResponseTo: string | undefined;
  /** The RelayState as the service provider understood it, if it receives responses itself. */
  readonly relayState?: string | undefined;
  readonly attributes: Readonly<Record<string, readonly string[]>>;
}

/** The fields of `serviceProvider` in the control API. */
export interface RegisteredValues {
  readonly entityId: string;
  readonly acsUrls: readonly string[];
  readonly requestSigningCertificates: readonly string[];
  readonly authnRequestsSigned: boolean;
}

/** A service provider that we didn't write, as an application that uses its library sees it. */
export interface ServiceProvider {
  /** What an administrator gives us about it: its own metadata, if that says enough. */
  registration(): Promise<{ metadataXml: string } | RegisteredValues>;
  /** Configures it with our data. */
  trust(identityProvider: IdentityProviderToTrust): Promise<void>;
  request(binding: 'redirect' | 'post', relayState: string, wishes?: Wishes): Promise<MadeRequest>;
  /**
   * Rejects when the library refuses the response. `requestId` is the ID of the request that the response must answer;
   * absent: there was no request. `relayState` is the one that came with the response, for service providers that
   * receive it themselves.
   */
  validate(samlResponse: string, requestId: string | undefined, relayState?: string): Promise<Believed>;
}

/** The attributes that a library found, each as text or as a list of texts. */
export function textsOf(values: unknown): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(values ?? {}).map(([name, value]: [string, unknown]) => [
      name,
      Array.isArray(value) ? value.map(String) : [String(value)],
    ]),
  );
}

/** Stores the identity provider that a service provider trusts. Requests fail while there is none. */
export function trusting<Trusted, From = Trusted>(
  toTrusted: (from: From) => Trusted = (from) => from as unknown as Trusted, // without a conversion they are the same
): { trust(from: From): Promise<void>; trusted(): Trusted } {
  let known: { value: Trusted } | undefined;
  return {
    trust(from) {
      known = { value: toTrusted(from) };
      return Promise.resolve();
    },
    trusted() {
      if (!known) throw new Error('This service provider trusts nobody yet.');
      return known.value;
    },
  };
}
