import { ConfirmByWord } from '../../components/console/confirm-by-word.tsx';
import type { PageContext } from '../../page-context.tsx';
import { formTitle } from '../form-title.ts';
import { InstanceLayout, type ConsoleFrame } from '../instance-layout.tsx';
import { SettingsBack } from './back.tsx';
import { DELETING } from './guide-notes.ts';

/** What the guide's table says is deleted, a check box each. */
export const ACKNOWLEDGED = [
  { name: 'applications', label: 'All applications you have configured' },
  {
    name: 'assignments',
    label: 'All user assignments you have configured for AWS accounts and applications',
  },
  { name: 'users', label: 'All users and groups in the store' },
] as const;

export interface DeleteConfigurationPageProps {
  page: PageContext;
  frame: ConsoleFrame;
  /** The names of the check boxes that are checked. */
  checkedNames: readonly string[];
  isSent: boolean;
  word: string;
  version: number;
  error?: string | undefined;
  problem?: string | undefined;
}

/** Deletes the configuration of an instance, after check boxes and the guide's word. */
export function DeleteConfigurationPage(props: DeleteConfigurationPageProps) {
  const { page, frame, checkedNames, isSent, word, version, error, problem } = props;
  const back = `${frame.homeHref}/settings`;
  const isRefused = isSent ? { errors: { confirmation: 'refused' } } : { errors: {} };
  return (
    <InstanceLayout
      {...{ page, frame }}
      title={formTitle('Delete configuration', isRefused)}
      place="settings"
      guide={[DELETING]}
    >
      <SettingsBack href={back} />
      <h1>Delete configuration</h1>
      <ConfirmByWord
        id="delete"
        action={`${back}/delete`}
        csrf={frame.person.csrf}
        consequences={[
          'All the data in this configuration is deleted and cannot be recovered, your own account included.',
          'The addresses of the portal, of this console and of all applications answer with 404. Service providers have to be set up again.',
          'The organization stays, with its events, its mail and its clock.',
          'Only an operator of the server can enable it again. It then has another directory id.',
        ]}
        acknowledged={ACKNOWLEDGED.map((each) => ({ ...each, checked: checkedNames.includes(each.name) }))}
        {...{ word, isSent, error, problem, version }}
        submitLabel="Delete configuration"
        cancelHref={back}
        cancelLabel="Keep it"
      />
    </InstanceLayout>
  );
}
