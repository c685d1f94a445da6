import { ConsoleForm } from '../../components/console/console-form.tsx';
import type { PageContext } from '../../page-context.tsx';
import { formTitle } from '../form-title.ts';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { ACCESS_OPTIONS } from './access-words.ts';
import { SettingsBack } from './back.tsx';

export interface AddAccessPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  values: { type: string; name: string; access: string };
  errors: Readonly<Record<string, string>>;
  error?: string | undefined;
}

/** Grants access to the console to a user or a group. */
export function AddAccessPage({ page, frame, values, errors, error }: AddAccessPageProps) {
  const here = `${frame.homeHref}/settings/access`;
  return (
    <InstanceLayout
      {...{ page, frame }}
      title={formTitle('Grant console access', { errors, error })}
      place="settings"
    >
      <SettingsBack href={`${frame.homeHref}/settings`} />
      <h1>Grant console access</h1>
      <ConsoleForm
        {...{ id: 'access', action: `${here}/add`, csrf: frame.person.csrf, error }}
        fields={[
          {
            ...{ kind: 'radio', name: 'type', label: 'To', value: values.type, error: errors['type'] },
            options: [
              { value: 'USER', label: 'A user' },
              { value: 'GROUP', label: 'A group', help: 'Its members have access while they are members.' },
            ],
          },
          {
            ...{ kind: 'text', name: 'name', label: 'User name or group name', value: values.name },
            ...{ error: errors['name'], maxLength: 1024 },
          },
          {
            ...{ kind: 'radio', name: 'access', label: 'Access', value: values.access },
            ...{ error: errors['access'], options: ACCESS_OPTIONS },
          },
        ]}
        submitLabel="Grant access"
        cancelHref={here}
      />
    </InstanceLayout>
  );
}
