import { DURATION_UNITS, type DurationUnit, type Field } from '../../components/console/field.ts';

export interface SignInValues {
  throttleWindow: { amount: string; unit: DurationUnit };
  attemptsPerUser: string;
  attemptsPerAddress: string;
  training: readonly string[];
}

export function signInFields(values: SignInValues, errors: Readonly<Record<string, string>>): Field[] {
  return [
    {
      ...{ kind: 'duration', name: 'throttleWindow', label: 'Failures are counted for' },
      ...{ ...values.throttleWindow, units: DURATION_UNITS },
      error: errors['throttleWindow'],
    },
    {
      ...{ kind: 'text', name: 'attemptsPerUser', label: 'Failures of one user from one address' },
      ...{ value: values.attemptsPerUser, error: errors['attemptsPerUser'], maxLength: 20 },
    },
    {
      ...{ kind: 'text', name: 'attemptsPerAddress', label: 'Failures of all users from one address' },
      ...{ value: values.attemptsPerAddress, error: errors['attemptsPerAddress'], maxLength: 20 },
    },
    {
      ...{ kind: 'checks', name: 'training', label: 'For training', values: values.training, optional: true },
      error: errors['training'],
      options: [
        {
          ...{ value: 'simulatedAddress', label: 'Visitors can choose a simulated IP address' },
          help: 'To try out sign-ins from another place.',
        },
        {
          ...{ value: 'demoUsers', label: 'The sign-in page lists users' },
          help: 'The first twelve, to fill in a user name. It tells everyone who the users are.',
        },
        {
          ...{ value: 'demoMail', label: '“Check your email” shows the email' },
          help: 'To the browser that asked for it, and only where the server listens on loopback alone. Everybody at that machine can then set every user’s password.',
        },
      ],
    },
  ];
}
