import { ConsoleForm, type ConsoleFormProps } from '../../components/console/console-form.tsx';
import type { Field } from '../../components/console/field.ts';
import { AWKWARD_NAMES, partHref, type ShownPart } from '../part.ts';

const here = partHref('form');

interface Answers {
  name: string;
  email: string;
  errors?: Readonly<Record<string, string>>;
}

const fields = ({ name, email, errors = {} }: Answers): Field[] => [
  {
    ...{ kind: 'text', name: 'displayName', label: 'Display name', value: name, maxLength: 128 },
    ...{ help: 'Shown in the portal and in lists.', error: errors['displayName'] },
  },
  {
    ...{ kind: 'email', name: 'email', label: 'Email address', value: email, error: errors['email'] },
    help: 'Passwords and codes are sent there.',
  },
  { kind: 'url', name: 'profile', label: 'Profile', value: '', optional: true },
  { kind: 'password', name: 'password', label: 'Password', error: errors['password'] },
  {
    ...{ kind: 'select', name: 'region', label: 'Region', value: 'eu-north-1' },
    options: ['eu-north-1', 'us-east-1'].map((value) => ({ value, label: value })),
  },
  {
    ...{ kind: 'radio', name: 'delivery', label: 'Password', value: 'mail', error: errors['delivery'] },
    options: [
      { value: 'mail', label: 'Send an email', help: 'With a link that is valid for a week.' },
      { value: 'once', label: 'Generate a one-time password' },
    ],
  },
  {
    ...{ kind: 'checks', name: 'types', label: 'Kinds of MFA devices', values: ['totp'] },
    ...{ help: 'Users may register these.', error: errors['types'] },
    options: [
      { value: 'totp', label: 'Authenticator apps' },
      { value: 'webauthn', label: 'Security keys', help: 'Also those built into a computer.' },
    ],
  },
  {
    ...{ kind: 'checks', name: 'groups', label: 'Groups', values: ['g-1'], optional: true },
    options: [
      { value: 'g-1', label: 'Engineering' },
      { value: 'g-2', label: AWKWARD_NAMES[5], isName: true },
    ],
    find: {
      query: 'e',
      label: 'Part of a group’s name',
      about: 'The first 2 of many groups: search for others.',
    },
  },
  {
    ...{ kind: 'duration', name: 'session', label: 'Session duration', error: errors['session'] },
    ...{ amount: errors['session'] === undefined ? '8' : 'eight', unit: 'hours' },
    ...{ units: ['minutes', 'hours', 'days'], help: 'From 15 minutes to 7 days.' },
  },
  {
    ...{ kind: 'textarea', name: 'note', label: 'Note', value: name, optional: true },
  },
  ...(['Street', 'City'] as const).map((label): Field => ({
    ...{ kind: 'text', name: label.toLowerCase(), label, value: '', optional: true, section: 'Address' },
    error: errors[label.toLowerCase()],
  })),
  {
    ...{ kind: 'file', name: 'metadata', label: 'Metadata', accept: '.xml', error: errors['metadata'] },
    ...{ help: 'The service provider’s XML file.', optional: true },
  },
];

const base: Omit<ConsoleFormProps, 'id' | 'fields'> = {
  ...{ action: here, csrf: 'csrf-token', version: 3, submitLabel: 'Save', cancelHref: here },
};

/** The form in its states. */
export const formPart: ShownPart = {
  id: 'form',
  label: 'Form',
  use: 'One purpose, one form. Refused input is shown again at 400, with each fault beside its field and all of them above.',
  states: [
    {
      title: 'Empty, with every kind of field',
      shown: <ConsoleForm {...base} id="new" fields={fields({ name: '', email: '' })} />,
    },
    {
      title: 'Refused (400)',
      shown: (
        <ConsoleForm
          {...base}
          id="refused"
          fields={fields({
            name: AWKWARD_NAMES.slice(0, 5).join(' '),
            email: 'ana@',
            errors: {
              displayName: 'Use at most 128 characters.',
              email: 'Enter an address such as ana@example.com.',
              password: 'Enter it again: it isn’t kept.',
              delivery: 'Choose one of them.',
              types: 'Choose at least one, or disable MFA.',
              session: 'Enter a whole number.',
              metadata: 'Choose the file again. The last one wasn’t XML.',
            },
          })}
          error="This organization has 50,000 users, the most that it may have."
        />
      ),
    },
    {
      title: 'Changed meanwhile (409)',
      shown: (
        <ConsoleForm
          {...base}
          id="conflict"
          fields={[{ kind: 'text', name: 'displayName', label: 'Display name', value: 'Ana de Souza' }]}
          version={4}
          conflict={{
            by: AWKWARD_NAMES[2],
            when: '2 minutes ago',
            values: [
              { label: 'Display name', yours: 'Ana de Souza', theirs: 'Ana María Souza' },
              { label: 'Nickname', yours: '', theirs: AWKWARD_NAMES[0] },
            ],
            takeTheirsHref: here,
          }}
        />
      ),
    },
  ],
};
