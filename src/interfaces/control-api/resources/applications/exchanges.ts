import { z } from 'zod';
import { listExchanges, redactExchange, type Exchange } from '../../../../flows/idp/exchanges/store.ts';
import { deleteExchanges, takeExchanges } from '../../../../flows/idp/exchanges/commands.ts';
import { findingView } from '../../../../administration/operations/conversation-view.ts';
import { findApplicationBy } from '../../../../administration/operations/applications.ts';
import {
  exchangeFactsSchema,
  readExchangeFacts,
  requireExchange,
  MAX_TAKEN,
} from '../../../../administration/operations/exchanges.ts';
import { toIso } from '../../../../foundation/platform/clock.ts';
import { openInstance, type ControlNeeds } from '../../contract/api.ts';
import { applicationParams } from './application-view.ts';
import { route, type Route } from '../../contract/route.ts';
import { instant, listOf, pageQuery, reference } from '../../contract/schemas.ts';

const exchangeView = z
  .strictObject({
    id: z.string(),
    userId: z.string().nullable(),
    userName: z.string().nullable().describe('Null if the response was sent before the user was known.'),
    initiatedBy: z.enum(['service-provider', 'identity-provider']),
    requestXml: z.string().nullable().describe('The AuthnRequest as received.'),
    responseXml: z.string().describe('The Response as sent.'),
    acsUrl: z.string(),
    relayState: z.string().nullable(),
    status: z.string().describe('The Response’s top-level status code.'),
    findings: z.array(findingView).describe('What was odd about the request, and was answered all the same.'),
    createdAt: instant,
    ...exchangeFactsSchema.shape,
  })
  .meta({ id: 'Exchange' });

async function present({ user, at, ...exchange }: Exchange): Promise<z.output<typeof exchangeView>> {
  const { id, initiatedBy, requestXml, responseXml, acsUrl, relayState, status, findings } = exchange;
  return {
    ...{ id, userId: user?.id ?? null, userName: user?.userName ?? null, initiatedBy },
    ...{ requestXml, responseXml, acsUrl, relayState, status, createdAt: toIso(at) },
    findings: [...findings],
    ...(await readExchangeFacts(exchange)),
  };
}

const LIMIT = { error: 'Expected a whole number from 1 to 100.' };

/** An exchange can be large, so a page holds fewer than elsewhere. */
const limit = z.coerce
  .number(LIMIT)
  .int(LIMIT)
  .min(1, LIMIT)
  .max(MAX_TAKEN, LIMIT)
  .default(20)
  .describe(
    'How many are returned at most. Together they have about a mebibyte at most, unless it is a single one.',
  );
const redact = z
  .enum(['true', 'false'], { error: 'redact must be true or false.' })
  .default('false')
  .describe('true: without names, attribute values, RelayState and signatures.');
const exchangesQuery = pageQuery.extend({ limit, redact });
const oneQuery = z.strictObject({ redact });
const exchangeParams = applicationParams.extend({
  exchange: reference.describe('The exchange’s id: the ID of its Response.'),
});
const takeQuery = z.strictObject({ limit, redact });

const presentOne = (exchange: Exchange, { redact: hide }: { redact: 'true' | 'false' }) =>
  present(hide === 'true' ? redactExchange(exchange) : exchange);
const presentAll = (exchanges: readonly Exchange[], query: { redact: 'true' | 'false' }) =>
  Promise.all(exchanges.map((each) => presentOne(each, query)));

/** The operations on the SAML conversations with an application's service provider. */
export function exchangeRoutes(needs: ControlNeeds): Route[] {
  const { db, sealer } = needs;
  return [
    route({
      id: 'listExchanges',
      method: 'GET',
      path: '/organizations/:organization/applications/:application/exchanges',
      summary: 'Lists SAML conversations with their XML, newest first.',
      params: applicationParams,
      query: exchangesQuery,
      status: 200,
      returns: listOf(exchangeView),
      async respond(caller, { params, query }) {
        const { instance } = await openInstance(needs, caller, params.organization);
        const { id } = await findApplicationBy(db.read, instance, params.application);
        const { items, cursor } = await listExchanges(db.read, sealer, instance.id, id, query);
        return { items: await presentAll(items, query), cursor };
      },
    }),
    route({
      id: 'getExchange',
      method: 'GET',
      path: '/organizations/:organization/applications/:application/exchanges/:exchange',
      summary: 'Shows a SAML conversation with its XML.',
      params: exchangeParams,
      query: oneQuery,
      status: 200,
      returns: exchangeView,
      async respond(caller, { params, query }) {
        const { instance } = await openInstance(needs, caller, params.organization);
        const application = await findApplicationBy(db.read, instance, params.application);
        const of = { instanceId: instance.id, applicationId: application.id };
        return presentOne(await requireExchange(db.read, sealer, of, params.exchange), query);
      },
    }),
    route({
      id: 'takeExchanges',
      method: 'POST',
      path: '/organizations/:organization/applications/:application/exchanges/take',
      summary:
        'Takes SAML conversations, oldest first, and deletes them, so that each is given to one client only.',
      params: applicationParams,
      query: takeQuery,
      status: 200,
      returns: z.strictObject({ items: z.array(exchangeView) }),
      async respond(caller, { params, query }) {
        const { instance, run } = await openInstance(needs, caller, params.organization);
        const taken = await run(async (work) => {
          const { id } = await findApplicationBy(work.tx, instance, params.application);
          return takeExchanges(work, sealer, instance.id, id, query.limit);
        });
        return { items: await presentAll(taken, query) };
      },
    }),
    route({
      id: 'deleteExchanges',
      method: 'DELETE',
      path: '/organizations/:organization/applications/:application/exchanges',
      summary: 'Deletes all SAML conversations of an application.',
      params: applicationParams,
      status: 204,
      async respond(caller, { params }) {
        const { instance, run } = await openInstance(needs, caller, params.organization);
        await run(async (work) => {
          const { id } = await findApplicationBy(work.tx, instance, params.application);
          await deleteExchanges(work, instance.id, id);
        });
      },
    }),
  ];
}
