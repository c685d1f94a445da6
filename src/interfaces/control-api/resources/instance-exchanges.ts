import { z } from 'zod';
import { findApplicationBy } from '../../../administration/operations/applications.ts';
import {
  conversationView,
  presentConversation,
} from '../../../administration/operations/conversation-view.ts';
import {
  deleteAllConversations,
  deleteOneConversation,
  listConversations,
  redactConversation,
  requireConversation,
  type Conversation,
} from '../../../administration/operations/conversations.ts';
import { MAX_TAKEN } from '../../../administration/operations/exchanges.ts';
import { listAllApplications } from '../../../domain/applications/store.ts';
import { OUTCOMES } from '../../../flows/idp/exchanges/conversation.ts';
import type { InstanceId } from '../../../foundation/platform/ids.ts';
import { openInstance, type ControlNeeds } from '../contract/api.ts';
import { route, type Route } from '../contract/route.ts';
import {
  listOf,
  organizationParams,
  pageQuery,
  reference,
  searched,
  trueOrFalse,
} from '../contract/schemas.ts';

const LIMIT = { error: 'Expected a whole number from 1 to 100.' };

const redact = z
  .enum(['true', 'false'], { error: 'redact must be true or false.' })
  .default('false')
  .describe('true: without names, attribute values, RelayState and signatures.');

const moment = z.iso
  .datetime({ offset: true, error: 'Expected an instant such as 2026-05-05T14:00:00Z.' })
  .optional()
  .transform((text) => (text === undefined ? undefined : Date.parse(text)));

const exchangesQuery = pageQuery.extend({
  // An exchange can be large, so a page holds fewer than elsewhere.
  limit: z.coerce.number(LIMIT).int(LIMIT).min(1, LIMIT).max(MAX_TAKEN, LIMIT).default(20),
  redact,
  application: reference.optional().describe('The id or key of an application.'),
  user: searched.describe('A part of the user name.'),
  outcome: z.enum(OUTCOMES, { error: `Expected one of ${OUTCOMES.join(', ')}.` }).optional(),
  initiatedBy: z.enum(['service-provider', 'identity-provider']).optional(),
  findings: trueOrFalse.describe('Whether something about the request was odd.'),
  startAt: moment.describe('From this instant on.'),
  endAt: moment.describe('Before this instant.'),
});
const oneQuery = z.strictObject({ redact });
const exchangeParams = organizationParams.extend({ exchange: reference.describe('The exchange’s id.') });

/** The operations on the SAML conversations with all applications of an instance, refused ones included. */
export function instanceExchangeRoutes(needs: ControlNeeds): Route[] {
  const { db, sealer } = needs;
  const reading = { queries: db.read, sealer };

  const keysOf = async (instanceId: InstanceId) =>
    new Map((await listAllApplications(db.read, instanceId)).map(({ id, key }) => [id, key]));
  const present = async (instanceId: InstanceId, found: readonly Conversation[], hide: 'true' | 'false') => {
    const keys = await keysOf(instanceId);
    const shown = hide === 'true' ? found.map(redactConversation) : found;
    return Promise.all(
      shown.map((each) =>
        presentConversation(each, { id: each.applicationId, key: keys.get(each.applicationId) ?? '' }),
      ),
    );
  };

  return [
    route({
      id: 'listInstanceExchanges',
      method: 'GET',
      path: '/organizations/:organization/exchanges',
      summary:
        'Lists SAML conversations with all applications, newest first, with those that were refused with an error page. A page can be empty although others follow.',
      params: organizationParams,
      query: exchangesQuery,
      status: 200,
      returns: listOf(conversationView),
      async respond(caller, { params, query }) {
        const { instance } = await openInstance(needs, caller, params.organization);
        const { application, user, outcome, initiatedBy, findings: odd, startAt, endAt, ...page } = query;
        const applicationId =
          application === undefined
            ? undefined
            : (await findApplicationBy(db.read, instance, application)).id;
        const search = { applicationId, user, outcome, initiatedBy, odd, startAt, endAt };
        const { items, cursor } = await listConversations(reading, instance, search, page);
        return { items: await present(instance.id, items, query.redact), cursor };
      },
    }),
    route({
      id: 'getInstanceExchange',
      method: 'GET',
      path: '/organizations/:organization/exchanges/:exchange',
      summary: 'Shows a SAML conversation with any application, or a refused request, with its XML.',
      params: exchangeParams,
      query: oneQuery,
      status: 200,
      returns: conversationView,
      async respond(caller, { params, query }) {
        const { instance } = await openInstance(needs, caller, params.organization);
        const found = await requireConversation(reading, instance, params.exchange);
        const [shown] = await present(instance.id, [found], query.redact);
        if (!shown) throw new Error('One conversation is presented as one.');
        return shown;
      },
    }),
    route({
      id: 'deleteInstanceExchange',
      method: 'DELETE',
      path: '/organizations/:organization/exchanges/:exchange',
      summary: 'Deletes one SAML conversation or refused request.',
      params: exchangeParams,
      status: 204,
      async respond(caller, { params }) {
        const { instance, run } = await openInstance(needs, caller, params.organization);
        await run((work) => deleteOneConversation(work, instance, params.exchange));
      },
    }),
    route({
      id: 'deleteInstanceExchanges',
      method: 'DELETE',
      path: '/organizations/:organization/exchanges',
      summary: 'Deletes all SAML conversations and refused requests of all applications.',
      params: organizationParams,
      status: 204,
      async respond(caller, { params }) {
        const { instance, run } = await openInstance(needs, caller, params.organization);
        await run((work) => deleteAllConversations(work, instance));
      },
    }),
  ];
}
