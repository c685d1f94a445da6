import {
  hiddenField,
  nameField,
  optionalLine,
  rowsField,
  strictField,
  versionField,
  wordField,
  type DeclaredField,
  type DeclaredForm,
  type DeclaredForms,
} from './declared-form.ts';
import type { OddText } from './odd-texts.ts';

const NEW_USER = {
  ...{ userName: 'eva', email: 'eva@example.com', confirmEmail: 'EVA@example.com', password: 'email' },
  ...{ givenName: 'Eva', familyName: 'Evans', displayName: 'Eva Evans' },
};
const ANA = 'ana@example.com';
/** With spaces, or with characters that nobody sees. */
const NO_USER_NAMES: readonly OddText[] = [
  ...(['HTML', 'a right-to-left override', 'right-to-left words', 'a zero-width space', 'emoji'] as const),
];
const SIZE = /must have 1 to 1024 characters/;

const properties = {
  givenName: nameField(['', SIZE]),
  familyName: nameField(['two\nlines', /single line/]),
  displayName: nameField(['x'.repeat(1025), SIZE], [' \t ', SIZE], ['\u200B', /nothing that can be seen/]),
  'attributes.title': optionalLine(['x'.repeat(1025), SIZE]),
  'attributes.locale': optionalLine(['two\nlines', /single line/]),
};

const email = strictField(
  ...([
    ['', /must have 3 to 254/],
    ['eva', /Expected an email address/],
    ['eva@ex\u200Bample.com', /Expected an email address/],
    ['<script>@x', /Expected an email address/],
  ] as const),
);

const userName: DeclaredField = {
  takes: nameField().takes.filter((odd) => !NO_USER_NAMES.includes(odd)),
  wrong: [
    ['x'.repeat(129), /must have 1 to 128/],
    ['two words', /spaces/],
    [ANA, /taken/],
  ],
};

const addUser: DeclaredForm = {
  filled: NEW_USER,
  fields: {
    ...properties,
    userName,
    confirmEmail: strictField(['other@example.com', /the same email address/]),
    password: strictField(['correct-Horse-7', /Choose how/]),
    step: hiddenField('review'),
    goto: hiddenField('groups'),
  },
};

const button: DeclaredForm = { page: '/:instance/console/users', fields: {} };
/** A page with nothing but a button, sent with an old version. */
const versionedButton: DeclaredForm = { fields: { version: versionField } };

const USER = '/:instance/console/users/:user';
const DEVICES = `${USER}/mfa-devices`;

export const userForms: DeclaredForms = {
  '/:instance/console/users/add': [
    addUser,
    // The answers of the first step come back from the browser.
    {
      filled: { ...NEW_USER, step: 'groups' },
      fields: { userName, email },
      spoiled: { password: '' },
    },
    {
      filled: { ...NEW_USER, email: 'bo@example.com', confirmEmail: 'bo@example.com', step: 'groups' },
      fields: { email: strictField(['BO@example.com', /Another user has/]) },
    },
  ],
  '/:instance/console/users/selected': {
    page: '/:instance/console/users',
    fields: { act: hiddenField('promote', 'DELETE'), selected: rowsField },
  },
  [`${USER}/enable`]: button,
  [`${USER}/disable`]: versionedButton,
  [`${USER}/edit`]: {
    fields: {
      ...properties,
      email: strictField(...email.wrong, ['BO@example.com', /Another user has/]),
      version: versionField,
    },
    spoiled: { version: '0' },
  },
  [`${USER}/delete`]: {
    filled: { confirmation: 'DELETE' },
    fields: { confirmation: wordField('DELETE'), version: versionField },
  },
  [`${USER}/unblock`]: button,
  [`${USER}/invite`]: button,
  [`${USER}/reset-password`]: { fields: { how: strictField(['none', /Choose one of them/]) } },
  [`${USER}/groups/add`]: { fields: { selected: rowsField } },
  [`${USER}/groups/:group/remove`]: button,
  [`${USER}/sessions/end`]: button,
  [`${USER}/sessions/:session/end`]: button,
  [`${USER}/trusted-devices/forget`]: button,
  [`${USER}/trusted-devices/:device/forget`]: button,
  [`${DEVICES}/register`]: { fields: { type: hiddenField('sms', 'totp') } },
  [`${DEVICES}/register/cancel`]: button,
  [`${DEVICES}/register/app`]: {
    page: `${DEVICES}/register`,
    fields: { code: strictField(['000000', /./]) },
  },
  [`${DEVICES}/register/key`]: {
    page: `${DEVICES}/register`,
    fields: { credential: hiddenField('{}', '[]', '{"id":5}') },
  },
  [`${DEVICES}/:device/rename`]: {
    fields: { name: nameField(['x'.repeat(65), /1 to 64/]), version: versionField },
    spoiled: { version: '0' },
  },
  [`${DEVICES}/:device/delete`]: {
    filled: { confirmation: 'DELETE' },
    fields: { confirmation: wordField('DELETE') },
  },
};
