import { ConsoleForm } from '../../components/console/console-form.tsx';
import type { PageContext } from '../../page-context.tsx';
import { formTitle } from '../form-title.ts';
import { Mistakes } from '../mistakes.tsx';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';

export interface ImportFormProps {
  page: PageContext;
  frame: ConsoleFrame;
  /** What was pasted. */
  content: string;
  /** The messages beside the fields. */
  errors: Readonly<Record<string, string>>;
  /** What is wrong with the whole. */
  error?: string | undefined;
  /** All mistakes of the users, when there are several. */
  mistakes: readonly string[];
}

const EXAMPLE = `userName,email,givenName,familyName,displayName,groups
eva@example.com,eva@example.com,Eva,Ek,Eva Ek,Engineering; Design`;

/** The form that imports many users at once. */
export function ImportFormPage(props: ImportFormProps) {
  const { page, frame, content, errors, error, mistakes } = props;
  const back = `${frame.homeHref}/imports`;
  return (
    <InstanceLayout {...{ page, frame }} title={formTitle('Import users', { errors, error })} place="imports">
      <h1>Import users</h1>
      <p class="v-lead">
        Users who exist already are changed where they differ from the import. Everything is checked first:
        one mistake, and nothing is imported.
      </p>
      <Mistakes texts={mistakes} />
      <ConsoleForm
        id="import"
        action={`${back}/add`}
        csrf={frame.person.csrf}
        fields={[
          {
            ...{ kind: 'file', name: 'users', label: 'File', error: errors['users'], optional: true },
            ...{ accept: '.csv,.json,.jsonl,.ndjson,.txt,text/csv,application/json' },
            help: 'CSV, lines of JSON or one JSON document, in UTF-8, of at most 16 MiB.',
          },
          {
            ...{ kind: 'textarea', name: 'content', label: 'Or paste the users here', value: content },
            ...{ error: errors['content'], optional: true, rows: 8, code: true },
            help: 'At most 1 MiB.',
          },
        ]}
        error={error}
        submitLabel="Import"
        cancelHref={back}
      />
      <section class="v-page-section" aria-labelledby="formats">
        <h2 id="formats">Formats</h2>
        <p>
          In CSV the first line names the columns. <code>groups</code> holds names between semicolons; the
          groups must exist. Further columns are <code>enabled</code>, <code>password</code> and{' '}
          <code>attributes.title</code>, with <code>title</code> for any attribute of a user.
        </p>
        <pre class="v-xml" role="region" tabindex={0} aria-label="An example in CSV">
          {EXAMPLE}
        </pre>
        <p>
          A line of JSON is <code>{'{"user": {…}}'}</code> or <code>{'{"group": {…}}'}</code>, and so can also
          add groups; a document is <code>{'{"groups": […], "users": […]}'}</code>. The fields are those of
          the control API.
        </p>
      </section>
    </InstanceLayout>
  );
}
