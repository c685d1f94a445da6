import { Icon } from '../icon.tsx';
import type { ListFilter, Noun } from './list.ts';
import { Select } from './select.tsx';

export interface ListSearchProps {
  /** Begins the ids of the fields. */
  id: string;
  noun: Noun;
  /** The list's address without a query. */
  action: string;
  query: string;
  /** What is searched, such as `User name, name or email address`. */
  searches: string;
  filters: readonly ListFilter[];
  /** Other parameters that a search keeps, such as the order. The cursor isn't one: a search begins on the first page. */
  kept: Readonly<Record<string, string>>;
}

/** The search and the filters of a list, as one form whose answer has an address to keep or send. */
export function ListSearch({ id, noun, action, query, searches, filters, kept }: ListSearchProps) {
  return (
    <form method="get" action={action} role="search" aria-label={`Search ${noun.many}`} class="v-list-search">
      <div class="v-search">
        <label class="visually-hidden" for={`${id}-q`}>
          Search {noun.many}
        </label>
        <Icon name="search" />
        <input
          id={`${id}-q`}
          name="q"
          type="search"
          class="form-control"
          value={query}
          placeholder={searches}
          dir="auto"
          autocomplete="off"
          spellcheck={false}
          maxlength={200}
        />
      </div>
      {filters.map((filter) => (
        <Filter key={filter.name} id={`${id}-${filter.name}`} {...filter} />
      ))}
      {Object.entries(kept).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button type="submit" class="btn btn-primary">
        Search
      </button>
    </form>
  );
}

function Filter({ id, name, label, options, value }: ListFilter & { id: string }) {
  return (
    <div class="v-filter">
      <label for={id}>{label}</label>
      <Select {...{ id, name, options, value }} />
    </div>
  );
}
