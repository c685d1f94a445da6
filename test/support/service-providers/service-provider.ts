/** How a service provider is set up before it meets an identity provider. */
export interface ServiceProviderSetup {
  readonly entityId: string;
  readonly acsUrl: string;
  /** What it insists on; it is told no more than that. */
  readonly signing: { readonly response: boolean; readonly assertion: boolean };
  readonly signsRequests: boolean;
  /** How its requests go, for those who choose it by what they are set up with; absent: by redirect. */
  readonly binding?: 'redirect' | 'post';
  /** The format of NameID that its requests ask for; absent: what it asks for by itself. */
  readonly nameIdFormat?: string;
}

/** The service provider behind a service provider, as Scoping names it (saml-core-2.0 §3.4.1.2). */
export const REQUESTER = 'https://behind.example/saml';

/** What a request asks for beyond a sign-on. */
export interface Wishes {
  readonly forceAuthn?: true;
  readonly isPassive?: true;
  /** RequestedAuthnContext: exactly PasswordProtectedTransport. */
  readonly authnContext?: true;
  /** AssertionConsumerServiceIndex in place of the address. */
  readonly acsIndex?: true;
  /** Scoping with a RequesterID: who sent the person to this service provider. */
  readonly requesterId?: true;
  /** An element in Extensions that we don't know. */
  readonly extensions?: true;
}

/** What an administrator copies from us to a service provider. */
export interface IdentityProviderToTrust {
  readonly entityId: string;
  readonly ssoUrl: string;
  readonly metadataXml: string;
  readonly certificatePem: string;
}

/** A request as it reaches the browser: an address to go to, or a page with a form to post. */
export type MadeRequest =
  | { readonly id: string; readonly binding: 'redirect'; readonly url: string }
  | { readonly id: string; readonly binding: 'post'; readonly html: string };

/** What a service provider knows of a person once it believed a response. */
export interface Believed {
  readonly nameId: string;
  readonly nameIdFormat: string | undefined;
  readonly sessionIndex: string | undefined;
  /** The request that it believes to be answered. */
  readonly inResponseTo: string | undefined;
  /** Of what receives responses itself: what it made of RelayState. */
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
  /** What an administrator gives us of it: its own metadata, wherever that says enough. */
  registration(): Promise<{ metadataXml: string } | RegisteredValues>;
  /** Takes what it has to know of us. */
  trust(identityProvider: IdentityProviderToTrust): Promise<void>;
  request(binding: 'redirect' | 'post', relayState: string, wishes?: Wishes): Promise<MadeRequest>;
  /**
   * Rejects when the library refuses the response. `requestId`: the request that it must answer; absent: none was made.
   * `relayState`: what came back beside the response, for those who receive it themselves.
   */
  validate(samlResponse: string, requestId: string | undefined, relayState?: string): Promise<Believed>;
}

/** The attributes that a library found: text, or lists of it. */
export function textsOf(values: unknown): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(values ?? {}).map(([name, value]: [string, unknown]) => [
      name,
      Array.isArray(value) ? value.map(String) : [String(value)],
    ]),
  );
}

/** What is trusted; nothing can be asked for before. */
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
