import type { Selectable } from 'kysely';
import { openMessages } from '../../../src/flows/idp/exchanges/sealed-exchange.ts';
import type { Sealer } from '../../../src/foundation/platform/crypto.ts';
import type { Queries } from '../../../src/foundation/storage/database.ts';
import type { Tables } from '../../../src/foundation/storage/tables.ts';

/** The rows of all recorded exchanges in their order, with the messages in the clear. */
export async function keptExchanges(
  queries: Queries,
  sealer: Sealer,
): Promise<Selectable<Tables['exchanges']>[]> {
  const rows = await queries.selectFrom('exchanges').selectAll().orderBy('sequence').execute();
  return rows.map((row) => {
    const { id, request_xml: requestXml, response_xml: responseXml, relay_state: relayState } = row;
    const opened = openMessages(sealer, id, { requestXml, responseXml, relayState });
    return {
      ...row,
      request_xml: opened.requestXml,
      response_xml: opened.responseXml,
      relay_state: opened.relayState,
    };
  });
}
