import { Icon } from '../components/icon.tsx';
import { countText, matches } from '../portal/match.ts';

export interface ListedOperation {
  /** Such as `createGroup`; it ends the address of the operation's page. */
  readonly id: string;
  readonly method: string;
  /** Below the API's address, with parameters as `{name}`. */
  readonly path: string;
  readonly summary: string;
}

export interface ListedSection {
  readonly name: string;
  readonly about: string;
  readonly operations: readonly ListedOperation[];
}

const operationHref = (id: string) => `/api/${id}`;

const NOUN = 'operation';

/** The text in which the search looks. */
const textOf = ({ id, method, path, summary }: ListedOperation, section: string) =>
  [id, method, path, summary, section].join(' ');

export interface OperationSearchProps {
  sections: readonly ListedSection[];
  query: string;
}

/** The search over all operations. With scripts it filters while somebody types (browser/parts/search.ts). */
export function OperationSearch({ sections, query }: OperationSearchProps) {
  const all = sections.flatMap(({ name, operations }) => operations.map((each) => textOf(each, name)));
  return (
    <>
      <form method="get" action="/api" role="search" class="v-search" aria-label="Search operations">
        <label class="visually-hidden" for="q">
          Search operations
        </label>
        <Icon name="search" />
        <input
          id="q"
          name="q"
          type="search"
          class="form-control"
          value={query}
          placeholder="Search operations"
          autocomplete="off"
          spellcheck={false}
          maxlength={200}
          data-search-input
          data-search-noun={NOUN}
        />
        <kbd class="js-only" aria-hidden="true">
          /
        </kbd>
        <button type="submit" class="visually-hidden-focusable v-search-go">
          Search
        </button>
      </form>
      <p role="status" class="v-soft" data-search-count>
        {countText(all.filter((text) => matches(text, query)).length, all.length, query, NOUN)}
      </p>
    </>
  );
}

export interface OperationListProps extends OperationSearchProps {
  /** The operation that is open. */
  current?: string | undefined;
  /** Whether each has its summary beside it, which needs a whole page. */
  hasSummaries?: boolean;
}

/** All operations by section, each a link to its page. */
export function OperationList({ sections, query, current, hasSummaries = false }: OperationListProps) {
  return (
    <div class={hasSummaries ? 'v-api-list v-api-list-wide' : 'v-api-list'}>
      {sections.map(({ name, about, operations }) => {
        const found = operations.filter((each) => matches(textOf(each, name), query));
        return (
          <section key={name} hidden={found.length === 0} aria-labelledby={idOf(name)} data-search-section>
            <h2 id={idOf(name)}>{name}</h2>
            {hasSummaries && <p class="v-soft">{about}</p>}
            <ul>
              {operations.map((operation) => (
                <li
                  key={operation.id}
                  hidden={!found.includes(operation)}
                  data-search-text={textOf(operation, name)}
                >
                  <a
                    href={operationHref(operation.id)}
                    aria-current={operation.id === current ? 'page' : undefined}
                  >
                    <Method name={operation.method} />
                    <span class="v-break">{operation.id}</span>
                    {hasSummaries && <span class="v-api-summary">{operation.summary}</span>}
                  </a>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

const idOf = (name: string) => name.toLowerCase().replaceAll(' ', '-');

/** The method of an operation. */
export function Method({ name }: { name: string }) {
  return <code class={`v-api-method v-api-${name.toLowerCase()}`}>{name}</code>;
}
