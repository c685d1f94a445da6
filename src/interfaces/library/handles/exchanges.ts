import { z } from 'zod';
import {
  findExchange,
  listExchanges,
  redactExchange,
  type Exchange as Stored,
} from '../../../flows/idp/exchanges/store.ts';
import { deleteExchanges } from '../../../flows/idp/exchanges/commands.ts';
import { readExchangeFacts, takeExchangesInBatches } from '../../../administration/operations/exchanges.ts';
import { toIso } from '../../../foundation/platform/clock.ts';
import type { ApplicationId } from '../../../foundation/platform/ids.ts';
import type { Exchange, Exchanges } from '../types/exchanges.ts';
import { readAllPages, type PageRequest } from '../../../foundation/storage/paging.ts';
import type { HandleContext } from './context.ts';

/** As many as an application keeps by default. */
const MAX_EXCHANGES = 1000;
const redact = z.boolean().default(false);
const listSchema = z.strictObject({ redact }).prefault({});
const takeSchema = z
  .strictObject({ redact, limit: z.int().min(1).max(MAX_EXCHANGES).default(MAX_EXCHANGES) })
  .prefault({});

export function createExchanges({ needs, open }: HandleContext, applicationId: ApplicationId): Exchanges {
  const { db, sealer } = needs;
  return {
    list: async (given) => {
      const { redact: hide } = listSchema.parse(given);
      const { instance } = await open();
      const read = (page: PageRequest) => listExchanges(db.read, sealer, instance.id, applicationId, page);
      return presentAll(await readAllPages(read, MAX_EXCHANGES), hide);
    },
    get: async (givenId, options) => {
      const { redact: hide } = listSchema.parse(options);
      const { instance } = await open();
      const scope = { instanceId: instance.id, applicationId };
      const found = await findExchange(db.read, sealer, scope, z.string().parse(givenId));
      return found && present(hide ? redactExchange(found) : found);
    },
    take: async (given) => {
      const { limit, redact: hide } = takeSchema.parse(given);
      const { instance, run } = await open();
      const taken = await takeExchangesInBatches(
        sealer,
        run,
        { instanceId: instance.id, applicationId },
        limit,
      );
      return presentAll(taken, hide);
    },
    clear: async () => {
      const { instance, run } = await open();
      await run((work) => deleteExchanges(work, instance.id, applicationId));
    },
  };
}

const presentAll = (exchanges: readonly Stored[], hide: boolean): Promise<Exchange[]> =>
  Promise.all(exchanges.map((each) => present(hide ? redactExchange(each) : each)));

async function present(exchange: Stored): Promise<Exchange> {
  const { id, user, initiatedBy, requestXml, responseXml, acsUrl, relayState, status, at, findings } =
    exchange;
  return {
    ...{ id, userName: user?.userName ?? null, initiatedBy, requestXml, responseXml },
    ...{ acsUrl, relayState, status, at: toIso(at), findings },
    ...(await readExchangeFacts(exchange)),
  };
}
