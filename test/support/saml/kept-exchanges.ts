import assert from 'node:assert/strict';
import type { Selectable } from 'kysely';
import { openMessages } from '../../../src/flows/idp/exchanges/sealed-exchange.ts';
import type { Sealer } from '../../../src/foundation/platform/crypto.ts';
import type { Queries } from '../../../src/foundation/storage/database.ts';
import type { Tables } from '../../../src/foundation/storage/tables.ts';

/** A row of an exchange with its messages in the clear. */
type KeptExchange = Omit<Selectable<Tables['exchanges']>, 'messages' | 'odd'> & {
  readonly request_xml: string | null;
  readonly response_xml: string;
  readonly relay_state: string | null;
};

/** The rows of all recorded exchanges in their order, with the messages in the clear. */
export async function keptExchanges(queries: Queries, sealer: Sealer): Promise<KeptExchange[]> {
  const rows = await queries.selectFrom('exchanges').selectAll().orderBy('sequence').execute();
  return rows.map(({ messages, odd, ...row }) => {
    // The database computes it.
    assert.equal(odd, row.findings === '[]' ? 0 : 1);
    const { requestXml, responseXml, relayState } = openMessages(sealer, row.id, messages);
    return { ...row, request_xml: requestXml, response_xml: responseXml, relay_state: relayState };
  });
}
