/** How a service provider is set up before it meets an identity provider. */
export interface ServiceProviderSetup {
  readonly entityId: string;
  readonly acsUrl: string;
  /** What it insists on; it is told no more than that. */
  readonly signing: { readonly response: boolean; readonly assertion: boolean };
  readonly signsRequests: boolean;
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
  request(binding: 'redirect' | 'post', relayState: string): Promise<MadeRequest>;
  /** Rejects when the library refuses the response. `requestId`: the request that it must answer; absent: none was made. */
  validate(samlResponse: string, requestId: string | undefined): Promise<Believed>;
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
