/**
 * The recorded SAML conversations of an application. `settings.retention` says how many are kept: 1,000 by
 * default. With `redact` they come without names, attribute values, RelayState and signatures.
 */
export interface Exchanges {
  /** The newest conversations, at most 1,000, newest first. */
  list(options?: { readonly redact?: boolean }): Promise<readonly Exchange[]>;
  /** The conversation with this id; undefined if there is none. */
  get(id: string, options?: { readonly redact?: boolean }): Promise<Exchange | undefined>;
  /**
   * Takes the oldest conversations, at most `limit` (default: 1,000), oldest first, and deletes them. Each is
   * given to one caller only, so tests that run in parallel don’t see each other’s.
   *
   * @example
   * await wiki.exchanges.take(); // discard earlier conversations
   * await page.click('text=Sign in');
   * const [exchange] = await wiki.exchanges.take();
   * assert.deepEqual(exchange.assertion.attributes.mail, ['ana@example.com']);
   */
  take(options?: { readonly limit?: number; readonly redact?: boolean }): Promise<readonly Exchange[]>;
  /** Deletes all conversations of the application. */
  clear(): Promise<void>;
}

/** A SAML conversation: the response, and the request that it answered, if there was one. */
export interface Exchange {
  /** The Response’s ID. */
  readonly id: string;
  /** The user of the response. Null if no user was signed in. */
  readonly userName: string | null;
  /** Where the sign-on started. */
  readonly initiatedBy: 'service-provider' | 'identity-provider';
  /** The AuthnRequest as XML, or null if there was none. */
  readonly requestXml: string | null;
  /** The Response as XML. */
  readonly responseXml: string;
  /** The AssertionConsumerService to which the response was sent. */
  readonly acsUrl: string;
  readonly relayState: string | null;
  /** The response’s top-level status code. */
  readonly status: string;
  /** What was odd about the request, and was answered all the same. */
  readonly findings: readonly Finding[];
  /** When the response was sent, ISO 8601. */
  readonly at: string;
  /** The ID of the answered request, or null if the response was unsolicited. */
  readonly inResponseTo: string | null;
  /** Which parts are signed. */
  readonly signed: readonly ('response' | 'assertion')[];
  /** The content of the assertion, or null if the response contains none. */
  readonly assertion: ExchangeAssertion | null;
}

/** Something odd about a request, which the profile `as-aws` would refuse. */
export interface Finding {
  /** The rule that let it pass, such as `weak-algorithm`. */
  readonly code: string;
  readonly message: string;
  /** The section of the standard that it breaks, or what AWS does. */
  readonly reference: string;
}

/** The content of an assertion. Absent values are null; instants are ISO 8601. */
export interface ExchangeAssertion {
  readonly nameId: string | null;
  readonly nameIdFormat: string | null;
  /** The attributes’ values, by name. */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  readonly audiences: readonly string[];
  readonly recipient: string | null;
  readonly notBefore: string | null;
  readonly notOnOrAfter: string | null;
  readonly sessionIndex: string | null;
  readonly authnContextClassRef: string | null;
}

/**
 * The recorded SAML conversations of an organization, with those that were refused with an error page. Of refused ones
 * 100 are kept for each application.
 */
export interface InstanceExchanges {
  /** The newest conversations that match, at most 1,000, newest first. */
  list(filter?: {
    /** The id or key of an application. */
    readonly application?: string;
    /** A part of the user name. */
    readonly user?: string;
    readonly outcome?: InstanceExchange['outcome'];
    readonly initiatedBy?: Exchange['initiatedBy'];
    /** Whether something about the request was odd. */
    readonly findings?: boolean;
    /** From this instant on, ISO 8601. */
    readonly startTime?: string;
    /** Before this instant, ISO 8601. */
    readonly endTime?: string;
    readonly redact?: boolean;
  }): Promise<readonly InstanceExchange[]>;
  /** The conversation with this id; undefined if there is none. */
  get(id: string, options?: { readonly redact?: boolean }): Promise<InstanceExchange | undefined>;
  /** Deletes a conversation. */
  delete(exchange: string | Pick<InstanceExchange, 'id'>): Promise<void>;
  /** Deletes all conversations of all applications. */
  clear(): Promise<void>;
}

/** A SAML conversation, or a request that was refused. Properties that a refused one doesn’t have are null. */
export interface InstanceExchange extends Omit<Exchange, 'responseXml' | 'acsUrl' | 'status'> {
  readonly applicationId: string;
  readonly applicationKey: string;
  /**
   * answered: with an assertion; status: with a status that says why there is none; refused: with an error page for the
   * user.
   */
  readonly outcome: 'answered' | 'status' | 'refused';
  /** Why the request was refused, and what the page said. */
  readonly refusal: { readonly reason: string; readonly message: string } | null;
  readonly responseXml: string | null;
  readonly acsUrl: string | null;
  readonly status: string | null;
}
