import { z } from 'zod';
import { findExchange, type Exchange } from '../../flows/idp/exchanges/store.ts';
import { takeExchanges } from '../../flows/idp/exchanges/commands.ts';
import type { Work } from '../../domain/audit/commands.ts';
import type { Sealer } from '../../foundation/platform/crypto.ts';
import type { ApplicationId, InstanceId } from '../../foundation/platform/ids.ts';
import { notFound } from '../../foundation/platform/errors.ts';
import type { Queries } from '../../foundation/storage/database.ts';
import { readResponse, type ReceivedResponse } from '../../protocols/saml/read-response.ts';

/** How many exchanges one transaction takes, if they have no more than a mebibyte together. */
export const MAX_TAKEN = 100;

/** The content of a response, for tests that don't want to parse XML. */
export const exchangeFactsSchema = z.strictObject({
  inResponseTo: z
    .string()
    .nullable()
    .describe('The ID of the answered request; null if the response was unsolicited.'),
  signed: z.array(z.enum(['response', 'assertion'])).describe('Which parts are signed.'),
  assertion: z
    .strictObject({
      nameId: z.string().nullable(),
      nameIdFormat: z.string().nullable(),
      attributes: z.record(z.string(), z.array(z.string())).describe('The attributes’ values, by name.'),
      audiences: z.array(z.string()),
      recipient: z.string().nullable(),
      notBefore: z.string().nullable(),
      notOnOrAfter: z.string().nullable(),
      sessionIndex: z.string().nullable(),
      authnContextClassRef: z.string().nullable(),
    })
    .nullable()
    .describe('Null if the response contains no assertion; its status says why.'),
});

export type ExchangeFacts = z.output<typeof exchangeFactsSchema>;

/** Parses an exchange's response. The result isn't stored, so that sign-ons don't spend time on it. */
export async function readExchangeFacts({
  responseXml,
}: Pick<Exchange, 'responseXml'>): Promise<ExchangeFacts> {
  const response = await readResponse(responseXml);
  const signed: ExchangeFacts['signed'] = [];
  if (response?.signature) signed.push('response');
  if (response?.assertionSignature) signed.push('assertion');
  return { inResponseTo: response?.inResponseTo ?? null, signed, assertion: assertionOf(response) };
}

/** One exchange of an application. Throws ResourceNotFoundException. */
export async function requireExchange(
  queries: Queries,
  sealer: Sealer,
  scope: { instanceId: InstanceId; applicationId: ApplicationId },
  id: string,
): Promise<Exchange> {
  const found = await findExchange(queries, sealer, scope, id);
  if (!found) throw notFound('The exchange');
  return found;
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
 * Takes the oldest exchanges, at most `limit`, in batches: `run` runs each in a transaction of its own.
 * Another caller may take some of them between two batches.
 */
export async function takeExchangesInBatches(
  sealer: Sealer,
  run: <T>(body: (work: Work) => Promise<T>) => Promise<T>,
  scope: { instanceId: InstanceId; applicationId: ApplicationId },
  limit: number,
): Promise<Exchange[]> {
  const taken: Exchange[] = [];
  while (taken.length < limit) {
    const batch = Math.min(MAX_TAKEN, limit - taken.length);
    const some = await run((work) =>
      takeExchanges(work, sealer, scope.instanceId, scope.applicationId, batch),
    );
    taken.push(...some);
    if (some.length === 0) break;
  }
  return taken;
}
