import { z } from 'zod';
import { type Exchange } from '../../flows/idp/exchanges/store.ts';
import { takeExchanges } from '../../flows/idp/exchanges/commands.ts';
import type { Work } from '../../domain/audit/commands.ts';
import type { ApplicationId, InstanceId } from '../../foundation/platform/ids.ts';
import { readResponse, type ReceivedResponse } from '../../protocols/saml/read-response.ts';

/** How many conversations are taken in one transaction: each can hold half a mebibyte. */
export const MOST_TAKEN = 100;

/** What a response says, for tests to look at without reading XML. */
export const exchangeFactsSchema = z.strictObject({
  inResponseTo: z.string().nullable().describe('The ID of the request; null when nobody asked.'),
  signed: z.array(z.enum(['response', 'assertion'])).describe('Which of the two carry a signature.'),
  assertion: z
    .strictObject({
      nameId: z.string().nullable(),
      nameIdFormat: z.string().nullable(),
      attributes: z.record(z.string(), z.array(z.string())).describe('The values of each, by name.'),
      audiences: z.array(z.string()),
      recipient: z.string().nullable(),
      notBefore: z.string().nullable(),
      notOnOrAfter: z.string().nullable(),
      sessionIndex: z.string().nullable(),
      authnContextClassRef: z.string().nullable(),
    })
    .nullable()
    .describe('Null where the response says why there is none.'),
});

export type ExchangeFacts = z.output<typeof exchangeFactsSchema>;

/** Reads what the response of a conversation says. It isn't kept beside the XML: nothing is read twice on the way out. */
export async function readExchangeFacts({
  responseXml,
}: Pick<Exchange, 'responseXml'>): Promise<ExchangeFacts> {
  const response = await readResponse(responseXml);
  const signed: ExchangeFacts['signed'] = [];
  if (response?.signature) signed.push('response');
  if (response?.assertionSignature) signed.push('assertion');
  return { inResponseTo: response?.inResponseTo ?? null, signed, assertion: assertionOf(response) };
}

function assertionOf(response: ReceivedResponse | undefined): ExchangeFacts['assertion'] {
  const assertion = response?.assertion;
  if (!assertion) return null;
  const { nameId, conditions, session } = assertion;
  const attributes = new Map<string, string[]>();
  for (const { name, values } of assertion.attributes)
    attributes.set(name, [...(attributes.get(name) ?? []), ...values]);
  return {
    nameId: nameId?.value ?? null,
    nameIdFormat: nameId?.format ?? null,
    attributes: Object.fromEntries(attributes),
    audiences: [...conditions.audiences],
    recipient: assertion.confirmations[0]?.recipient ?? null,
    notBefore: conditions.notBefore,
    notOnOrAfter: conditions.notOnOrAfter,
    sessionIndex: session?.sessionIndex ?? null,
    authnContextClassRef: session?.authnContextClassRef ?? null,
  };
}

/**
 * Takes up to `limit` of the oldest conversations, a bounded number in each transaction: `run` begins one. Who takes until
 * none is left gets all of them, though others may take some meanwhile.
 */
export async function takeExchangesInBatches(
  run: <T>(body: (work: Work) => Promise<T>) => Promise<T>,
  of: { instanceId: InstanceId; applicationId: ApplicationId },
  limit: number,
): Promise<Exchange[]> {
  const taken: Exchange[] = [];
  while (taken.length < limit) {
    const most = Math.min(MOST_TAKEN, limit - taken.length);
    const some = await run((work) => takeExchanges(work, of.instanceId, of.applicationId, most));
    taken.push(...some);
    if (some.length < most) break;
  }
  return taken;
}
