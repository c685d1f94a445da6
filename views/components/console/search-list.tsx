import type { ComponentChildren } from 'preact';
import { State } from '../state.tsx';
import { activeFilters, countWords } from './list-count.ts';
import { ListBulk } from './list-bulk.tsx';
import { ListPages } from './list-pages.tsx';
import { ListRows } from './list-rows.tsx';
import { ListSearch } from './list-search.tsx';
import type { BulkActs, ListColumn, ListFilter, ListRow, Noun } from './list.ts';
import { Named } from '../named.tsx';

export interface SearchListProps {
  /** Begins the ids of its elements; unique in the page. */
  id: string;
  noun: Noun;
  /** The list's address without a query. */
  action: string;
  query: string;
  /** What is searched, such as `User name, name or email address`. */
  searches: string;
  filters?: readonly ListFilter[] | undefined;
  /** Other parameters that a search keeps, such as the order. */
  kept?: Readonly<Record<string, string>> | undefined;
  /** The first one is the column of names. */
  columns: readonly ListColumn[];
  rows: readonly ListRow[];
  /** All that match; absent when counting them would take too long. */
  total?: number | undefined;
  /** The first page, for a list that has no way to the page before. */
  firstHref?: string | undefined;
  previousHref?: string | undefined;
  nextHref?: string | undefined;
  /** Whether the list is so short that a search would only be in the way, unless it was narrowed. */
  needsNoSearch?: boolean | undefined;
  csrf: string;
  bulk?: BulkActs | undefined;
  /** Shown instead of the search when there is nothing at all: an EmptyState. */
  nothingYet: ComponentChildren;
}

/** A list with its search as the main control: found rows, their count in words, and the pages before and after. */
export function SearchList(props: SearchListProps) {
  const { id, noun, action, query, searches, filters = [], kept = {}, columns, rows, csrf, bulk } = props;
  const { total, firstHref, previousHref, nextHref, needsNoSearch = false, nothingYet } = props;
  const narrowedBy = activeFilters(filters);
  const isNarrowed = query !== '' || narrowedBy.length > 0;
  const hasMore = [firstHref, previousHref, nextHref].some((href) => href !== undefined);
  if (rows.length === 0 && !isNarrowed && !hasMore) return <>{nothingYet}</>;
  const bulkForm = bulk && rows.length > 0 ? `${id}-bulk` : undefined;
  return (
    <div class="v-search-list">
      {(isNarrowed || !needsNoSearch) && (
        <ListSearch {...{ id, noun, action, query, searches, filters, kept }} />
      )}
      <div class="v-list-head">
        {/* The empty state says it too, with more words. */}
        <p role="status" class={rows.length === 0 ? 'visually-hidden' : undefined}>
          {countWords({ noun, shown: rows.length, total, isNarrowed, hasMore })}
          {isNarrowed && rows.length > 0 && (
            <>
              {' · '}
              <a href={action}>Show all {noun.many}</a>
            </>
          )}
        </p>
        {bulk && bulkForm !== undefined && <ListBulk id={bulkForm} {...{ noun, csrf }} {...bulk} />}
      </div>
      {rows.length === 0 ? (
        <NothingFound {...{ noun, action, query, narrowedBy }} />
      ) : (
        <ListRows caption={capitalized(noun.many)} {...{ columns, rows, csrf, bulkForm }} />
      )}
      <ListPages {...{ noun, firstHref, previousHref, nextHref }} />
    </div>
  );
}

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

interface NothingFoundProps extends Pick<SearchListProps, 'noun' | 'action' | 'query'> {
  narrowedBy: readonly string[];
}

/** Says what was searched, because an address can come from a link, and leads back. */
function NothingFound({ noun, action, query, narrowedBy }: NothingFoundProps) {
  return (
    <div class="v-empty">
      <State icon="search-off" level={2} title={`No ${noun.one} found`}>
        <p>
          {query !== '' && (
            <>
              Searched for “<Named text={query} />
              ”.{' '}
            </>
          )}
          {narrowedBy.length > 0 && <>Filtered by {narrowedBy.join(', ')}. </>}
          Try part of a name, or <a href={action}>show all {noun.many}</a>.
        </p>
      </State>
    </div>
  );
}
