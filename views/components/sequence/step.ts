import type { When } from '../when.tsx';

/** Who takes part in a sign-on. */
export type Party = 'browser' | 'service-provider' | 'identity-provider';

export type PartyNames = Readonly<Record<Party, string>>;

/** The instant of a step. */
export interface Moment extends When {
  /** The time since the first step, such as `+0.4 s`; null for the first one. */
  readonly after: string | null;
}

/** A SAML message. */
export type StepMessage =
  | { readonly is: 'here'; readonly xml: string }
  /** The page shows it already, in the element with this id. */
  | { readonly is: 'on-page'; readonly id: string }
  /** Nothing of it could be decoded. */
  | { readonly is: 'unread' };

/** How the user proved who they are. */
export interface SignInProof {
  readonly userName: string;
  /** In their order, with names such as `Password`. */
  readonly factors: readonly { readonly name: string; readonly at: When }[];
}

/** What happened in a sign-on, one thing at a time. */
export type SequenceStep = {
  /** Null when nobody recorded it. */
  readonly at: Moment | null;
} & (
  | { readonly kind: 'sign-on-begun'; readonly address: string }
  | ({ readonly kind: 'request-sent' } & RequestStep)
  | ({ readonly kind: 'request-taken' } & Pick<RequestStep, 'binding' | 'ssoUrl'>)
  | { readonly kind: 'application-opened'; readonly address: string }
  | { readonly kind: 'signed-in'; readonly proof: SignInProof }
  | { readonly kind: 'session-found'; readonly since: When; readonly proof: SignInProof }
  /** Only what the assertion says about the sign-in is known. */
  | { readonly kind: 'sign-in-stated'; readonly since: When | null; readonly contextClass: string | null }
  | ({ readonly kind: 'response-sent' } & ResponseStep)
  /** The user got a page that says why there is no response. */
  | { readonly kind: 'request-refused'; readonly reason: string; readonly message: string }
  /** The response is shown in the browser, and not sent yet. */
  | { readonly kind: 'response-held' }
  | { readonly kind: 'response-posted'; readonly acsUrl: string; readonly octets: number }
  | { readonly kind: 'response-accepted'; readonly checks: readonly Check[] }
);

interface RequestStep {
  /** Null when it wasn't recorded. */
  readonly binding: 'redirect' | 'post' | null;
  readonly ssoUrl: string;
  readonly relayState: string | null;
  readonly message: StepMessage;
}

interface ResponseStep {
  readonly acsUrl: string;
  readonly relayState: string | null;
  readonly message: StepMessage;
}

/** A check that the response passed, with the value that was found. */
interface Check {
  readonly label: string;
  readonly detail: string;
}
