import { z } from 'zod';
import { ExchangePage } from '../../../../views/console/exchanges/exchange.tsx';
import { AllExchangesPage } from '../../../../views/console/exchanges/list.tsx';
import { presentConversation } from '../../../administration/operations/conversation-view.ts';
import {
  redactConversation,
  requireConversation,
  type Conversation,
} from '../../../administration/operations/conversations.ts';
import type { Application } from '../../../domain/applications/application.ts';
import { findApplication } from '../../../domain/applications/store.ts';
import type { Ctx, Mount } from '../../../foundation/http/context.ts';
import { notFound } from '../../../foundation/platform/errors.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { doneText } from '../frame/fields.ts';
import { consolePage } from '../frame/handlers.ts';
import { exchangeList, exchangesQuery, requireFullAccess } from './exchange-list.ts';
import { shownExchange } from './shown-exchange.ts';

export const EXCHANGES_PATH = '/:instance/console/exchanges';

export const exchangeParams = z.object({ exchange: z.string().max(200) });
const redactQuery = z.object({ redact: z.enum(['true', 'false']).default('false') });
const redacted = { params: exchangeParams, query: redactQuery };

const DONE: Readonly<Record<string, string>> = {
  deleted: 'The exchange was deleted.',
  emptied: 'All exchanges were deleted.',
};

/** The SAML conversations with all applications of an instance; one of them, and what can be taken of it. */
export function exchangeRoutes(needs: ConsoleNeeds): Mount {
  return (router) => {
    router.get(
      EXCHANGES_PATH,
      consolePage(needs, { query: exchangesQuery }, async (ctx, console, { query }) => {
        requireFullAccess(console);
        const here = `${console.homeHref}/exchanges`;
        const list = await exchangeList(needs, console, query, { here });
        const done = doneText(DONE, query.done);
        needs.show(ctx, console.visit, (page) => <AllExchangesPage {...{ page, done, ...list }} />);
      }),
    );

    router.get(
      `${EXCHANGES_PATH}/:exchange`,
      consolePage(needs, redacted, async (ctx, console, { params, query }) => {
        const { conversation, application } = await open(needs, console, params.exchange, query);
        const { frame, visit, instance, homeHref } = console;
        const exchange = await shownExchange(conversation, {
          ...{ application, applicationHref: `${homeHref}/applications/${application.id}` },
          ...{ publicOrigin: needs.publicOrigin, directoryId: instance.directoryId },
          isRedacted: query.redact === 'true',
        });
        needs.show(ctx, visit, (page) => <ExchangePage {...{ page, frame, exchange }} />);
      }),
    );

    for (const part of ['request', 'response'] as const) {
      router.get(
        `${EXCHANGES_PATH}/:exchange/${part}.xml`,
        consolePage(needs, redacted, async (ctx, console, { params, query }) => {
          const { conversation } = await open(needs, console, params.exchange, query);
          const xml = messageOf(conversation, part);
          if (xml === null) throw notFound(`The ${part} of this exchange`);
          download(ctx, `${part}.xml`, xml, 'application/xml; charset=utf-8');
        }),
      );
    }

    router.get(
      `${EXCHANGES_PATH}/:exchange/exchange.json`,
      consolePage(needs, redacted, async (ctx, console, { params, query }) => {
        const { conversation, application } = await open(needs, console, params.exchange, query);
        const view = await presentConversation(conversation, application);
        download(ctx, 'exchange.json', `${JSON.stringify(view, null, 2)}\n`, 'application/json');
      }),
    );
  };
}

const messageOf = (conversation: Conversation, part: 'request' | 'response'): string | null =>
  part === 'request'
    ? conversation.requestXml
    : conversation.outcome === 'refused'
      ? null
      : conversation.responseXml;

/**
 * Always a download: a request can contain elements of HTML with a script, which a browser would run as a page of ours.
 */
function download(ctx: Ctx, name: string, text: string, type: string): void {
  ctx.body = text;
  ctx.attachment(name);
  ctx.type = type;
}

async function open(
  { db, sealer }: ConsoleNeeds,
  console: ConsoleVisit,
  id: string,
  { redact }: z.output<typeof redactQuery>,
): Promise<{ conversation: Conversation; application: Application }> {
  requireFullAccess(console);
  const { instance } = console;
  const conversation = await requireConversation({ queries: db.read, sealer }, instance, id);
  const application = await findApplication(db.read, instance.id, conversation.applicationId);
  if (!application) throw notFound('The exchange');
  return { conversation: redact === 'true' ? redactConversation(conversation) : conversation, application };
}
