import {
  hiddenField,
  nameField,
  optionalStrictField,
  strictField,
  type DeclaredForms,
  type Wrong,
} from './declared-form.ts';

export const operatorForms: DeclaredForms = {
  '/organizations/create': {
    filled: { name: 'Orchard', managementAccountId: '444455556666', region: 'eu-west-1', alias: 'orchard' },
    fields: {
      name: nameField(['x'.repeat(65), /1 to 64/]),
      managementAccountId: strictField(
        ...['12', '1234567890123', '١٢٣٤٥٦٧٨٩٠١٢'].map((value): Wrong => [value, /twelve digits/]),
      ),
      region: strictField(['here', /Expected a region/]),
      alias: optionalStrictField(
        ...['ab', 'UPPER', 'd-0123456789', 'organizations'].map((value): Wrong => [value, /./]),
        ['demo', /The alias demo is taken/],
      ),
    },
    spoiled: { managementAccountId: '1' },
  },
  '/organizations/:organization/console': {
    params: { organization: 'ORGANIZATION_WITHOUT_INSTANCE' },
    filled: { region: 'eu-west-1', alias: 'garden' },
    fields: {
      region: strictField(['here', /Expected a region/]),
      alias: optionalStrictField(['x', /./], ['demo', /The alias demo is taken/]),
    },
    spoiled: { region: '' },
  },
  '/organizations/signin': { fields: { token: hiddenField() } },
  '/organizations/signin/:link': { page: '/organizations/signin', fields: {} },
  '/organizations/signout': { page: '/organizations', fields: {} },
};
