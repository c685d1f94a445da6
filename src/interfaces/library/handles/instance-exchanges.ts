import { z } from 'zod';
import { findApplicationBy } from '../../../administration/operations/applications.ts';
import { presentConversation } from '../../../administration/operations/conversation-view.ts';
import {
  deleteAllConversations,
  deleteOneConversation,
  listConversations,
  redactConversation,
  requireConversation,
  type Conversation,
} from '../../../administration/operations/conversations.ts';
import { listAllApplications } from '../../../domain/applications/store.ts';
import { OUTCOMES } from '../../../flows/idp/exchanges/conversation.ts';
import type { InstanceId } from '../../../foundation/platform/ids.ts';
import { AppError } from '../../../foundation/platform/errors.ts';
import { readAllPages, type PageRequest } from '../../../foundation/storage/paging.ts';
import type { InstanceExchange, InstanceExchanges } from '../types/exchanges.ts';
import type { HandleContext } from './context.ts';
import { idOf } from './references.ts';

/** As many as an application keeps by default. */
const MAX_LISTED = 1000;

const moment = z.iso
  .datetime({ offset: true })
  .transform((text) => Date.parse(text))
  .optional();
const oneSchema = z.strictObject({ redact: z.boolean().default(false) }).prefault({});
const listSchema = z
  .strictObject({
    redact: z.boolean().default(false),
    application: z.string().optional(),
    user: z.string().optional(),
    outcome: z.enum(OUTCOMES).optional(),
    initiatedBy: z.enum(['service-provider', 'identity-provider']).optional(),
    findings: z.boolean().optional(),
    startTime: moment,
    endTime: moment,
  })
  .prefault({});

/** The recorded conversations with all applications of an instance. */
export function createInstanceExchanges({ needs, open }: HandleContext): InstanceExchanges {
  const reading = { queries: needs.db.read, sealer: needs.sealer };
  const present = async (
    instanceId: InstanceId,
    found: readonly Conversation[],
    hide: boolean,
  ): Promise<InstanceExchange[]> => {
    const all = await listAllApplications(needs.db.read, instanceId);
    const keys = new Map(all.map(({ id, key }) => [id, key]));
    return Promise.all(
      found.map(async (each) => {
        const application = { id: each.applicationId, key: keys.get(each.applicationId) ?? '' };
        const view = await presentConversation(hide ? redactConversation(each) : each, application);
        const { createdAt: at, userId: _, ...rest } = view;
        return { ...rest, at };
      }),
    );
  };
  return {
    list: async (given) => {
      const { redact, application, findings: odd, startTime, endTime, ...filter } = listSchema.parse(given);
      const { instance } = await open();
      const applicationId =
        application === undefined
          ? undefined
          : (await findApplicationBy(needs.db.read, instance, application)).id;
      const search = { ...filter, odd, applicationId, startAt: startTime, endAt: endTime };
      const read = (page: PageRequest) => listConversations(reading, instance, search, page);
      return present(instance.id, await readAllPages(read, MAX_LISTED), redact);
    },
    get: async (id, options) => {
      const { redact } = oneSchema.parse(options);
      const { instance } = await open();
      const found = await requireConversation(reading, instance, z.string().parse(id)).catch(
        (error: unknown) => {
          if (error instanceof AppError && error.code === 'ResourceNotFoundException') return undefined;
          throw error;
        },
      );
      return found && (await present(instance.id, [found], redact))[0];
    },
    delete: async (exchange) => {
      const id = idOf(exchange);
      const { instance, run } = await open();
      await run((work) => deleteOneConversation(work, instance, id));
    },
    clear: async () => {
      const { instance, run } = await open();
      await run((work) => deleteAllConversations(work, instance));
    },
  };
}
