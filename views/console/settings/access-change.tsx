import { Banner } from '../../components/console/banner.tsx';
import type { Conflict } from '../../components/console/conflict-notice.tsx';
import { ConsoleForm } from '../../components/console/console-form.tsx';
import type { Field } from '../../components/console/field.ts';
import { Named } from '../../components/named.tsx';
import type { PageContext } from '../../page-context.tsx';
import { formTitle } from '../form-title.ts';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { ACCESS_OPTIONS } from './access-words.ts';
import { SettingsBack } from './back.tsx';

export interface ChangeAccessPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  type: 'USER' | 'GROUP';
  id: string;
  name: string;
  /** `full`, `read-only` or `none`. */
  chosen: string;
  /** What is granted now, in the same words. */
  present: string;
  conflict?: Conflict | undefined;
  error?: string | undefined;
  /** Whether the person who asks would lose full access by it. */
  losesOwn: boolean;
}

/** Changes what is granted to a user or a group, or takes it away. */
export function ChangeAccessPage(props: ChangeAccessPageProps) {
  const { page, frame, type, id, name, present, error, losesOwn, conflict } = props;
  const here = `${frame.homeHref}/settings/access`;
  const problems = { conflict, errors: error === undefined && !losesOwn ? {} : { access: 'refused' } };
  return (
    <InstanceLayout
      {...{ page, frame }}
      title={formTitle('Change console access', problems)}
      place="settings"
    >
      <SettingsBack href={`${frame.homeHref}/settings`} />
      <h1>Change console access</h1>
      <p class="v-lead">
        {type === 'USER' ? 'User' : 'Group'} <Named text={name} />
      </p>
      {losesOwn && (
        <Banner tone="warning">
          This is your own access: without it you can’t change anything here, and can’t undo it.
        </Banner>
      )}
      <ConsoleForm
        {...{
          id: 'access',
          action: `${here}/${type === 'USER' ? 'users' : 'groups'}/${id}`,
          csrf: frame.person.csrf,
        }}
        fields={fieldsOf(props)}
        hidden={{ shown: present }}
        conflict={conflict}
        submitLabel="Save changes"
        cancelHref={here}
      />
    </InstanceLayout>
  );
}

function fieldsOf({ chosen, error, losesOwn }: ChangeAccessPageProps): Field[] {
  const access: Field = {
    ...{ kind: 'radio', name: 'access', label: 'Access', value: chosen, error },
    options: [
      ...ACCESS_OPTIONS,
      { value: 'none', label: 'None', help: 'Takes this grant away. What a user’s groups have stays.' },
    ],
  };
  const loss: Field = {
    ...{ kind: 'checks', name: 'loss', label: 'Your own access', values: [] },
    error: 'Check this if you mean it.',
    options: [{ value: 'yes', label: 'I give up my own full access' }],
  };
  return losesOwn ? [access, loss] : [access];
}
