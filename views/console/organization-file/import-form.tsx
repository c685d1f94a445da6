import { ConsoleForm } from '../../components/console/console-form.tsx';
import type { PageContext } from '../../page-context.tsx';
import { formTitle } from '../form-title.ts';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { Mistakes } from '../mistakes.tsx';

export interface FileFormProps {
  page: PageContext;
  frame: ConsoleFrame;
  /** What was pasted. */
  content: string;
  /** The chosen ones of `prune` and `resetPasswords`. */
  options: readonly string[];
  errors: Readonly<Record<string, string>>;
  error?: string | undefined;
  mistakes: readonly string[];
}

/** The form that takes an organization file, to show what it would change. */
export function FileFormPage({ page, frame, content, options, errors, error, mistakes }: FileFormProps) {
  const back = `${frame.homeHref}/organization-file`;
  const title = formTitle('Import an organization file', { errors, error });
  return (
    <InstanceLayout {...{ page, frame, title }} place="organization-file">
      <h1>Import an organization file</h1>
      <Mistakes texts={mistakes} />
      <ConsoleForm
        id="file"
        action={`${back}/import`}
        csrf={frame.person.csrf}
        fields={[
          {
            ...{ kind: 'file', name: 'file', label: 'File', error: errors['file'], optional: true },
            ...{ accept: '.yaml,.yml,application/yaml', help: 'YAML of at most 1 MiB.' },
          },
          {
            ...{ kind: 'textarea', name: 'content', label: 'Or paste it here', value: content },
            ...{ error: errors['content'], optional: true, rows: 10, code: true },
          },
          {
            ...{ kind: 'checks', name: 'options', label: 'What it may do', values: options },
            options: [
              {
                ...{ value: 'prune', label: 'Delete what the file doesn’t declare' },
                help: 'Users, groups, memberships, console access, applications and assignments.',
              },
              {
                ...{ value: 'resetPasswords', label: 'Set declared passwords again' },
                help: 'Also for users who have changed theirs.',
              },
            ],
          },
        ]}
        error={error}
        submitLabel="Show what would change"
        cancelHref={back}
      />
    </InstanceLayout>
  );
}
