import type { Moment, SequenceStep, StepMessage } from '../../../../views/components/sequence/step.ts';
import { durationWords } from '../../../../views/words.ts';
import { SECOND_MS, MINUTE_MS, type Instant } from '../../../foundation/platform/clock.ts';
import { momentOf } from '../inspection/wording.ts';

/** What is known about a sign-on. All instants are in wire time, as in the messages. */
export interface SignOnRecords {
  readonly start: SignOnStart;
  /** Null when the response has no assertion. */
  readonly signIn: SignInRecord | null;
  readonly response: {
    readonly issuedAt: Instant | null;
    readonly acsUrl: string;
    readonly relayState: string | null;
    readonly message: StepMessage;
  };
  readonly end: SignOnEnd;
}

export type SignOnStart =
  | {
      readonly at: 'service-provider';
      /** What the service provider recorded when the browser came; null when nobody did. */
      readonly begun: { readonly at: Instant; readonly address: string } | null;
      readonly request: {
        readonly binding: 'redirect' | 'post' | null;
        readonly ssoUrl: string;
        readonly relayState: string | null;
        readonly message: StepMessage;
      };
    }
  /** The address that the browser opened; null when nobody knows. */
  | { readonly at: 'identity-provider'; readonly address: string | null };

export type SignInRecord =
  | {
      readonly is: 'recorded';
      readonly at: Instant;
      readonly userName: string;
      readonly factors: readonly { readonly name: string; readonly at: Instant }[];
    }
  /** What the assertion says. */
  | { readonly is: 'stated'; readonly at: Instant | null; readonly contextClass: string | null };

export type SignOnEnd =
  /** The response is shown to the user, and not sent. */
  | { readonly is: 'held' }
  /** Nobody recorded what the service provider did with it. */
  | { readonly is: 'unknown' }
  | {
      readonly is: 'accepted';
      readonly at: Instant;
      /** The size of the posted field. */
      readonly octets: number;
      readonly checks: readonly { readonly label: string; readonly detail: string }[];
    };

/**
 * The steps of a sign-on in their order, as far as they are known: none is made up, and one that nobody recorded has no
 * time. Pure.
 */
export function signOnSteps(records: SignOnRecords): SequenceStep[] {
  const { start, response, end } = records;
  const { issuedAt, acsUrl, relayState, message } = response;
  // What was recorded first: when the service provider began, else when the response was made.
  const startedAt = (start.at === 'service-provider' ? start.begun?.at : undefined) ?? issuedAt;
  const moment = (at: Instant | null) => (at === null ? null : sinceStart(at, startedAt));
  return [
    ...beginning(start, issuedAt, moment),
    ...signInSteps(records, moment),
    { kind: 'response-sent', at: moment(issuedAt), acsUrl, relayState, message },
    ...ending(end, acsUrl, moment),
  ];
}

/** The steps of a sign-on that ended on an error page. Pure. */
export function refusedSteps(
  start: SignOnStart,
  refused: { readonly at: Instant; readonly reason: string; readonly message: string },
): SequenceStep[] {
  const moment = (at: Instant | null) => (at === null ? null : sinceStart(at, refused.at));
  const { at, reason, message } = refused;
  return [...beginning(start, at, moment), { kind: 'request-refused', at: moment(at), reason, message }];
}

function beginning(
  start: SignOnStart,
  issuedAt: Instant | null,
  moment: (at: Instant | null) => Moment | null,
): SequenceStep[] {
  // One request of the browser is answered with the response, so both have the time of the answer.
  if (start.at === 'identity-provider') {
    const { address } = start;
    return address === null ? [] : [{ kind: 'application-opened', at: moment(issuedAt), address }];
  }
  const { begun, request } = start;
  const { binding, ssoUrl } = request;
  const at = moment(begun?.at ?? null);
  return [
    ...(begun ? [{ kind: 'sign-on-begun', at, address: begun.address } as const] : []),
    { kind: 'request-sent', at, ...request },
    { kind: 'request-taken', at: null, binding, ssoUrl },
  ];
}

/** Whether the user signed in for this sign-on, or had a session: the time of signing in tells. */
function signInSteps(
  { start, signIn, response }: SignOnRecords,
  moment: (at: Instant | null) => Moment | null,
): SequenceStep[] {
  if (!signIn) return [];
  const foundAt = moment(response.issuedAt);
  if (signIn.is === 'stated') {
    const { at, contextClass } = signIn;
    const since = at === null ? null : momentOf(at);
    return [{ kind: 'sign-in-stated', at: foundAt, since, contextClass }];
  }
  const { at, userName, factors } = signIn;
  const proof = { userName, factors: factors.map(({ name, at }) => ({ name, at: momentOf(at) })) };
  const begunAt = start.at === 'service-provider' ? start.begun?.at : undefined;
  if (begunAt !== undefined && at >= begunAt) return [{ kind: 'signed-in', at: moment(at), proof }];
  return [{ kind: 'session-found', at: foundAt, since: momentOf(at), proof }];
}

function ending(
  end: SignOnEnd,
  acsUrl: string,
  moment: (at: Instant | null) => Moment | null,
): SequenceStep[] {
  switch (end.is) {
    case 'unknown':
      return [];
    case 'held':
      return [{ kind: 'response-held', at: null }];
    case 'accepted': {
      const { octets, checks } = end;
      const at = moment(end.at);
      return [
        { kind: 'response-posted', at, acsUrl, octets },
        { kind: 'response-accepted', at, checks },
      ];
    }
  }
}

function sinceStart(at: Instant, startedAt: Instant | null): Moment {
  const iso = new Date(at).toISOString();
  const text = iso.slice('yyyy-mm-ddT'.length, -1);
  // A clock that was moved back meanwhile gives no distance.
  const ms = startedAt === null || at < startedAt ? 0 : at - startedAt;
  return { iso, text, after: ms === 0 ? null : `+${distanceOf(ms)}` };
}

const distanceOf = (ms: number): string =>
  ms < MINUTE_MS ? `${(ms / SECOND_MS).toFixed(3)} s` : durationWords(ms);
