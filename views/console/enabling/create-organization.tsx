import { ConsoleForm } from '../../components/console/console-form.tsx';
import type { PageContext } from '../../page-context.tsx';
import { formTitle } from '../form-title.ts';
import { OperatorLayout, type OperatorFrame } from '../operator-layout.tsx';
import { ENABLING } from './guide-notes.ts';
import { placeFields, type PlaceValues } from './place-fields.ts';

export interface CreateOrganizationPageProps {
  page: PageContext;
  frame: OperatorFrame;
  action: string;
  values: PlaceValues & { name: string; managementAccountId: string };
  errors: Readonly<Record<string, string>>;
  error?: string | undefined;
}

/** The form for a new organization, whose identity centre is enabled with it. */
export function CreateOrganizationPage(props: CreateOrganizationPageProps) {
  const { page, frame, action, values, errors, error } = props;
  const title = formTitle('Create organization', { errors, error });
  return (
    <OperatorLayout {...{ page, frame, title }} guide={[ENABLING]}>
      <h1>Create organization</h1>
      <ConsoleForm
        {...{ id: 'organization', action, csrf: frame.person.csrf, error }}
        fields={[
          {
            ...{ kind: 'text', name: 'name', label: 'Name', value: values.name, maxLength: 64 },
            error: errors['name'],
          },
          {
            ...{ kind: 'text', name: 'managementAccountId', label: 'Management account id', maxLength: 12 },
            ...{ value: values.managementAccountId, error: errors['managementAccountId'] },
            help: 'Twelve digits of your choice, such as 111122223333.',
          },
          ...placeFields(values, errors),
        ]}
        submitLabel="Create organization"
        cancelHref={frame.homeHref}
      />
    </OperatorLayout>
  );
}
