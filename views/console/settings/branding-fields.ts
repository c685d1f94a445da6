import type { Field } from '../../components/console/field.ts';

export interface BrandingValues {
  name: string;
  colour: string;
}

export function brandingFields(values: BrandingValues, errors: Readonly<Record<string, string>>): Field[] {
  return [
    {
      ...{ kind: 'text', name: 'name', label: 'Name', value: values.name, error: errors['name'] },
      ...{ maxLength: 64, optional: true, help: 'Empty: the organization’s name.' },
    },
    {
      ...{ kind: 'text', name: 'colour', label: 'Colour', value: values.colour, error: errors['colour'] },
      ...{ maxLength: 20, optional: true },
      help: 'Of buttons and links, such as #0f6a5b. Empty: Vestibule’s green.',
    },
  ];
}
