import { DAY_MS, MINUTE_MS } from '../../../../foundation/platform/clock.ts';
import { parseInstant } from '../../../../protocols/saml/xml/instant.ts';
import type { Advised, Rule } from './advice.ts';

/** What the standard allows (saml-bindings-2.0 §3.4.3). */
const RELAY_STATE_BYTES = 80;
const LOOPBACK = /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|\[::1\])$/;

const instant = (text: string | null | undefined) => (text == null ? undefined : parseInstant(text));

const relayState: Rule = ({ relayState: given }) => {
  const bytes = Buffer.byteLength(given ?? '');
  if (bytes <= RELAY_STATE_BYTES) return undefined;
  return {
    code: 'relay-state-long',
    severity: 'warning',
    what: `The RelayState has ${bytes} bytes; the standard allows ${RELAY_STATE_BYTES}.`,
    why: 'Some service providers cut it off or refuse it. It is sent unmodified all the same.',
    remedy: 'Use a shorter one. What a service provider sent with its request is its own business.',
  };
};

const plainHttp: Rule = ({ acsUrl }) => {
  const { protocol, hostname } = new URL(acsUrl);
  if (protocol !== 'http:' || LOOPBACK.test(hostname)) return undefined;
  return {
    code: 'acs-plain-http',
    severity: 'warning',
    what: `The response is posted to ${hostname} over plain http.`,
    why: 'Browsers warn before they send the form, cookies with SameSite=None are lost there, and anybody on the way can read it.',
    remedy: 'Register an AssertionConsumerService with https.',
  };
};

const wireClock: Rule = ({ wire, clock, response }) => {
  const differs = clock.frozenAt !== null || Math.abs(clock.offsetMs) >= MINUTE_MS;
  if (wire !== 'instance' || !differs) return undefined;
  return {
    code: 'wire-clock-moved',
    severity: 'problem',
    what: `The times in this response follow the organization’s clock, which ${clock.frozenAt === null ? 'was moved' : 'stands still'}: it says ${response.issueInstant ?? 'nothing'}.`,
    why: 'A service provider that keeps real time finds it expired, or not valid yet.',
    remedy: 'Put the clock back, or set time.wire to real.',
  };
};

const unsolicited: Rule = ({ response, application: { displayName, settings } }) =>
  response.inResponseTo === null
    ? {
        code: 'unsolicited',
        severity: 'note',
        what: 'Nobody asked for this response: it names no request (IdP-initiated).',
        why: 'Service providers that accept only answers to their own requests refuse it, often with “InResponseTo is missing”.',
        remedy:
          settings.startUrl === null
            ? `If ${displayName} is one of them, give it a start URL: its tile then begins the sign-on there.`
            : 'Open the application by its tile: that begins at the start URL.',
      }
    : undefined;

/** How long the assertion may be used, and how far its beginning lies back. */
function validity({ response: { assertion, issueInstant } }: Advised) {
  const issuedAt = instant(issueInstant);
  const from = instant(assertion?.conditions.notBefore);
  const until = instant(assertion?.conditions.notOnOrAfter);
  return {
    lastsMs: issuedAt === undefined || until === undefined ? undefined : until - issuedAt,
    skewMs: issuedAt === undefined || from === undefined ? undefined : issuedAt - from,
  };
}

const short: Rule = (advised) => {
  const { lastsMs = Infinity } = validity(advised);
  return lastsMs < 5 * MINUTE_MS
    ? {
        code: 'session-short',
        severity: 'warning',
        what: `It may be used for ${Math.round(lastsMs / 1000)} seconds.`,
        why: 'A service provider whose clock is a little fast finds it expired when it arrives.',
        remedy: 'Make the application’s session duration five minutes or longer.',
      }
    : undefined;
};

const long: Rule = (advised) => {
  const { lastsMs = 0 } = validity(advised);
  return lastsMs > DAY_MS
    ? {
        code: 'session-long',
        severity: 'note',
        what: `It may be used for ${Math.round(lastsMs / DAY_MS)} days.`,
        why: 'Some service providers refuse assertions that live longer than a day, and whoever gets hold of one can use it as long.',
        remedy: 'Shorten the application’s session duration.',
      }
    : undefined;
};

const noSkew: Rule = (advised) => {
  const { skewMs = Infinity } = validity(advised);
  return skewMs <= 0
    ? {
        code: 'no-skew',
        severity: 'warning',
        what: 'It is valid from the very instant at which it was made.',
        why: 'A service provider whose clock is a little slow says that it isn’t valid yet.',
        remedy: 'Let NotBefore lie back a minute: the application’s setting notBeforeSkew.',
      }
    : undefined;
};

const unsignedRequest: Rule = ({ request, application: { relyingParty } }) =>
  request && !request.signed && relyingParty.requestSigningCertificates.length > 0
    ? {
        code: 'request-not-signed',
        severity: 'note',
        what: 'The request wasn’t signed, though the service provider’s metadata has a certificate for that.',
        why: 'It is answered all the same, unless signed requests are required.',
        remedy: 'If it is meant to sign, look at the service provider, or require it: signedRequests.',
      }
    : undefined;

/** About where and when it arrives, and what it answers. */
export const DELIVERY_RULES: readonly Rule[] = [
  ...[wireClock, relayState, plainHttp, short, noSkew, unsolicited, long, unsignedRequest],
];
