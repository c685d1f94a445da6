import { listApplicationIds } from '../../domain/applications/store.ts';
import type { Work } from '../../domain/audit/commands.ts';
import type { Instance } from '../../domain/organizations/organization.ts';
import { deleteConversation, deleteExchanges } from '../../flows/idp/exchanges/commands.ts';
import {
  outcomeOf,
  type ConversationFilter,
  type ConversationSummary,
} from '../../flows/idp/exchanges/conversation.ts';
import type { ConversationKey, ConversationScope } from '../../flows/idp/exchanges/conversation-key.ts';
import { listKeys } from '../../flows/idp/exchanges/list-store.ts';
import { readRefused, redactRefused, type RefusedRequest } from '../../flows/idp/exchanges/refused-store.ts';
import { readExchanges, redactExchange, type Exchange } from '../../flows/idp/exchanges/store.ts';
import { findKey, readSummaries } from '../../flows/idp/exchanges/summary-store.ts';
import type { Sealer } from '../../foundation/platform/crypto.ts';
import { notFound } from '../../foundation/platform/errors.ts';
import type { ApplicationId } from '../../foundation/platform/ids.ts';
import type { Queries } from '../../foundation/storage/database.ts';
import type { Page, PageRequest } from '../../foundation/storage/paging.ts';

/** A SAML conversation with an application of an instance: it ended with a response or, refused, with an error page. */
export type Conversation =
  | (Exchange & { readonly outcome: 'answered' | 'status' })
  | (RefusedRequest & { readonly outcome: 'refused' });

/** What conversations of an instance are listed by; without an application, those of all. */
export interface ConversationSearch extends ConversationFilter {
  readonly applicationId?: ApplicationId | undefined;
}

/** A page of an instance's conversations without their messages, newest first. It can be empty although others follow. */
export async function listSummaries(
  queries: Queries,
  instance: Pick<Instance, 'id'>,
  { applicationId, ...filter }: ConversationSearch,
  page: PageRequest,
): Promise<Page<ConversationSummary>> {
  const scope = await scopeOf(queries, instance, applicationId);
  const { items: keys, cursor } = await listKeys(queries, scope, filter, page);
  return { items: await readSummaries(queries, instance.id, keys), cursor };
}

/** A page of an instance's conversations, newest first: at most a mebibyte. It can be empty although others follow. */
export async function listConversations(
  { queries, sealer }: { queries: Queries; sealer: Sealer },
  instance: Pick<Instance, 'id'>,
  { applicationId, ...filter }: ConversationSearch,
  page: PageRequest,
): Promise<Page<Conversation>> {
  const scope = await scopeOf(queries, instance, applicationId);
  const { items: keys, cursor } = await listKeys(queries, scope, filter, page);
  return { items: await readConversations(queries, sealer, instance, keys), cursor };
}

/** The conversation with this id. Throws ResourceNotFoundException. */
export async function requireConversation(
  { queries, sealer }: { queries: Queries; sealer: Sealer },
  instance: Pick<Instance, 'id'>,
  id: string,
): Promise<Conversation> {
  const key = await findKey(queries, await scopeOf(queries, instance), id);
  const [found] = key ? await readConversations(queries, sealer, instance, [key]) : [];
  if (!found) throw notFound('The exchange');
  return found;
}

/** Deletes the conversation with this id. Throws ResourceNotFoundException. */
export async function deleteOneConversation(
  work: Work,
  instance: Pick<Instance, 'id'>,
  id: string,
): Promise<void> {
  const key = await findKey(work.tx, await scopeOf(work.tx, instance), id);
  if (!key || !(await deleteConversation(work, instance.id, key))) throw notFound('The exchange');
}

/** Deletes all conversations of an instance, an application after the other. Returns how many it deleted. */
export async function deleteAllConversations(work: Work, instance: Pick<Instance, 'id'>): Promise<number> {
  let deleted = 0;
  for (const applicationId of await listApplicationIds(work.tx, instance.id))
    deleted += await deleteExchanges(work, instance.id, applicationId);
  return deleted;
}

/** A conversation without personal data, except the user's id, and without signatures. Pure. */
export const redactConversation = (conversation: Conversation): Conversation =>
  conversation.outcome === 'refused'
    ? { ...redactRefused(conversation), outcome: 'refused' }
    : { ...redactExchange(conversation), outcome: conversation.outcome };

async function scopeOf(
  queries: Queries,
  { id: instanceId }: Pick<Instance, 'id'>,
  applicationId?: ApplicationId,
): Promise<ConversationScope> {
  const applicationIds =
    applicationId === undefined ? await listApplicationIds(queries, instanceId) : [applicationId];
  return { instanceId, applicationIds };
}

async function readConversations(
  queries: Queries,
  sealer: Sealer,
  instance: Pick<Instance, 'id'>,
  keys: readonly ConversationKey[],
): Promise<Conversation[]> {
  const answers = keys.filter(({ isRefused }) => !isRefused);
  const ids = keys.filter(({ isRefused }) => isRefused).map(({ id }) => id);
  const found = new Map<string, Conversation>();
  for (const exchange of await readExchanges(queries, sealer, instance.id, answers))
    found.set(exchange.id, { ...exchange, outcome: outcomeOf(exchange.status) });
  for (const refused of await readRefused(queries, sealer, instance.id, ids))
    found.set(refused.id, { ...refused, outcome: 'refused' });
  // One can be trimmed after its key was found.
  return keys.flatMap(({ id }) => found.get(id) ?? []);
}
