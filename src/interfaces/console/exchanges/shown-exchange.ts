import type { ShownExchange, ShownMessage } from '../../../../views/console/exchanges/exchange.tsx';
import type { SequenceStep } from '../../../../views/components/sequence/step.ts';
import type { Conversation } from '../../../administration/operations/conversations.ts';
import { readExchangeFacts } from '../../../administration/operations/exchanges.ts';
import type { Application } from '../../../domain/applications/application.ts';
import { addressesOf } from '../../../flows/idp/addresses.ts';
import { refusedSteps, signOnSteps, type SignOnStart } from '../../../flows/idp/sequence/sign-on-steps.ts';
import { whenOf } from '../../../flows/visit/when.ts';
import type { DirectoryId } from '../../../foundation/platform/ids.ts';
import { readResponse, type ReceivedResponse } from '../../../protocols/saml/read-response.ts';
import { findCoverage } from '../../../protocols/saml/signature/coverage.ts';
import { boundXml } from '../../../protocols/saml/xml/bounded-xml.ts';
import { parseInstant } from '../../../protocols/saml/xml/instant.ts';
import { shortStatus } from './exchange-list.ts';

/** The larger ones are shown without what is signed: finding it out takes longer the larger they are. */
const COVERED_LIMITS = { bytes: 256 * 1024, nodes: 5000 };

/** The ids of the parts of the page with the two messages. */
const ON_PAGE = {
  request: { is: 'on-page', id: 'request' },
  response: { is: 'on-page', id: 'response' },
} as const;

export interface ExchangePlace {
  readonly application: Application;
  readonly applicationHref: string;
  readonly publicOrigin: string;
  readonly directoryId: DirectoryId;
  readonly isRedacted: boolean;
}

/** Describes a conversation for its page. Everything in its messages is only shown, and never trusted. */
export async function shownExchange(
  conversation: Conversation,
  { application, applicationHref, publicOrigin, directoryId, isRedacted }: ExchangePlace,
): Promise<ShownExchange> {
  const { id, at, user, initiatedBy, outcome, requestXml, relayState, findings } = conversation;
  const isRefused = conversation.outcome === 'refused';
  const facts = isRefused ? undefined : await readExchangeFacts(conversation);
  const { ssoUrl } = addressesOf(publicOrigin, directoryId, application.id);
  const { requestSigningCertificates } = application.relyingParty;
  return {
    ...{ id, at: whenOf(at), userName: user?.userName, initiatedBy, outcome, isRedacted },
    ...{ applicationName: application.displayName, applicationHref, relayState, findings },
    status: isRefused ? conversation.reason : shortStatus(conversation.status),
    message: isRefused ? conversation.message : null,
    acsUrl: isRefused ? null : conversation.acsUrl,
    inResponseTo: facts?.inResponseTo ?? null,
    assertion: facts?.assertion ?? null,
    steps: await stepsOf(conversation, ssoUrl),
    request: requestXml === null ? null : await shownMessage(requestXml, requestSigningCertificates),
    // We made it, and its certificate can have been deleted since: its key isn't judged.
    response: isRefused ? null : await shownMessage(conversation.responseXml),
  };
}

async function shownMessage(xml: string, certificates?: readonly string[]): Promise<ShownMessage> {
  const bounded = boundXml(xml, COVERED_LIMITS);
  return { xml, coverage: bounded.ok ? await findCoverage(bounded.xml, certificates) : undefined };
}

async function stepsOf(conversation: Conversation, ssoUrl: string): Promise<SequenceStep[]> {
  const { initiatedBy, at, relayState, requestXml } = conversation;
  const start: SignOnStart =
    initiatedBy === 'identity-provider'
      ? { at: 'identity-provider', address: null }
      : {
          at: 'service-provider',
          begun: null,
          request: {
            ...{ binding: null, ssoUrl, relayState },
            message: requestXml === null ? { is: 'unread' } : ON_PAGE.request,
          },
        };
  if (conversation.outcome === 'refused') {
    const { reason, message } = conversation;
    return refusedSteps(start, { at, reason, message });
  }
  const response = await readResponse(conversation.responseXml);
  return signOnSteps({
    start,
    signIn: statedSignIn(response),
    response: {
      issuedAt: instantOf(response?.issueInstant),
      ...{ acsUrl: conversation.acsUrl, relayState, message: ON_PAGE.response },
    },
    end: { is: 'unknown' },
  });
}

function statedSignIn(response: ReceivedResponse | undefined) {
  if (!response?.assertion) return null;
  const { session } = response.assertion;
  return {
    is: 'stated',
    at: instantOf(session?.authnInstant),
    contextClass: session?.authnContextClassRef ?? null,
  } as const;
}

const instantOf = (text: string | null | undefined) => parseInstant(text ?? '') ?? null;
