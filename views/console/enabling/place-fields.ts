import type { Field } from '../../components/console/field.ts';

export interface PlaceValues {
  region: string;
  alias: string;
}

/** Where an identity centre is: its region, and the name in its URL. */
export function placeFields(values: PlaceValues, errors: Readonly<Record<string, string>>): Field[] {
  return [
    {
      ...{ kind: 'text', name: 'region', label: 'Region', value: values.region, maxLength: 40 },
      ...{ error: errors['region'], help: 'It appears in ARNs and events, such as us-east-1.' },
    },
    {
      ...{
        kind: 'url',
        name: 'alias',
        label: 'Domain name of the portal',
        value: values.alias,
        maxLength: 32,
      },
      ...{ error: errors['alias'], optional: true },
      help: '3 to 32 lower-case letters, digits and hyphens. It can be given later, and never changed.',
    },
  ];
}
