import { CopyButton } from '../components/copy-button.tsx';
import type { PageContext } from '../page-context.tsx';
import { ApiLayout, Shell } from './api-layout.tsx';
import { OperationList, OperationSearch, type ListedSection } from './operation-list.tsx';
import { TokenField } from './token-field.tsx';

export interface ApiPageProps {
  readonly page: PageContext;
  readonly descriptionHref: string;
  readonly sections: readonly ListedSection[];
  /** A shell command. */
  readonly firstCall: string;
  /** What is searched for; empty: everything. */
  readonly query: string;
}

/** All operations of the control API, with a search. Each has a page of its own. */
export function ApiPage({ page, descriptionHref, sections, firstCall, query }: ApiPageProps) {
  return (
    <ApiLayout page={page} title={query === '' ? 'Control API' : `${query}: Control API`}>
      <div class="v-content v-api-index">
        <h1>Control API</h1>
        <p class="v-lead">
          Everything in an organization, for programs and tests: JSON over HTTP.{' '}
          <a href={descriptionHref}>openapi.json</a> describes it for tools.
        </p>
        {query === '' && <Beginning firstCall={firstCall} />}
        <OperationSearch {...{ sections, query }} />
        <p hidden data-search-none>
          No operation has all of these words.
        </p>
        <OperationList {...{ sections, query }} hasSummaries />
      </div>
    </ApiLayout>
  );
}

function Beginning({ firstCall }: { firstCall: string }) {
  return (
    <section class="v-panel" aria-labelledby="begin">
      <h2 id="begin">The first call</h2>
      <div class="v-api-shell">
        <Shell text={firstCall} label="The first call with curl" />
        <CopyButton text={firstCall} label="Copy" />
      </div>
      <p>
        Each request needs the API token. The server printed it at its first start, unless you gave it as{' '}
        <code>VESTIBULE_API_TOKEN</code>; <code>vestibule token</code> makes another.
      </p>
      <TokenField />
      <details>
        <summary>Lists, versions and refusals</summary>
        <p>
          Lists are <code>{'{items, cursor}'}</code>: send <code>cursor</code> back for the next page, until
          it is null. Send the <code>version</code> that you have read with a change, and the change is
          refused with 409 if the record was changed since. A refusal is a problem (RFC 9457) whose{' '}
          <code>errors</code> point at each wrong field.
        </p>
      </details>
    </section>
  );
}
