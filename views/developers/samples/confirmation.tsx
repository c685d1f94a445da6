import { ConfirmByWord } from '../../components/console/confirm-by-word.tsx';
import { partHref, type ShownPart } from '../part.ts';

const here = partHref('confirmation');
const common = { ...{ action: here, csrf: 'csrf-token', cancelHref: here } };

/** The confirmation in its states. */
export const confirmationPart: ShownPart = {
  id: 'confirmation',
  label: 'Confirmation',
  use: 'Before what can’t be undone, a page of its own says what will happen and asks for the guide’s word.',
  states: [
    {
      title: 'With a word',
      shown: (
        <ConfirmByWord
          {...common}
          id="disable"
          word="DISABLE"
          consequences={['No new users or groups arrive from the provider.', 'Existing ones stay.']}
          submitLabel="Disable automatic provisioning"
          cancelLabel="Keep it"
        />
      ),
    },
    {
      title: 'With check boxes, refused',
      shown: (
        <ConfirmByWord
          {...common}
          id="delete"
          word="DELETE"
          consequences={[
            'All users, groups, applications and certificates are deleted.',
            'The address of the portal stops working for good.',
          ]}
          acknowledged={[
            { name: 'users', label: 'I understand that users can’t sign in any more.', checked: true },
            { name: 'undo', label: 'I understand that this can’t be undone.', checked: false },
          ]}
          isSent
          error="Type DELETE, exactly as it is shown."
          problem="Bo Lindqvist has added an application meanwhile. See what will happen now."
          version={7}
          hidden={{ id: ['one', 'two'] }}
          submitLabel="Delete configuration"
          cancelLabel="Keep the configuration"
        />
      ),
    },
  ],
};
