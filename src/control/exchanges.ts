import { z } from 'zod';
import { deleteExchanges, listExchanges, type Exchange } from '../idp/exchanges.ts';
import { findApplicationBy } from '../operator/applications.ts';
import { toIso } from '../platform/clock.ts';
import { openInstance, type ControlNeeds } from './api.ts';
import { applicationParams } from './application-view.ts';
import { route, type Route } from './route.ts';
import { instant, listOf, pageQuery } from './schemas.ts';

const exchangeView = z
  .strictObject({
    id: z.string(),
    userId: z.string().nullable(),
    userName: z.string().nullable().describe('Null when the answer went out before anybody was known.'),
    initiatedBy: z.enum(['service-provider', 'identity-provider']),
    requestXml: z.string().nullable().describe('The AuthnRequest as it was received.'),
    responseXml: z.string().describe('The Response as it was sent.'),
    acsUrl: z.string(),
    relayState: z.string().nullable(),
    status: z.string().describe('The top status code of the Response.'),
    createdAt: instant,
  })
  .meta({ id: 'Exchange' });

function present({ user, at, ...exchange }: Exchange): z.output<typeof exchangeView> {
  const { id, initiatedBy, requestXml, responseXml, acsUrl, relayState, status } = exchange;
  return {
    ...{ id, userId: user?.id ?? null, userName: user?.userName ?? null, initiatedBy },
    ...{ requestXml, responseXml, acsUrl, relayState, status, createdAt: toIso(at) },
  };
}

const LIMIT = { error: 'Expected a whole number from 1 to 100.' };

/** Each can hold a quarter of a mebibyte: fewer at once than elsewhere. */
const exchangesQuery = pageQuery.extend({
  limit: z.coerce.number(LIMIT).int(LIMIT).min(1, LIMIT).max(100, LIMIT).default(20),
});

/** What went to and fro between an application's service provider and us. */
export function exchangeRoutes(needs: ControlNeeds): Route[] {
  const { db } = needs;
  return [
    route({
      id: 'listExchanges',
      method: 'GET',
      path: '/organizations/:organization/applications/:application/exchanges',
      summary: 'Lists SAML conversations with their XML, the newest first.',
      params: applicationParams,
      query: exchangesQuery,
      status: 200,
      returns: listOf(exchangeView),
      async respond(caller, { params, query }) {
        const { instance } = await openInstance(needs, caller, params.organization);
        const { id } = await findApplicationBy(db.read, instance, params.application);
        const { items, cursor } = await listExchanges(db.read, instance.id, id, query);
        return { items: items.map(present), cursor };
      },
    }),
    route({
      id: 'deleteExchanges',
      method: 'DELETE',
      path: '/organizations/:organization/applications/:application/exchanges',
      summary: 'Forgets all SAML conversations of an application.',
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
