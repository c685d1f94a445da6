import type { Tone } from '../../components/console/status-tag.tsx';
import type { NextStep } from '../../../src/flows/signin/next-step.ts';
import type { ShownSignIn } from '../../../src/administration/operations/sign-ins.ts';

/* How pages speak of sign-ins under way. */

/** What a sign-in waits for, by its step. */
export const STEP_WORDS: Record<NextStep['step'], { readonly label: string; readonly about: string }> = {
  identify: { label: 'User name', about: 'Nobody has given a user name yet.' },
  password: { label: 'Password', about: 'The page asks for the password.' },
  'change-password': {
    label: 'New password',
    about: 'The password was for one sign-in: the page asks for a new one.',
  },
  challenge: { label: 'MFA device', about: 'The page asks for a code or a security key.' },
  resync: {
    label: 'MFA device',
    about: 'The clock of the authenticator app is off: the page asks for two codes in a row.',
  },
  register: {
    label: 'Registering an MFA device',
    about: 'The user has no MFA device, and the settings require one: the page asks to register it.',
  },
  'name-device': {
    label: 'Name of the MFA device',
    about: 'The device is registered: the page asks for a name.',
  },
  'email-code': {
    label: 'Code by email',
    about: 'The user has no MFA device: the page asks for a mailed code.',
  },
  complete: { label: 'Continue', about: 'Nothing is missing: the page asks to go on.' },
  deny: { label: 'Refused', about: 'The user may not sign in now.' },
};

/** What a sign-in has so far, by its facts. */
export const FACT_WORDS: Record<ShownSignIn['done'][number]['fact'], string> = {
  USER_NAME: 'User name',
  PASSWORD: 'Password',
  TOTP: 'Code of an authenticator app',
  RESYNC_TOTP: 'Two codes of an authenticator app',
  WEBAUTHN: 'Security key or built-in authenticator',
  EMAIL_OTP: 'Code by email',
  EXTERNAL_IDP: 'External identity provider',
  DEVICE_REGISTERED: 'MFA device registered',
};

/** The state of a sign-in, and how serious it is. */
export const STATE_WORDS: Record<ShownSignIn['state'], { readonly text: string; readonly tone: Tone }> = {
  'under-way': { text: 'Under way', tone: 'warning' },
  'signed-in': { text: 'Signed in', tone: 'good' },
  refused: { text: 'Refused', tone: 'danger' },
  expired: { text: 'Gave up', tone: 'calm' },
};

/** Where sign-ins lead that don't lead to an application. */
export const PLACE_WORDS: Readonly<Record<string, string>> = {
  portal: 'the user portal',
  console: 'this console',
};
