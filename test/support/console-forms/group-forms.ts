import {
  nameField,
  optionalText,
  rowsField,
  versionField,
  wordField,
  type DeclaredForms,
} from './declared-form.ts';

const GROUP = '/:instance/console/groups/:group';
const SIZE = /must have 1 to 1024 characters/;
const description = optionalText(['x'.repeat(1025), /at most 1024 characters/]);

export const groupForms: DeclaredForms = {
  '/:instance/console/groups/create': [
    {
      filled: { displayName: 'Pickers' },
      fields: { displayName: nameField(['x'.repeat(1025), SIZE], ['ENGINEERING', /taken/]) },
      spoiled: { description: 'bell\u0007' },
    },
    { filled: { displayName: 'Pickers' }, fields: { description }, spoiled: { displayName: '' } },
  ],
  [`${GROUP}/edit`]: {
    fields: { displayName: nameField(['x'.repeat(1025), SIZE]), description, version: versionField },
    spoiled: { version: '0' },
  },
  [`${GROUP}/delete`]: {
    filled: { confirmation: 'DELETE' },
    fields: { confirmation: wordField('DELETE'), version: versionField },
  },
  [`${GROUP}/members/:user/remove`]: { page: '/:instance/console/groups', fields: {} },
  [`${GROUP}/add-users`]: { fields: { selected: rowsField } },
};
