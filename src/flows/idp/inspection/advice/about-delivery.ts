import { durationWords } from '../../../../../views/words.ts';
import { DAY_MS, MINUTE_MS } from '../../../../foundation/platform/clock.ts';
import { isLoopbackName } from '../../../../foundation/platform/loopback.ts';
import { parseInstant } from '../../../../protocols/saml/xml/instant.ts';
import type { Advised, Rule } from './advice.ts';

/** The standard's limit (saml-bindings-2.0 §3.4.3). */
const RELAY_STATE_BYTES = 80;

const instant = (text: string | null | undefined) => (text == null ? undefined : parseInstant(text));

const relayState: Rule = ({ relayState: given }) => {
  const bytes = Buffer.byteLength(given ?? '');
  if (bytes <= RELAY_STATE_BYTES) return undefined;
  return {
    code: 'relay-state-long',
    severity: 'warning',
    what: `The RelayState has ${bytes} bytes; the standard allows ${RELAY_STATE_BYTES}.`,
    why: 'Some service providers cut it off or refuse it. It is sent unchanged nevertheless.',
    remedy: 'Use a shorter one. If the service provider sent it with its request, there is nothing to do.',
  };
};

const plainHttp: Rule = ({ acsUrl }) => {
  const { protocol, hostname } = new URL(acsUrl);
  if (protocol !== 'http:' || isLoopbackName(hostname)) return undefined;
  return {
    code: 'acs-plain-http',
    severity: 'warning',
    what: `The response is posted to ${hostname} over plain http.`,
    why: 'Browsers warn before they send the form, cookies with SameSite=None are lost, and anyone on the network can read it.',
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
    why: 'To a service provider that uses real time, it has expired or isn’t valid yet.',
    remedy: 'Reset the clock, or set time.wire to real.',
  };
};

const unsolicited: Rule = ({ response, application: { displayName, settings } }) =>
  response.inResponseTo === null
    ? {
        code: 'unsolicited',
        severity: 'note',
        what: 'This response is unsolicited: it answers no request (IdP-initiated).',
        why: 'Service providers that accept only answers to their own requests refuse it, often with “InResponseTo is missing”.',
        remedy:
          settings.startUrl === null
            ? `If ${displayName} is one of them, give it a start URL, so that its tile starts the sign-on there.`
            : 'Open the application by its tile, which starts at the start URL.',
      }
    : undefined;

/** How long the assertion is valid, and how far NotBefore lies before its issue. */
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
        what: `It is valid for ${durationWords(lastsMs)}.`,
        why: 'To a service provider whose clock is a little fast, it has expired when it arrives.',
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
        what: `It is valid for ${durationWords(lastsMs)}.`,
        why: 'Some service providers refuse assertions that are valid for more than a day, and a stolen one can be used as long.',
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
        what: 'It isn’t valid before the moment it was issued.',
        why: 'To a service provider whose clock is a little slow, it isn’t valid yet.',
        remedy: 'Set NotBefore a minute back, by the application’s setting notBeforeSkew.',
      }
    : undefined;
};

const unsignedRequest: Rule = ({ request, application: { relyingParty } }) =>
  request && !request.signed && relyingParty.requestSigningCertificates.length > 0
    ? {
        code: 'request-not-signed',
        severity: 'note',
        what: 'The request wasn’t signed, although the service provider has a certificate for signing.',
        why: 'It is answered nevertheless, unless signed requests are required.',
        remedy:
          'If requests should be signed, correct the service provider, or require it by the setting signedRequests.',
      }
    : undefined;

/** The rules about the delivery, the times, and the request. */
export const DELIVERY_RULES: readonly Rule[] = [
  ...[wireClock, relayState, plainHttp, short, noSkew, unsolicited, long, unsignedRequest],
];
