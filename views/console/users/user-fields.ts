import type { AttributeName } from '../../../src/domain/directory/attributes.ts';
import type { Field, TextField } from '../../components/console/field.ts';

/** Texts by the names of a form's fields: what was typed, or what is wrong with it. */
export type ByField = Readonly<Partial<Record<string, string>>>;

/** The form name of an attribute. */
export const attributeField = (name: string) => `attributes.${name}`;

/** The optional attributes in the order of the form, each with its section. */
export const ATTRIBUTE_LABELS: Readonly<Record<AttributeName, readonly [section: string, label: string]>> = {
  honorificPrefix: ['More of the name', 'Honorific prefix'],
  middleName: ['More of the name', 'Middle name'],
  honorificSuffix: ['More of the name', 'Honorific suffix'],
  nickName: ['More of the name', 'Nickname'],
  'phoneNumbers.work': ['Contact', 'Phone number at work'],
  profileUrl: ['Contact', 'Profile URL'],
  title: ['Job', 'Title'],
  userType: ['Job', 'User type'],
  'enterprise.employeeNumber': ['Job', 'Employee ID'],
  'enterprise.costCenter': ['Job', 'Cost center'],
  'enterprise.organization': ['Job', 'Organization'],
  'enterprise.division': ['Job', 'Division'],
  'enterprise.department': ['Job', 'Department'],
  'enterprise.manager.value': ['Job', 'Manager'],
  'addresses.work.formatted': ['Address', 'Formatted address'],
  'addresses.work.streetAddress': ['Address', 'Street address'],
  'addresses.work.locality': ['Address', 'City or locality'],
  'addresses.work.region': ['Address', 'State or region'],
  'addresses.work.postalCode': ['Address', 'Postal code'],
  'addresses.work.country': ['Address', 'Country'],
  preferredLanguage: ['Preferences', 'Preferred language'],
  locale: ['Preferences', 'Locale'],
  timezone: ['Preferences', 'Time zone'],
  office365ImmutableId: ['Applications', 'Office 365 Immutable ID'],
};

const text = (name: string, label: string, typed: ByField, wrong: ByField): TextField => ({
  ...{ kind: 'text', name, label, value: typed[name] ?? '', error: wrong[name] },
});

/** The fields of a new user (guide, "Add users"). */
export function newUserFields(typed: ByField, wrong: ByField): Exclude<Field, { kind: 'file' }>[] {
  return [
    {
      ...text('userName', 'Username', typed, wrong),
      help: 'Required to sign in to the user portal. It can’t be changed later.',
    },
    {
      ...{ kind: 'radio', name: 'password', label: 'Password', error: wrong['password'] },
      value: typed['password'] ?? 'email',
      options: [
        {
          value: 'email',
          label: 'Send an email to the user with password setup instructions',
          help: 'With a link to choose a password, which works for seven days.',
        },
        {
          value: 'generate',
          label: 'Generate a one-time password that you can share with the user',
          help: 'It is shown once, and must be changed at the first sign-in.',
        },
      ],
    },
    {
      ...text('email', 'Email address', typed, wrong),
      kind: 'email',
      help: 'No other user can have the same one.',
    },
    { ...text('confirmEmail', 'Confirm email address', typed, wrong), kind: 'email' },
    ...nameFields(typed, wrong),
    ...attributeFields(typed, wrong),
  ];
}

/** The fields that can be changed later (guide, "Edit user properties"). */
export function editUserFields(typed: ByField, wrong: ByField): TextField[] {
  return [
    {
      ...text('email', 'Email address', typed, wrong),
      kind: 'email',
      help: 'No other user can have the same one. Invitations and codes are sent there.',
    },
    ...nameFields(typed, wrong),
    ...attributeFields(typed, wrong),
  ];
}

const nameFields = (typed: ByField, wrong: ByField): TextField[] => [
  text('givenName', 'First name', typed, wrong),
  text('familyName', 'Last name', typed, wrong),
  text('displayName', 'Display name', typed, wrong),
];

function attributeFields(typed: ByField, wrong: ByField): TextField[] {
  return Object.entries(ATTRIBUTE_LABELS).map(([name, [section, label]]) => ({
    ...text(attributeField(name), label, typed, wrong),
    ...{ section, optional: true },
  }));
}

/** The labels of the fields that two people can have changed. */
export const EDITED_LABELS: ByField = {
  ...{
    email: 'Email address',
    givenName: 'First name',
    familyName: 'Last name',
    displayName: 'Display name',
  },
  ...Object.fromEntries(
    Object.entries(ATTRIBUTE_LABELS).map(([name, [, label]]) => [attributeField(name), label]),
  ),
};
