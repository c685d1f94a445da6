import type { ChecksField } from '../../components/console/field.ts';
import type { HiddenEntries } from '../../components/console/hidden-values.tsx';
import { Wizard } from '../../components/console/wizard.tsx';
import type { PageContext } from '../../page-context.tsx';
import { formTitle } from '../form-title.ts';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { ADDING } from './guide-notes.ts';
import { newUserFields, type ByField } from './user-fields.ts';

const STEPS = [
  { id: 'details', label: 'Details' },
  { id: 'groups', label: 'Groups' },
];

/** The groups among which the second step lets choose. */
export interface GroupChoice {
  readonly names: readonly string[];
  readonly chosen: readonly string[];
  /** What was searched for. */
  readonly query: string;
  /** Whether there are others. */
  readonly hasMore: boolean;
}

export interface AddUserPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  step: 'details' | 'groups';
  typed: ByField;
  /** What is wrong in the first step; of the second one `groups`. */
  errors: Readonly<Record<string, string>>;
  error?: string | undefined;
  groups: GroupChoice;
}

/** Adds a user in the guide's two steps (guide, "Add users"). */
export function AddUserPage(props: AddUserPageProps) {
  const { page, frame, step, typed, errors, error, groups } = props;
  const usersHref = `${frame.homeHref}/users`;
  return (
    <InstanceLayout
      {...{ page, frame }}
      title={formTitle('Add user', { errors, error })}
      place="users"
      guide={[ADDING]}
    >
      <h1>Add user</h1>
      <Wizard
        id="add"
        steps={STEPS}
        current={step}
        action={`${usersHref}/add`}
        csrf={frame.person.csrf}
        error={error}
        earlier={step === 'details' ? { groups: groups.chosen } : filled(typed)}
        fields={step === 'details' ? newUserFields(typed, errors) : [groupField(groups, errors['groups'])]}
        submitLabel={step === 'groups' ? 'Add user' : undefined}
        cancelHref={usersHref}
      />
    </InstanceLayout>
  );
}

/** Check boxes for groups, with a search. */
function groupField({ names, chosen, query, hasMore }: GroupChoice, error: string | undefined): ChecksField {
  const others = hasMore ? 'There are other groups: search for them by name.' : '';
  return {
    ...{ kind: 'checks', name: 'groups', label: 'Add this user to groups', optional: true, error },
    values: chosen,
    options: names.map((name) => ({ value: name, label: name, isName: true })),
    find:
      hasMore || query !== ''
        ? {
            ...{ query, label: 'Part of a group’s name' },
            about: names.length > chosen.length ? others : 'No other group has this in its name.',
          }
        : undefined,
    help:
      names.length === 0 && query === ''
        ? 'There are no groups yet. You can add the user to groups later.'
        : 'The user gets the applications that are assigned to the groups.',
  };
}

/** The answers that aren't empty. */
function filled(typed: ByField): HiddenEntries {
  return Object.fromEntries(
    Object.entries(typed).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, value]],
    ),
  );
}
