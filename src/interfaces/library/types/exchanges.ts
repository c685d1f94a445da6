/** The SAML conversations of an application; as many are kept as `settings.retention` says, 1,000 by default. */
export interface Exchanges {
  /** The last ones, the newest first, at most 1,000. */
  list(options?: { readonly redact?: boolean }): Promise<readonly Exchange[]>;
  /**
   * Those that nobody took yet, the oldest first, at most `limit` (1,000), and forgets them: each is given to one caller
   * only. With `redact` they come without names, attribute values, RelayState and signatures.
   *
   * @example
   * await wiki.exchanges.take(); // what was before
   * await page.click('text=Sign in');
   * const [exchange] = await wiki.exchanges.take();
   * assert.deepEqual(exchange.assertion.attributes.mail, ['ana@example.com']);
   */
  take(options?: { readonly limit?: number; readonly redact?: boolean }): Promise<readonly Exchange[]>;
  /** Forgets all of them. */
  clear(): Promise<void>;
}

/** One SAML conversation. */
export interface Exchange {
  /** The Response’s ID. */
  readonly id: string;
  /** Null: nobody was signed in. */
  readonly userName: string | null;
  readonly initiatedBy: 'service-provider' | 'identity-provider';
  readonly requestXml: string | null;
  readonly responseXml: string;
  readonly acsUrl: string;
  readonly relayState: string | null;
  /** The top status code. */
  readonly status: string;
  readonly at: string;
  /** The ID of the request that is answered; null: nobody asked. */
  readonly inResponseTo: string | null;
  /** Which of the two carry a signature. */
  readonly signed: readonly ('response' | 'assertion')[];
  /** What the assertion says; null where the response says why there is none. */
  readonly assertion: ExchangeAssertion | null;
}

/** What the assertion of a conversation says; what is absent is null, instants are ISO 8601. */
export interface ExchangeAssertion {
  readonly nameId: string | null;
  readonly nameIdFormat: string | null;
  /** The values of each, by name. */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  readonly audiences: readonly string[];
  readonly recipient: string | null;
  readonly notBefore: string | null;
  readonly notOnOrAfter: string | null;
  readonly sessionIndex: string | null;
  readonly authnContextClassRef: string | null;
}
