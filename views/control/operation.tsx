import { CopyButton } from '../components/copy-button.tsx';
import { Icon } from '../components/icon.tsx';
import type { PageContext } from '../page-context.tsx';
import { ApiLayout, Shell } from './api-layout.tsx';
import { FieldTree, type ApiField } from './fields.tsx';
import { Method, OperationList, OperationSearch, type ListedSection } from './operation-list.tsx';
import { TryIt } from './try-it.tsx';

/** An operation with what it takes and gives, and examples. */
export interface ShownOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly needsToken: boolean;
  readonly pathFields: readonly (ApiField & { readonly value?: string | undefined })[];
  readonly queryFields: readonly ApiField[];
  readonly bodyFields: readonly ApiField[];
  readonly body?: { readonly types: readonly string[]; readonly text: string } | undefined;
  readonly success: { readonly status: string; readonly fields: readonly ApiField[] };
  readonly refusals: readonly { readonly status: string; readonly description: string }[];
  readonly examples: readonly { readonly language: string; readonly text: string }[];
  /** Whether it takes something away for good. */
  readonly destroys: boolean;
}

export interface OperationPageProps {
  page: PageContext;
  operation: ShownOperation;
  sections: readonly ListedSection[];
  /** Shell commands that the examples need. */
  setup: string;
}

/** One operation of the control API, beside the list of all. */
export function OperationPage({ page, operation, sections, setup }: OperationPageProps) {
  const { id, method, path, summary } = operation;
  return (
    <ApiLayout page={page} title={`${id}: Control API`}>
      <div class="v-content v-api">
        <nav class="v-api-nav" aria-label="Operations">
          <a class="v-back" href="/api">
            <Icon name="arrow-left" />
            Control API
          </a>
          <OperationSearch {...{ sections, query: '' }} />
          <div class="v-api-nav-list">
            <OperationList {...{ sections, query: '', current: id }} />
          </div>
        </nav>
        <article class="v-api-body">
          <h1>{id}</h1>
          <p class="v-api-path">
            <Method name={method} /> <code class="v-break">{path}</code>
          </p>
          <p class="v-lead">{summary}</p>
          <Examples {...{ operation, setup }} />
          <TryIt {...operation} />
          <Input {...operation} />
          <Answers {...operation} />
        </article>
      </div>
    </ApiLayout>
  );
}

/** One example is shown at a time, chosen by radio buttons and style sheets alone; a script remembers the choice. */
function Examples({ operation, setup }: Pick<OperationPageProps, 'operation' | 'setup'>) {
  const { method, path, examples } = operation;
  return (
    <section aria-labelledby="examples">
      <h2 id="examples">Example</h2>
      <div class="v-api-examples" data-remember="language">
        {examples.map(({ language, text }, index) => (
          <>
            <input
              type="radio"
              name="language"
              id={`language-${language}`}
              value={language}
              checked={index === 0}
            />
            <label for={`language-${language}`}>{language}</label>
            <div class="v-api-shell">
              <Shell text={text} label={`${method} ${path} with ${language}`} />
              <CopyButton text={text} label={`Copy ${language}`} />
            </div>
          </>
        ))}
      </div>
      <details>
        <summary>Lines to run first</summary>
        <p>
          Put the API token into the second line, and run these once in a shell. Then every example works as
          it is.
        </p>
        <div class="v-api-shell">
          <Shell text={setup} label="Lines to run first" />
          <CopyButton text={setup} label="Copy lines" />
        </div>
      </details>
    </section>
  );
}

function Input({ pathFields, queryFields, bodyFields }: ShownOperation) {
  const groups = [
    ['In the path', pathFields],
    ['In the query', queryFields],
    ['In the body', bodyFields],
  ] as const;
  const shown = groups.filter(([, fields]) => fields.length > 0);
  if (shown.length === 0) return null;
  return (
    <section aria-labelledby="input">
      <h2 id="input">What it takes</h2>
      {shown.map(([title, fields]) => (
        <>
          <h3>{title}</h3>
          <FieldTree {...{ fields }} marksRequired />
        </>
      ))}
    </section>
  );
}

function Answers({ success, refusals }: ShownOperation) {
  return (
    <section aria-labelledby="answers">
      <h2 id="answers">What it answers</h2>
      <h3>
        <code>{success.status}</code> {success.fields.length === 0 ? 'Done' : 'A success'}
      </h3>
      {success.fields.length > 0 && <FieldTree fields={success.fields} marksRequired={false} />}
      <h3>Refusals</h3>
      <ul class="v-api-answers">
        {refusals.map(({ status, description }) => (
          <li key={status}>
            <code>{status}</code> {description}
          </li>
        ))}
      </ul>
    </section>
  );
}
