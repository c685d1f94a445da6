import { CopyButton } from '../components/copy-button.tsx';
import { Wordmark } from '../components/mark.tsx';
import { ThemeToggle } from '../components/theme-toggle.tsx';
import { PageLayout } from '../layouts/page.tsx';
import type { PageContext } from '../page-context.tsx';

/** A parameter of a path or query, or a field of a body. The names of nested fields have dots. */
export interface ApiField {
  readonly name: string;
  /** Where it is: `path`, `query`, `body` or `answer`. */
  readonly place: string;
  /** Such as `text`, `list of text` or `whole number`. */
  readonly type: string;
  readonly required: boolean;
  readonly description?: string | undefined;
}

export interface ApiOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly fields: readonly ApiField[];
  readonly answers: readonly { readonly status: string; readonly description: string }[];
  /** The fields of a successful response. */
  readonly answerFields: readonly ApiField[];
  /** A shell command, to be run after those of `setup`. */
  readonly curl: string;
}

export interface ApiSection {
  readonly name: string;
  readonly about: string;
  readonly operations: readonly ApiOperation[];
}

export interface ApiPageProps {
  readonly page: PageContext;
  readonly descriptionHref: string;
  /** Shell commands that the other examples need. */
  readonly setup: string;
  readonly sections: readonly ApiSection[];
}

/** Describes the control API, with shell commands to try it. */
export function ApiPage({ page, descriptionHref, setup, sections }: ApiPageProps) {
  return (
    <PageLayout
      page={page}
      title="Control API"
      look="v-look-api"
      header={
        <header class="v-corner">
          <a href="/" aria-label="Vestibule, portal">
            <Wordmark />
          </a>
          <ThemeToggle />
        </header>
      }
    >
      <div class="v-content v-api">
        <nav class="v-api-nav" aria-label="Sections">
          <ul>
            {sections.map(({ name }) => (
              <li key={name}>
                <a href={`#${anchor(name)}`}>{name}</a>
              </li>
            ))}
          </ul>
        </nav>
        <div class="v-api-body">
          <h1>Control API</h1>
          <p class="v-lead">
            Everything in an organization, for programs and tests: JSON over HTTP.{' '}
            <a href={descriptionHref}>openapi.json</a> describes it for tools.
          </p>
          <Setup setup={setup} />
          {sections.map((section) => (
            <Section key={section.name} {...section} />
          ))}
        </div>
      </div>
    </PageLayout>
  );
}

const anchor = (name: string) => name.toLowerCase().replaceAll(' ', '-');

function Setup({ setup }: { setup: string }) {
  return (
    <section class="v-panel" aria-labelledby="begin">
      <div class="v-panel-head">
        <h2 id="begin">Before you start</h2>
        <CopyButton text={setup} label="Copy" />
      </div>
      <p>
        Each request needs the API token. The server printed it at its first start, unless you gave it as{' '}
        <code>VESTIBULE_API_TOKEN</code>; <code>vestibule token</code> makes another. Put it into the second
        line, and run these lines once in a shell. Then every command below works as it is.
      </p>
      <Shell text={setup} label="Lines to run first" />
      <p class="v-soft">
        Lists are <code>{'{items, cursor}'}</code>: send <code>cursor</code> back for the next page, until it
        is null. Send the <code>version</code> that you have read with a change, and the change is refused
        with 409 if the record was changed since. A refusal is a problem (RFC 9457) whose <code>errors</code>{' '}
        point at each wrong field.
      </p>
    </section>
  );
}

function Section({ name, about, operations }: ApiSection) {
  return (
    <section aria-labelledby={anchor(name)}>
      <h2 id={anchor(name)}>{name}</h2>
      <p class="v-soft">{about}</p>
      {operations.map((operation) => (
        <Operation key={operation.id} {...operation} />
      ))}
    </section>
  );
}

function Operation({ id, method, path, summary, fields, answers, answerFields, curl }: ApiOperation) {
  return (
    <article class="v-panel v-api-operation" id={id}>
      <h3>
        <code class={`v-api-method v-api-${method.toLowerCase()}`}>{method}</code>{' '}
        <code class="v-break">{path}</code>
      </h3>
      <p>{summary}</p>
      <div class="v-api-shell">
        <Shell text={curl} label={`${method} ${path} with curl`} />
        <CopyButton text={curl} label="Copy" />
      </div>
      <details>
        <summary>
          Parameters and answers<span class="visually-hidden">{` of ${method} ${path}`}</span>
        </summary>
        {fields.length > 0 && <FieldTable title="Request fields" fields={fields} />}
        <h4>Answers</h4>
        <ul class="v-api-answers">
          {answers.map(({ status, description }) => (
            <li key={status}>
              <code>{status}</code> {description}
            </li>
          ))}
        </ul>
        {answerFields.length > 0 && (
          <FieldTable title="Fields of a successful response" fields={answerFields} />
        )}
      </details>
    </article>
  );
}

function FieldTable({ title, fields }: { title: string; fields: readonly ApiField[] }) {
  return (
    <>
      <h4>{title}</h4>
      <table class="v-table v-api-fields">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">What it is</th>
            <th scope="col">Where</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(({ name, place, type, required, description }) => (
            <tr key={`${place} ${name}`}>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td>
                {type}
                {required && place !== 'answer' && ', required'}
                {description !== undefined && <span class="v-check-detail">{description}</span>}
              </td>
              <td class="v-soft">{place}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Shell({ text, label }: { text: string; label: string }) {
  return (
    <pre class="v-xml v-api-curl" role="region" aria-label={label} tabindex={0}>
      {text}
    </pre>
  );
}
