import { z } from 'zod';
import { PERIODS } from '../../../../views/console/events/list.tsx';
import type { ExchangeListProps } from '../../../../views/console/exchanges/list.tsx';
import type { ListedExchange } from '../../../../views/console/exchanges/words.ts';
import { listSummaries } from '../../../administration/operations/conversations.ts';
import { listAllApplications } from '../../../domain/applications/store.ts';
import {
  OUTCOMES,
  type ConversationFilter,
  type ConversationSummary,
} from '../../../flows/idp/exchanges/conversation.ts';
import { whenOf } from '../../../flows/visit/when.ts';
import { parseDuration } from '../../../foundation/platform/duration.ts';
import { AppError } from '../../../foundation/platform/errors.ts';
import { idField } from '../../../foundation/http/fields.ts';
import type { ApplicationId } from '../../../foundation/platform/ids.ts';
import type { ConsoleNeeds, ConsoleVisit } from '../frame/console-visit.ts';
import { listQuery, nextHref, searchOf } from '../frame/list-query.ts';

const error = 'Choose one of the list.';

/** The query of a list of exchanges. */
export const exchangesQuery = listQuery.extend({
  application: z.union([z.literal(''), idField<ApplicationId>()]).default(''),
  outcome: z.enum(['', ...OUTCOMES], { error }).default(''),
  began: z.enum(['', 'service-provider', 'identity-provider'], { error }).default(''),
  time: z.enum(['', ...Object.keys(PERIODS)], { error }).default(''),
  odd: z.enum(['', 'yes', 'no'], { error }).default(''),
});

type ExchangesQuery = z.output<typeof exchangesQuery>;

const ROWS = 25;

/** Where a list is, and whose exchanges it has: those of one application, or of all. */
interface ListPlace {
  readonly here: string;
  readonly of?: { readonly id: ApplicationId } | undefined;
}

/** Reads a page of exchanges. Their messages stay sealed: only what the rows show is read. */
export async function exchangeList(
  { db }: Pick<ConsoleNeeds, 'db'>,
  console: ConsoleVisit,
  query: ExchangesQuery,
  { here, of }: ListPlace,
): Promise<ExchangeListProps> {
  const { instance, frame } = console;
  const { application, outcome, began, time, odd, cursor } = query;
  const applications = await listAllApplications(db.read, instance.id);
  const names = new Map(applications.map(({ id, displayName }) => [id, displayName]));
  // An id of another instance would find nothing, but is not looked for either.
  const chosen = of?.id ?? (application !== '' && names.has(application) ? application : undefined);
  const search = { ...filterOf(console, query), applicationId: chosen };
  const found = await listSummaries(db.read, instance, search, { limit: ROWS, cursor });
  const narrowed = { application: of ? '' : (chosen ?? ''), outcome, began, time, odd };
  const kept = { q: searchOf(query) ?? '', ...narrowed };
  return {
    ...{ frame, here, query: kept.q, narrowed },
    applications: of ? [] : applications.map(({ id, displayName: name }) => ({ id, name })),
    exchanges: found.items.map((each) => listed(each, names.get(each.applicationId) ?? '')),
    firstHref: cursor === undefined ? undefined : firstHrefOf(here, kept),
    nextHref: nextHref(here, kept, found.cursor),
  };
}

/** The address of the newest ones, narrowed in the same way. */
function firstHrefOf(here: string, kept: Readonly<Record<string, string>>): string {
  const given = Object.entries(kept).filter(([, value]) => value !== '');
  return given.length === 0 ? here : `${here}?${new URLSearchParams(given).toString()}`;
}

function filterOf({ times }: ConsoleVisit, query: ExchangesQuery): ConversationFilter {
  const { outcome, began, time, odd } = query;
  return {
    user: searchOf(query),
    outcome: outcome === '' ? undefined : outcome,
    initiatedBy: began === '' ? undefined : began,
    startAt: time === '' ? undefined : times.policyAt - (parseDuration(time) ?? 0),
    odd: odd === '' ? undefined : odd === 'yes',
  };
}

function listed(summary: ConversationSummary, applicationName: string): ListedExchange {
  const { id, at, user, initiatedBy, outcome, findings, status } = summary;
  return {
    ...{ id, at: whenOf(at), applicationName, userName: user?.userName, initiatedBy, outcome },
    ...{ status: shortStatus(status), findings: findings.length },
  };
}

/** The last part of a status code. */
export const shortStatus = (status: string): string => status.replace(/^.*:/, '');

/**
 * A response that is still valid can be posted again, and then signs its user in: read-only access must not be enough
 * to read exchanges. Throws AccessDeniedException.
 */
export function requireFullAccess({ mayChange }: ConsoleVisit): void {
  if (!mayChange) {
    throw new AppError(
      'AccessDeniedException',
      'Exchanges need full access to this console: whoever reads a response can sign in with it.',
    );
  }
}
