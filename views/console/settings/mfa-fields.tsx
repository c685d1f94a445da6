import type { Field, Option } from '../../components/console/field.ts';
import type { GuideNoteProps } from '../../components/console/guide-note.tsx';

export interface MfaValues {
  mode: string;
  types: readonly string[];
  withoutDevice: string;
  /** `['yes']` or empty. */
  selfService: readonly string[];
}

const PROMPTS: readonly Option[] = [
  {
    ...{ value: 'context-aware', label: 'Only when their sign-in context changes (context-aware)' },
    help: 'A user who trusts a browser isn’t asked again in it, as long as its IP address stays the same.',
  },
  {
    ...{ value: 'always-on', label: 'Every time they sign in (always-on)' },
    help: 'Users with a registered MFA device are asked for it at every sign-in.',
  },
  {
    ...{ value: 'disabled', label: 'Never (disabled)' },
    help: 'All users sign in with their user name and password only.',
  },
];

const TYPES: readonly Option[] = [
  {
    ...{ value: 'webauthn', label: 'Security keys and built-in authenticators' },
    help: 'A key that is plugged in or tapped, or the fingerprint or face reader of a device.',
  },
  {
    ...{ value: 'totp', label: 'Authenticator apps' },
    help: 'An app that shows a new six-digit code every 30 seconds.',
  },
];

const WITHOUT_DEVICE: readonly Option[] = [
  {
    ...{ value: 'register', label: 'Require them to register an MFA device at sign in' },
    help: 'After the password, users register a device of one of the types above.',
  },
  {
    ...{ value: 'email-code' },
    label: 'Require them to provide a one-time password sent by email to sign in',
    help: 'Not for users who read their mail through the portal: they could not sign in to read the code.',
  },
  {
    ...{ value: 'block', label: 'Block their sign-in' },
    help: 'Users who trusted their browser before can still sign in with context-aware.',
  },
  {
    ...{ value: 'allow', label: 'Allow them to sign in' },
    help: 'Users who have registered a device are still asked for it.',
  },
];

/** The fields with the guide's words, in its order. */
export function mfaFields(values: MfaValues, errors: Readonly<Record<string, string>>): Field[] {
  return [
    {
      ...{ kind: 'radio', name: 'mode', label: 'Prompt users for MFA', value: values.mode },
      error: errors['mode'],
      options: PROMPTS,
    },
    {
      ...{ kind: 'checks', name: 'types', values: values.types, error: errors['types'] },
      label: 'Users can authenticate with these MFA types',
      options: TYPES,
    },
    {
      ...{
        kind: 'radio',
        name: 'withoutDevice',
        value: values.withoutDevice,
        error: errors['withoutDevice'],
      },
      label: 'If a user does not yet have a registered MFA device',
      options: WITHOUT_DEVICE,
    },
    {
      ...{ kind: 'checks', name: 'selfService', values: values.selfService, optional: true },
      ...{ label: 'Who can manage MFA devices', error: errors['selfService'] },
      options: [{ value: 'yes', label: 'Users can add and manage their own MFA devices' }],
    },
  ];
}

/** Said while users without a device need their password only. */
export const MFA_WARNING =
  'Users who have not registered an MFA device sign in with their password only. To require a second factor of everybody, choose “Require them to register an MFA device at sign in”.';

/** The procedures that are done on this page. */
export const MFA_GUIDE: readonly GuideNoteProps[] = [
  { procedure: 'To enable MFA' },
  { procedure: 'To configure MFA types for your users' },
  { procedure: 'To configure MFA device enforcement for your users' },
  { procedure: 'To allow users to register their own MFA devices' },
  { procedure: 'To disable MFA' },
];
