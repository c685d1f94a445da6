import { z } from 'zod';
import type { Application } from '../../domain/applications/application.ts';
import { toIso } from '../../foundation/platform/clock.ts';
import { OUTCOMES } from '../../flows/idp/exchanges/conversation.ts';
import type { ApplicationId } from '../../foundation/platform/ids.ts';
import type { Conversation } from './conversations.ts';
import { exchangeFactsSchema, readExchangeFacts, type ExchangeFacts } from './exchanges.ts';

export const findingView = z
  .strictObject({
    code: z.string().describe('The rule that let it pass.'),
    message: z.string(),
    reference: z.string().describe('The section of the standard that it breaks, or what AWS does.'),
  })
  .meta({ id: 'Finding' });

/** A conversation as the control API returns it, and as the console lets it be taken. */
export const conversationView = z
  .strictObject({
    id: z.string().describe('The ID of the Response, or an id of its own for a refused request.'),
    applicationId: z.string(),
    applicationKey: z.string(),
    outcome: z
      .enum(OUTCOMES)
      .describe(
        'answered: with an assertion; status: with a status that says why there is none; refused: with an error page for the user.',
      ),
    refusal: z
      .strictObject({ reason: z.string(), message: z.string().describe('What the page said.') })
      .nullable()
      .describe('Why the request was refused; null if a response was sent.'),
    userId: z.string().nullable(),
    userName: z.string().nullable().describe('Null if the user wasn’t known.'),
    initiatedBy: z.enum(['service-provider', 'identity-provider']),
    requestXml: z
      .string()
      .nullable()
      .describe('The AuthnRequest as received; null if there was none, or it couldn’t be decoded.'),
    responseXml: z.string().nullable().describe('The Response as sent; null for a refused request.'),
    acsUrl: z.string().nullable(),
    relayState: z.string().nullable(),
    status: z.string().nullable().describe('The Response’s top-level status code.'),
    findings: z.array(findingView).describe('What was odd about the request, and was let pass.'),
    createdAt: z.iso.datetime(),
    ...exchangeFactsSchema.shape,
  })
  .meta({ id: 'InstanceExchange' });

export type ConversationView = z.output<typeof conversationView>;

const NO_FACTS: ExchangeFacts = { inResponseTo: null, signed: [], assertion: null };

/** Describes a conversation. Parses its response, which is for showing only. */
export async function presentConversation(
  conversation: Conversation,
  { id: applicationId, key: applicationKey }: { id: ApplicationId; key: Application['key'] },
): Promise<ConversationView> {
  const { id, outcome, user, initiatedBy, requestXml, relayState, findings, at } = conversation;
  const isRefused = conversation.outcome === 'refused';
  return {
    ...{ id, applicationId, applicationKey, outcome },
    refusal: isRefused ? { reason: conversation.reason, message: conversation.message } : null,
    ...{ userId: user?.id ?? null, userName: user?.userName ?? null, initiatedBy, requestXml, relayState },
    responseXml: isRefused ? null : conversation.responseXml,
    acsUrl: isRefused ? null : conversation.acsUrl,
    status: isRefused ? null : conversation.status,
    ...{ findings: [...findings], createdAt: toIso(at) },
    ...(isRefused ? NO_FACTS : await readExchangeFacts(conversation)),
  };
}
