import { ConsoleForm } from '../../components/console/console-form.tsx';
import type { Conflict } from '../../components/console/conflict-notice.tsx';
import type { Field } from '../../components/console/field.ts';
import type { PageContext } from '../../page-context.tsx';
import { formTitle } from '../form-title.ts';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { ADDING } from './guide-notes.ts';

/** A group's fields as they were typed. */
export interface GroupValues {
  displayName: string;
  description: string;
}

export interface GroupFormProps {
  page: PageContext;
  frame: ConsoleFrame;
  values: GroupValues;
  /** The messages beside the fields. */
  errors: Readonly<Record<string, string>>;
  /** What is wrong with the whole. */
  error?: string | undefined;
}

/** The form for a new group (guide, “To add a group”). */
export function CreateGroupPage({ page, frame, values, errors, error }: GroupFormProps) {
  const back = `${frame.homeHref}/groups`;
  return (
    <InstanceLayout
      {...{ page, frame }}
      title={formTitle('Create group', { errors, error })}
      place="groups"
      guide={[ADDING]}
    >
      <h1>Create group</h1>
      <ConsoleForm
        id="group"
        action={`${back}/create`}
        csrf={frame.person.csrf}
        fields={fieldsOf(values, errors)}
        error={error}
        submitLabel="Create"
        cancelHref={back}
      />
    </InstanceLayout>
  );
}

export interface EditGroupProps extends GroupFormProps {
  groupId: string;
  version: number;
  conflict?: Conflict | undefined;
}

/** The form that changes a group. */
export function EditGroupPage(props: EditGroupProps) {
  const { page, frame, values, errors, error, groupId, version, conflict } = props;
  const back = `${frame.homeHref}/groups/${groupId}`;
  const title = formTitle('Edit group', { errors, error, conflict });
  return (
    <InstanceLayout {...{ page, frame, title }} place="groups">
      <h1>Edit group</h1>
      <ConsoleForm
        id="group"
        action={`${back}/edit`}
        csrf={frame.person.csrf}
        fields={fieldsOf(values, errors)}
        {...{ error, version, conflict }}
        submitLabel="Save changes"
        cancelHref={back}
      />
    </InstanceLayout>
  );
}

function fieldsOf(values: GroupValues, errors: Readonly<Record<string, string>>): Field[] {
  return [
    {
      ...{ kind: 'text', name: 'displayName', label: 'Group name', value: values.displayName },
      ...{ error: errors['displayName'], maxLength: 1024 },
    },
    {
      ...{ kind: 'textarea', name: 'description', label: 'Description', value: values.description, rows: 3 },
      ...{ error: errors['description'], optional: true },
      help: 'Say which permissions the group has, or will have.',
    },
  ];
}
