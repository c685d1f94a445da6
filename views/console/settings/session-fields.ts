import { DURATION_UNITS, type DurationUnit, type Field } from '../../components/console/field.ts';

export interface SessionValues {
  lifetime: { amount: string; unit: DurationUnit };
  revocation: string;
}

export function sessionFields(values: SessionValues, errors: Readonly<Record<string, string>>): Field[] {
  return [
    {
      ...{ kind: 'duration', name: 'lifetime', label: 'Session duration', error: errors['lifetime'] },
      ...{ ...values.lifetime, units: DURATION_UNITS },
      help: 'Counted from the sign-in: 15 minutes to 90 days. Sessions that are open keep their end.',
    },
    {
      ...{ kind: 'radio', name: 'revocation', value: values.revocation, error: errors['revocation'] },
      label: 'When sessions of a disabled or deleted user end',
      options: [
        { value: 'as-aws', label: 'After up to an hour', help: 'As in AWS.' },
        { value: 'immediate', label: 'At once', help: 'At the user’s next request.' },
      ],
    },
  ];
}
